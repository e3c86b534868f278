// Finds which backing resources and other services a service needs, and under which names its code reads them.
import { kinds } from '../../catalog';
import type { EnvironmentUse } from '../../source/environment-use';
import { readPrismaSchema } from '../../source/prisma-schema';
import type { Seen, ServerFacts } from '../../source/read-server';
import { shownPlace } from './detect-http';
import { ownPackage } from './detect-runtime';
import type { ExampleValue } from './example-values';
import type { NeedFindings } from './findings';
import { NEED_NAMES, type NeedNames, outputOf } from './need-names';
import { type Found, firstOfEach, type ProjectSnapshot, packageFile, shownPath } from './snapshot';
import { dependedWorkspaces } from './workspaces';

export interface PrismaFindings {
  readonly path: string;
  /** A kind of the catalog; null for a database that it does not have. */
  readonly kind: string | null;
  readonly provider: string | null;
  readonly variables: readonly string[];
}

const PRISMA_KINDS: Readonly<Record<string, string>> = {
  postgresql: 'postgres',
  postgres: 'postgres',
  mongodb: 'mongodb',
};

/** The Prisma schema of the service, of one file or of several. */
export function findPrisma(snapshot: ProjectSnapshot): PrismaFindings | null {
  const schemas = [...snapshot.files]
    .filter(([path]) => path.endsWith('.prisma'))
    .map(([path, text]) => ({ path, ...readPrismaSchema(text) }));
  const main = schemas.find(({ provider }) => provider !== null) ?? schemas[0];
  if (main === undefined) return null;
  return {
    path: shownPath(snapshot, main.path),
    kind: PRISMA_KINDS[main.provider ?? ''] ?? null,
    provider: main.provider,
    variables: schemas.flatMap(({ environment }) => environment.map(({ name }) => name)),
  };
}

/** Where the client of a kind is a dependency: of the service, or of a workspace that it uses. */
function clientOf(snapshot: ProjectSnapshot, need: NeedNames): string | null {
  const own = ownPackage(snapshot);
  const client = need.packages.find((name) => own.dependencies.has(name));
  if (client !== undefined) return `from package.json, dependency ${client}`;
  for (const folder of dependedWorkspaces(snapshot)) {
    const shared = packageFile(snapshot.files.get(`${folder}/package.json`));
    const found = need.packages.find((name) => shared?.dependencies.has(name));
    if (found !== undefined) return `from ${folder}/package.json, dependency ${found}`;
  }
  return null;
}

/** The database, or bucket, of the URL or name that the example proposes, where it is a name that the schema allows. */
function databaseOf(
  variables: NeedFindings['env'],
  examples: readonly ExampleValue[],
  exampleFile: string,
): Found<string> | null {
  for (const variable of variables) {
    const example = examples.find(({ name }) => name === variable.name);
    if (example === undefined) continue;
    const from = `from ${example.name} in ${exampleFile}:${example.line}`;
    if (variable.value === 'database') return { value: example.value, from };
    if (variable.value !== 'url') continue;
    try {
      return { value: decodeURIComponent(new URL(example.value).pathname.slice(1)), from };
    } catch {
      // A text that is no URL names no database.
    }
  }
  return null;
}

/** Items of a list, each once, with the place of the first. */
const items = (snapshot: ProjectSnapshot, seen: readonly Seen<string>[], verb: string): Found<string>[] =>
  firstOfEach(seen.map(({ value, at }) => ({ value, from: `${verb} at ${shownPlace(snapshot, at)}` }))).filter(
    ({ value }) => /^[A-Za-z0-9._-]{1,200}$/.test(value),
  );

function parametersOf(
  snapshot: ProjectSnapshot,
  kind: string,
  env: NeedFindings['env'],
  server: ServerFacts,
  examples: readonly ExampleValue[],
  exampleFile: string,
): NeedFindings['parameters'] {
  const own = ownPackage(snapshot);
  if (kind === 'kafka') {
    const lists = [
      { name: 'produces', value: items(snapshot, server.produces, 'sent'), from: 'topics that the code writes' },
      { name: 'consumes', value: items(snapshot, server.consumes, 'subscribed'), from: 'topics that the code reads' },
    ];
    const group = items(snapshot, server.consumerGroups, 'named')[0];
    return [
      ...lists.filter(({ value }) => value.length > 0),
      ...(group === undefined ? [] : [{ name: 'group', value: group.value, from: group.from }]),
    ];
  }
  if (kind === 'redis') {
    const queue = ['bullmq', 'bull', 'bee-queue'].find((name) => own.dependencies.has(name));
    if (queue !== undefined)
      return [{ name: 'use', value: 'queue', from: `${queue} keeps its queue in it: nothing may be evicted` }];
    if (own.dependencies.has('connect-redis'))
      return [{ name: 'use', value: 'sessions', from: 'connect-redis keeps sessions in it' }];
    return [];
  }
  if (kind === 's3') {
    const named = env.find(({ value }) => value === 'bucket');
    const example = examples.find(
      ({ name, value }) => name === named?.name && /^[a-z0-9][a-z0-9-]{1,40}[a-z0-9]$/.test(value),
    );
    return example === undefined
      ? []
      : [{ name: 'bucket', value: example.value, from: `from ${example.name} in ${exampleFile}:${example.line}` }];
  }
  if (!['postgres', 'mongodb', 'clickhouse'].includes(kind)) return [];
  const database = databaseOf(env, examples, exampleFile);
  return database !== null && /^[a-z][a-z0-9_]{0,62}$/.test(database.value) ? [{ name: 'database', ...database }] : [];
}

