// Takes a service from its declaration's files to what is generated, each diagnostic with its place.
import { basename, dirname } from 'node:path';
import { type Diagnostic, isError, sortDiagnostics } from '../../diagnostics';
import { generate } from '../../generate';
import type { ServicePlan } from '../../plan/types';
import type { GeneratedFile } from '../../render/shared/generated-file';
import { type LoadedDeclaration, loadDeclaration } from './load';
import type { PlatformAbove } from './platform-above';
import { withWorkspace } from './workspace';

/** A diagnostic that may be about a key, or about the platform's declaration. */
export type FoundDiagnostic = Diagnostic & { readonly atKey?: boolean; readonly in?: 'platform' };

export interface Evaluated {
  readonly plan: ServicePlan | null;
  readonly files: readonly GeneratedFile[];
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The declaration's folder. */
  readonly folder: string;
  readonly service: LoadedDeclaration;
}

/** With the place in its file; a declaration without places keeps its path, in `file`. */
function placed(found: FoundDiagnostic, service: LoadedDeclaration, platform: LoadedDeclaration | null): Diagnostic {
  const { atKey = false, in: origin, ...diagnostic } = found;
  const declared = origin === 'platform' ? platform : service;
  if (diagnostic.place !== null || declared === null || declared.placeOf === null) return diagnostic;
  return { ...diagnostic, place: declared.placeOf(diagnostic.path, atKey) };
}

/** `name` is the declaration's, as generated files show it. */
export function evaluateLoaded(
  service: LoadedDeclaration,
  platform: LoadedDeclaration | null,
  folder: string,
  name: string,
): Evaluated {
  const unreadable = [...service.diagnostics, ...(platform?.diagnostics ?? [])];
  if (unreadable.some(isError)) {
    return { plan: null, files: [], diagnostics: sortDiagnostics(unreadable), folder, service };
  }
  const outcome = generate({ service: service.value, platform: platform?.value ?? null, declaration: name });
  const diagnostics = [...unreadable, ...outcome.diagnostics.map((found) => placed(found, service, platform))];
  return { plan: outcome.plan, files: outcome.files, diagnostics: sortDiagnostics(diagnostics), folder, service };
}

export interface DeclarationFile {
  /** Absolute. */
  readonly file: string;
  readonly shown: string;
}

export async function evaluate(serviceFile: DeclarationFile, platformFile: DeclarationFile | null): Promise<Evaluated> {
  const service = await loadDeclaration(serviceFile.file, serviceFile.shown);
  const platform = platformFile === null ? null : await loadDeclaration(platformFile.file, platformFile.shown);
  return evaluateLoaded(service, platform, dirname(serviceFile.file), basename(serviceFile.file));
}

/** A service of a platform further up, as that platform sees it. */
export async function evaluateWithin(
  { file, shown }: DeclarationFile,
  { platform, workspace }: PlatformAbove,
): Promise<Evaluated> {
  const service = await loadDeclaration(file, shown);
  const value = withWorkspace(service.value, workspace);
  return evaluateLoaded({ ...service, value }, platform, dirname(file), basename(file));
}
