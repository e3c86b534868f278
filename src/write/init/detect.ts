// Turns the files of a project into what a declaration of its service should say.
import type { EnvironmentUse } from '../../source/environment-use';
import { readEnvironmentUses, type SourceText } from '../../source/read-environment-uses';
import { readServer } from '../../source/read-server';
import { isSystemName } from '../../source/system-names';
import { findHttp, shownPlace } from './detect-http';
import { findNeeds, findPrisma, type PrismaFindings } from './detect-needs';
import { findDescription, findName, findNode, findOwner, findPackageManager, findWorkspace } from './detect-package';
import { findChecks, findRuntime, findStatic, findWorkers, nodeCommand, ownPackage } from './detect-runtime';
import { calledByConfig, findVariables } from './detect-variables';
import { type ExampleValue, readExampleValues } from './example-values';
import type { Findings, HttpFindings } from './findings';
import { type Found, firstOfEach, nearest, type ProjectSnapshot, shownPath } from './snapshot';

const EXAMPLES = ['.env.example', '.env.sample', '.env.template', '.env.dist'];

// Libraries that read variables under names that the syntax tree does not show: then the example file is what is known.
const READ_BY_RULES = ['@nestjs/config', 'config', 'convict', 'nconf'];

/** The first read of each variable; of several, one with a fallback. */
function firstReads(uses: readonly EnvironmentUse[]): ReadonlyMap<string, EnvironmentUse> {
  const written = new Set(uses.filter(({ access }) => access === 'write').map(({ name }) => name));
  const reads = new Map<string, EnvironmentUse>();
  for (const use of uses) {
    if (use.access !== 'read' || use.name === null || written.has(use.name) || isSystemName(use.name)) continue;
    const known = reads.get(use.name);
    if (known === undefined || (known.fallback === null && use.fallback !== null)) reads.set(use.name, use);
  }
  return reads;
}

function withExamples(
  reads: ReadonlyMap<string, EnvironmentUse>,
  snapshot: ProjectSnapshot,
  examples: readonly ExampleValue[],
  path: string,
): ReadonlyMap<string, EnvironmentUse> {
  const { dependencies } = ownPackage(snapshot);
  if (!READ_BY_RULES.some((name) => dependencies.has(name))) return reads;
  const all = new Map(reads);
  for (const { name, line } of examples) {
    if (!all.has(name) && !isSystemName(name))
      all.set(name, { name, path, line, column: 1, access: 'read', fallback: null });
  }
  return all;
}

// Commands that bring a database to the newest schema, by the names that scripts have for it.
const MIGRATION_SCRIPTS = ['migrate:deploy', 'db:migrate', 'migrate', 'migration:run', 'migrations:run', 'migrate:up'];
const MIGRATION_TOOLS = [
  'drizzle-kit',
  'knex',
  'mikro-orm',
  'node-pg-migrate',
  'sequelize',
  'sequelize-cli',
  'typeorm',
  'umzug',
];

function findMigrations(snapshot: ProjectSnapshot, prisma: PrismaFindings | null): Found<string> | null {
  // MongoDB has no migrations in Prisma: its schema is pushed, never deployed.
  if (prisma?.kind === 'postgres') return { value: 'npx prisma migrate deploy', from: `from ${prisma.path}` };
  const { scripts } = ownPackage(snapshot);
  for (const name of MIGRATION_SCRIPTS) {
    const script = scripts.get(name) ?? '';
    const command = nodeCommand(script);
    if (command !== null) return { value: command, from: `from package.json "${name}"` };
    const words = script.split(' ').filter((word) => word !== '');
    const isPlain = /^[A-Za-z0-9 @.:/_=-]+$/.test(script);
    const [tool = ''] = words[0] === 'npx' ? words.slice(1) : words;
    if (isPlain && MIGRATION_TOOLS.includes(tool)) {
      return { value: words[0] === 'npx' ? script : `npx ${script}`, from: `from package.json "${name}"` };
    }
  }
  return null;
}

