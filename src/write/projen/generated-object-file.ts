// A generated file that is one object, as YAML or JSON: projen's overrides and patches work on it, and comments stay.
import { type IResolver, type JsonPatch, ObjectFile, type Project } from 'projen';
import type { GeneratedFile } from '../../render/shared/generated-file';
import { fromYaml, replaceInYaml } from '../../render/shared/replace-in-yaml';
import { withMarker } from '../marker';
import { cachedMarker } from './cached-marker';

const isJson = (path: string): boolean => path.endsWith('.json');

export class GeneratedObjectFile extends ObjectFile {
  /** Whether a file is one object; several documents in one file are text to projen. */
  public static fits({ path, body }: GeneratedFile): boolean {
    return isJson(path) || (/\.ya?ml$/.test(path) && !/^---$/m.test(body));
  }

  private isChanged = false;

  constructor(
    project: Project,
    path: string,
    private readonly file: GeneratedFile,
  ) {
    // Parsed only when somebody changes it: most files never are.
    super(project, path, {
      executable: file.executable,
      obj: () => (isJson(path) ? JSON.parse(file.body) : fromYaml(file.body)),
    });
  }

  /** The marker in its first line; JSON has no place for it. */
  public override get marker(): string | undefined {
    return cachedMarker(this.project);
  }

  public override addOverride(path: string, value: unknown): void {
    this.isChanged = true;
    super.addOverride(path, value);
  }

  public override addToArray(path: string, ...values: unknown[]): void {
    this.isChanged = true;
    super.addToArray(path, ...values);
  }

  public override patch(...patches: JsonPatch[]): void {
    this.isChanged = true;
    super.patch(...patches);
  }

  protected override synthesizeContent(resolver: IResolver): string | undefined {
    if (!this.isChanged) return withMarker(this.file, this.marker ?? null);
    const text = super.synthesizeContent(resolver);
    if (text === undefined) return undefined;
    const value: unknown = JSON.parse(text);
    const body = isJson(this.path) ? `${JSON.stringify(value, null, 2)}\n` : replaceInYaml(this.file.body, value);
    return withMarker({ ...this.file, body }, this.marker ?? null);
  }
}
