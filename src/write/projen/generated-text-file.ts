// A generated file that is text: Dockerfile, shell, TypeScript, several YAML documents.
import { FileBase, type Project } from 'projen';
import type { GeneratedFile } from '../../render/shared/generated-file';
import { withMarker } from '../marker';
import { cachedMarker } from './cached-marker';

export class GeneratedTextFile extends FileBase {
  constructor(
    project: Project,
    path: string,
    private readonly file: GeneratedFile,
  ) {
    super(project, path, { executable: file.executable });
  }

  /** The marker in its first line. */
  public override get marker(): string | undefined {
    return cachedMarker(this.project);
  }

  protected synthesizeContent(): string {
    return withMarker(this.file, this.marker ?? null);
  }
}