/** True when the variables that the code reads are exactly those that the kind injects by default. */
function areDefaults(kind: string, env: NeedFindings['env']): boolean {
  const defaults = Object.entries(kinds[kind]?.defaultVariables ?? {});
  return (
    env.length === defaults.length &&
    env.every(({ name, value }) => defaults.some(([each, output]) => each === name && output === value))
  );
}

/** What a service must also read, where the resource asks for a user and password and the code reads none. */
function missingLogin(kind: string, env: NeedFindings['env']): string | null {
  const facts = kinds[kind];
  if (facts === undefined || env.length === 0 || !facts.authenticates[facts.defaultRuns]) return null;
  const outputs = ['user', 'password'].filter((output) => facts.outputs[output] !== undefined);
  const told = env.map(({ value }) => facts.outputs[value]?.text[facts.defaultRuns] ?? '').join(' ');
  const missing = outputs.filter((output) => {
    const text = facts.outputs[output]?.text[facts.defaultRuns] ?? '';
    return text !== '' && !told.includes(text.slice(0, -1));
  });
  if (missing.length === 0) return null;
  return `In a cluster ${facts.title} asks for a user and password. The code reads no ${missing.join(' and no ')}: read the output${missing.length > 1 ? 's' : ''} ${missing.join(' and ')} of needs.${kind} too, by names of your choice under its env.`;
}

export interface FoundNeeds {
  readonly needs: readonly NeedFindings[];
  readonly services: readonly Found<string>[];
  /** The variables that needs and services provide. */
  readonly provided: ReadonlySet<string>;
  readonly remarks: readonly string[];
}

/** Needs and called services, from dependencies, the Prisma schema and the names that the code reads. */
export function findNeeds(
  snapshot: ProjectSnapshot,
  ownName: string,
  prisma: PrismaFindings | null,
  reads: ReadonlyMap<string, EnvironmentUse>,
  server: ServerFacts,
  examples: readonly ExampleValue[],
  exampleFile: string,
): FoundNeeds {
  const provided = new Set<string>();
  const remarks: string[] = [];
  const needs: NeedFindings[] = [];
  for (const names of NEED_NAMES) {
    const { kind } = names;
    const bySchema = prisma?.kind === kind ? `from ${prisma.path}` : null;
    const byClient = clientOf(snapshot, names);
    const isClear = bySchema !== null || byClient !== null;
    const prefixes = isClear ? [...names.prefixes, ...names.sharedPrefixes] : names.prefixes;
    const env = [...reads].flatMap(([name, use]) => {
      const output = bySchema !== null && prisma?.variables.includes(name) ? 'url' : outputOf(names, name, prefixes);
      if (output === null || provided.has(name) || (prisma?.variables.includes(name) === true && bySchema === null))
        return [];
      return [{ name, value: output, from: `read at ${shownPlace(snapshot, use)}` }];
    });
    const from = bySchema ?? byClient ?? (env[0] === undefined ? null : `the code reads ${env[0].name}`);
    if (from === null) continue;
    for (const { name } of env) provided.add(name);
    const parameters = parametersOf(snapshot, kind, env, server, examples, exampleFile);
    const remark = missingLogin(kind, env);
    if (remark !== null) remarks.push(remark);
    needs.push({ kind, from, parameters, env: areDefaults(kind, env) ? [] : env });
  }
  const services = [...reads].flatMap(([name, use]) => {
    if (!name.endsWith('_SERVICE_URL') || provided.has(name)) return [];
    const value = name.slice(0, -'_URL'.length).toLowerCase().replaceAll('_', '-');
    if (value === ownName || !/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(value)) return [];
    provided.add(name);
    return [{ value, from: `${name}, read at ${shownPlace(snapshot, use)}` }];
  });
  if (prisma !== null && prisma.kind === null) {
    remarks.push(
      `${prisma.path} uses ${prisma.provider ?? 'no database'}, which cannot be declared as a need: postgres and mongodb can.`,
    );
  }
  return { needs, services, provided, remarks };
}
