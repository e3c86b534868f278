// Takes a platform from its declarations' files to what is generated, each diagnostic with the file that it is about.
import { basename, dirname, posix } from 'node:path';
import { type Diagnostic, isError, sortDiagnostics } from '../../diagnostics';
import { draftPlatform, type PlatformDraft, type ServiceInput } from '../../generate-platform';
import type { DeclarationFile } from './evaluate';
import { findServices, type ServiceFile } from './find-services';
import { type LoadedDeclaration, loadDeclaration, loadDeclarationSync } from './load';
import { isMap, runtimeOf, withWorkspace } from './workspace';

/** A service of the platform with its declaration as it was read. */
export interface LoadedService extends Omit<ServiceInput, 'value'> {
  readonly loaded: LoadedDeclaration;
}

/** `declaration` is the file that it is about, as shown. */
export type PlacedDiagnostic = Diagnostic & { readonly declaration: string };

export interface EvaluatedPlatform extends Omit<PlatformDraft, 'diagnostics'> {
  /** The platform's first, then by file; within one file by place. */
  readonly diagnostics: readonly PlacedDiagnostic[];
  /** Absolute: the platform's folder, the root of everything that is generated. */
  readonly folder: string;
  readonly platform: LoadedDeclaration;
  readonly declarations: readonly LoadedService[];
}

type Found = Diagnostic & { readonly declaration: string; readonly atKey?: boolean };

function workspaceDiagnostic({ declaration, folder, loaded }: LoadedService): Found[] {
  const runtime = runtimeOf(loaded.value);
  const workspace = isMap(runtime) ? runtime.workspace : undefined;
  if (folder === null || workspace === undefined || workspace === folder) return [];
  const message = `runtime.workspace is ${JSON.stringify(workspace)}, but the declaration is in the folder ${folder}.`;
  const path = ['runtime', 'workspace'];
  const fix = `Set runtime.workspace: ${folder}, or leave it out: the platform knows the folder.`;
  return [{ code: 'workspace-differs', severity: 'error', path, place: null, message, fix, declaration }];
}

function placed({ atKey = false, ...found }: Found, at: LoadedDeclaration): PlacedDiagnostic {
  const { place } = found;
  const isPlaced = place !== null || at.placeOf === null;
  return { ...found, declaration: at.shown, place: isPlaced ? place : at.placeOf(found.path, atKey) };
}

/** `name` is the declaration's, as generated files show it. */
export function evaluateLoadedPlatform(
  platform: LoadedDeclaration,
  declarations: readonly LoadedService[],
  notFound: readonly Diagnostic[],
  folder: string,
  name: string,
): EvaluatedPlatform {
  const unreadable: Found[] = [
    ...[...platform.diagnostics, ...notFound].map((found) => ({ ...found, declaration: name })),
    ...declarations.flatMap((service) => [
      ...service.loaded.diagnostics.map((found) => ({ ...found, declaration: service.declaration })),
      ...workspaceDiagnostic(service),
    ]),
  ];
  const services = declarations.map(({ loaded, ...service }) => ({
    ...service,
    value: withWorkspace(loaded.value, service.folder),
  }));
  // Where a declaration cannot be read, everything that others say of it would look wrong.
  const outcome = unreadable.some(isError)
    ? { plan: null, services: [], files: [], diagnostics: [] }
    : draftPlatform({ platform: platform.value, declaration: name, services });
  const found: Found[] = [...unreadable, ...outcome.diagnostics];
  const order = [{ declaration: name, loaded: platform }, ...[...declarations].sort(byDeclaration)];
  const diagnostics = order.flatMap(
    ({ declaration, loaded }) =>
      sortDiagnostics(
        found.filter((one) => one.declaration === declaration).map((one) => placed(one, loaded)),
      ) as PlacedDiagnostic[],
  );
  return { ...outcome, diagnostics, folder, platform, declarations };
}

const byDeclaration = (a: LoadedService, b: LoadedService): number => (a.declaration < b.declaration ? -1 : 1);

const shownFrom = (platform: string, declaration: string): string => posix.join(posix.dirname(platform), declaration);

const withLoaded = ({ file: _, ...service }: ServiceFile, loaded: LoadedDeclaration): LoadedService => ({
  ...service,
  loaded,
});

export async function evaluatePlatform({ file, shown }: DeclarationFile): Promise<EvaluatedPlatform> {
  const platform = await loadDeclaration(file, shown);
  const folder = dirname(file);
  const found = findServices(platform.value, folder);
  const services: LoadedService[] = [];
  for (const service of found.files) {
    const loaded = await loadDeclaration(service.file, shownFrom(shown, service.declaration));
    services.push(withLoaded(service, loaded));
  }
  return evaluateLoadedPlatform(platform, services, found.diagnostics, folder, basename(file));
}

/** What `services` of a platform names in its folder, for projen, which does not wait. */
export function loadServices(
  platform: LoadedDeclaration,
  folder: string,
): { readonly services: readonly LoadedService[]; readonly notFound: readonly Diagnostic[] } {
  const found = findServices(platform.value, folder);
  const services = found.files.map((service) =>
    withLoaded(service, loadDeclarationSync(service.file, service.declaration)),
  );
  return { services, notFound: found.diagnostics };
}
