// The whole way of the data for a platform: all declarations → models → plans → refusals → files. Pure, as generate.ts.
import { posix } from 'node:path';
import { type Diagnostic, isError, sortDiagnostics } from './diagnostics';
import { overrideDiagnostic } from './generate';
import { parsePlatform, parseService } from './model/parse';
import { type PlatformFacts, platformFacts } from './model/platform-facts';
import { planService } from './plan';
import { type PlannedService, planPlatform } from './plan/platform';
import type { ServicePlan } from './plan/types';
import type { PlatformPlan } from './plan/types/platform';
import { checkPlan } from './refuse';
import { checkPlatform } from './refuse/platform';
import { renderAll } from './render';
import { platformArtifacts } from './render/platform';
import type { GeneratedFile } from './render/shared/generated-file';
import { isOverrideError } from './render/shared/json-patch';

export interface ServiceInput {
  /** Path of the declaration as shown, from the root of the repository. */
  readonly declaration: string;
  /** A plain value of the shape of schemas/service.schema.json. */
  readonly value: unknown;
  /** Its folder from the root of the repository; null for a published declaration, of which no file is made here. */
  readonly folder: string | null;
  readonly published: { readonly name: string; readonly version: string } | null;
}

export interface PlatformInput {
  /** A plain value of the shape of schemas/platform.schema.json. */
  readonly platform: unknown;
  /** Path of the platform's declaration as shown. */
  readonly declaration: string;
  readonly services: readonly ServiceInput[];
}

/** A diagnostic with the declaration that it is about. */
export type PlatformDiagnostic = Diagnostic & { readonly declaration: string; readonly atKey?: boolean };

export interface PlatformOutcome {
  /** Null when a declaration has no valid shape. */
  readonly plan: PlatformPlan | null;
  readonly services: readonly { readonly name: string; readonly folder: string | null; readonly plan: ServicePlan }[];
  /** Paths from the root of the repository; empty when an error refuses a declaration. */
  readonly files: readonly GeneratedFile[];
  /** Everything found, by declaration and place. */
  readonly diagnostics: readonly PlatformDiagnostic[];
}

/** As PlatformOutcome; the files are made anew whenever they are asked for, part by part, in no order. */
export interface PlatformDraft extends Omit<PlatformOutcome, 'files'> {
  readonly files: Iterable<GeneratedFile>;
}

type Found = Diagnostic & { readonly atKey?: boolean };

const located = (declaration: string, found: readonly Found[]): PlatformDiagnostic[] =>
  sortDiagnostics(found).map((diagnostic) => ({ ...diagnostic, declaration }));

/** Callers need the port before the callee's plan is made: a static site listens on 8080. */
function declaredPorts(services: readonly ServiceInput[]): Record<string, number> {
  return Object.fromEntries(
    services.flatMap(({ value }) => {
      const { name, http } = (value ?? {}) as { readonly name?: unknown; readonly http?: { readonly port?: unknown } };
      return typeof name === 'string' && typeof http?.port === 'number' ? [[name, http.port]] : [];
    }),
  );
}

/** What is wrong with the services whatever the platform says, for a person who mends all at once. Its environments are not known. */
const shapeAlone = (services: readonly ServiceInput[]): PlatformDiagnostic[] =>
  services.flatMap(({ declaration, value }) => {
    const { diagnostics } = parseService(value, platformFacts(null), posix.basename(declaration));
    return located(
      declaration,
      diagnostics.filter(({ code }) => code !== 'unknown-environment'),
    );
  });

const fromRoot = (folder: string, file: GeneratedFile): GeneratedFile => ({
  ...file,
  at: 'repository',
  path: file.at === 'repository' || folder === '.' ? file.path : `${folder}/${file.path}`,
});

/** One service and one artifact after another: the texts of a thousand services together would fill the memory. */
function* eachFile(plan: PlatformPlan, services: readonly PlannedService[]): Generator<GeneratedFile> {
  for (const { folder, plan: service } of services)
    if (folder !== null) for (const file of renderAll(service)) yield fromRoot(folder, file);
  yield* platformArtifacts(
    plan,
    services.map(({ plan: service }) => service),
  );
}

const isOverridden = ({ plan }: PlannedService): boolean =>
  [plan, plan.base, ...plan.environments].some(({ overrides }) => overrides.length > 0);

/** What only rendering finds out: whether overrides apply. */
function overrideErrors(plan: PlatformPlan, services: readonly PlannedService[]): Diagnostic[] {
  if (!services.some(isOverridden)) return [];
  try {
    for (const _ of eachFile(plan, services));
    return [];
  } catch (error) {
    if (!isOverrideError(error)) throw error;
    return [overrideDiagnostic(error.message)];
  }
}

export const byPath = (a: GeneratedFile, b: GeneratedFile): number => (a.path < b.path ? -1 : 1);

/** Everything of a platform and its services, or everything that is wrong with their declarations. Never throws for a bad one. */
export function generatePlatform(input: PlatformInput): PlatformOutcome {
  const draft = draftPlatform(input);
  return { ...draft, files: [...draft.files].sort(byPath) };
}

/** The same for who writes each file as it is made, and holds as few of them as possible. Everything is checked before the first. */
export function draftPlatform({ platform, declaration, services: inputs }: PlatformInput): PlatformDraft {
  const parsed = parsePlatform(platform);
  if (parsed.model === null) {
    const diagnostics = [...located(declaration, parsed.diagnostics), ...shapeAlone(inputs)];
    return { plan: null, services: [], files: [], diagnostics };
  }
  const facts: PlatformFacts = {
    ...parsed.model,
    servicePorts: { ...parsed.model.servicePorts, ...declaredPorts(inputs) },
  };
  const models = inputs.map((input) => ({
    input,
    ...parseService(input.value, facts, posix.basename(input.declaration)),
  }));
  const shape = models.flatMap(({ input, diagnostics }) => located(input.declaration, diagnostics));
  if (models.some(({ model }) => model === null))
    return {
      plan: null,
      services: [],
      files: [],
      diagnostics: [...located(declaration, parsed.diagnostics), ...shape],
    };
  const planned = models
    .flatMap(({ input, model }): PlannedService[] =>
      model === null
        ? []
        : [
            {
              model,
              plan: planService(model),
              folder: input.folder,
              declaration: input.declaration,
              published: input.published,
            },
          ],
    )
    .sort((a, b) => (a.plan.identity.name < b.plan.identity.name ? -1 : 1));
  const plan = planPlatform({
    facts,
    declared: platform as Readonly<Record<string, unknown>>,
    declaration,
    services: planned,
  });
  const together = checkPlatform(
    plan,
    planned.map((service) => service.plan),
  );
  const found = [
    ...located(declaration, [...parsed.diagnostics, ...together.filter((one) => one.service === null)]),
    ...planned.flatMap((service) =>
      located(service.declaration, [
        ...checkPlan(service.plan),
        ...together.filter((one) => one.service === service.plan.identity.name),
      ]),
    ),
  ];
  const diagnostics = [...shape, ...found];
  const made = planned.map((service) => ({
    name: service.plan.identity.name,
    folder: service.folder,
    plan: service.plan,
  }));
  if (diagnostics.some(isError)) return { plan, services: made, files: [], diagnostics };
  const refused = located(declaration, overrideErrors(plan, planned));
  if (refused.length > 0) return { plan, services: made, files: [], diagnostics: [...diagnostics, ...refused] };
  return { plan, services: made, files: { [Symbol.iterator]: () => eachFile(plan, planned) }, diagnostics };
}