/** What is assumed of a project that does not show what runs. */
const ASSUMED_HTTP: HttpFindings = { port: { value: 3000, from: 'assumed: check it' }, health: null, metrics: null };
const ASSUMED = 'Nothing here listens on a port, and nothing says what is started: a server on port 3000 is assumed.';

/** The port of a static site: that of nginx without privileges. */
const STATIC_HTTP: HttpFindings = {
  port: { value: 8080, from: 'nginx without privileges listens here' },
  health: null,
  metrics: null,
};

/** Everything that the project's files tell. Pure: the same files give the same findings. */
export function detect(snapshot: ProjectSnapshot): Findings {
  const sources: SourceText[] = [...snapshot.files].map(([path, text]) => ({ path, text }));
  const { uses, diagnostics } = readEnvironmentUses(sources);
  const server = readServer(sources);
  const exampleFile = nearest(snapshot, EXAMPLES);
  const examples = readExampleValues(exampleFile?.text ?? '');
  const shownExample = exampleFile === null ? '' : shownPath(snapshot, exampleFile.path);
  const reads = withExamples(firstReads(uses), snapshot, examples, exampleFile?.path ?? '');

  const name = findName(snapshot);
  const { node, remarks: nodeRemarks } = findNode(snapshot);
  const { found: packageManager, remarks: managerRemarks } = findPackageManager(snapshot);
  const manager = packageManager?.value.split('@')[0] ?? 'npm';
  const runtime = findRuntime(snapshot, manager);
  const { http, remarks: httpRemarks } = findHttp(snapshot, server, uses, examples, shownExample);
  const site = findStatic(snapshot, http !== null);
  const prisma = site === null ? findPrisma(snapshot) : null;
  const needs = findNeeds(
    snapshot,
    name.value,
    prisma,
    site === null ? reads : new Map(),
    server,
    examples,
    shownExample,
  );
  const { variables, remarks: variableRemarks } = findVariables(
    snapshot,
    reads,
    needs.provided,
    examples,
    shownExample,
    site !== null,
  );
  const migrations = findMigrations(snapshot, prisma);
  const workers = findWorkers(snapshot);
  // Without a server the start command is that of the only process there is.
  const isWorker = http === null && site === null && workers.length === 0 && runtime.start !== null;
  const isUnknown = http === null && site === null && workers.length === 0 && !isWorker;
  const listens = new Set(server.listens.map(({ value }) => value.variable));
  const config = variables.config.map((each) =>
    listens.has(each.name) && http !== null ? { ...each, value: http.port.value } : each,
  );
  const calls = server.calls.map(({ value, at }) => ({ value, from: `called at ${shownPlace(snapshot, at)}` }));
  const unread = diagnostics
    .filter(({ code }) => code === 'source-does-not-parse')
    .map(({ place }) => shownPath(snapshot, place?.file ?? ''));
  return {
    name,
    owner: findOwner(snapshot),
    description: findDescription(snapshot),
    runtime: {
      ...runtime,
      ...findWorkspace(snapshot),
      node,
      packageManager,
      start: site !== null || isWorker ? null : runtime.start,
      build: site === null ? runtime.build : null,
      outputs: site === null ? runtime.outputs : [],
      prisma:
        prisma !== null && migrations?.value.includes('prisma') !== true
          ? { value: true, from: `from ${prisma.path}` }
          : null,
      static: site,
    },
    http: site !== null ? STATIC_HTTP : isUnknown ? ASSUMED_HTTP : http,
    migrations,
    workers: isWorker && runtime.start !== null ? [{ name: 'worker', command: runtime.start }] : workers,
    needs: needs.needs,
    services: needs.services,
    hosts: site === null ? firstOfEach([...calls, ...calledByConfig(variables)]) : [],
    variables: { ...variables, config },
    checks: findChecks(snapshot, runtime.typescript.value, manager),
    remarks: [
      ...nodeRemarks,
      ...managerRemarks,
      ...httpRemarks,
      ...(isUnknown ? [ASSUMED] : []),
      ...needs.remarks,
      ...variableRemarks,
      ...unread.map((path) => `${path} could not be read: what it needs is not in here.`),
    ],
  };
}
