// Fills a valid declaration's defaults and parses its quantities. The defaults stand here and in the schema's descriptions.
import type { ServiceDeclaration } from '../declaration/service';
import { parseCommand } from './command';
import { fillHttp } from './fill-http';
import {
  parseCpuMillis,
  parseDurationSeconds,
  parseMemoryMiB,
  parsePercent,
  parseRange,
  parseRate,
} from './quantities';
import type {
  JobSettings,
  NeedSettings,
  RuntimeSettings,
  ServiceSettings,
  SizeSettings,
  WorkerSettings,
} from './settings';

/** CPU and memory of the named sizes; a CPU limit of one core at least leaves Node's garbage collector its threads. */
export const namedSizes: Readonly<Record<'small' | 'medium' | 'large', SizeSettings>> = {
  small: { cpuMillis: { request: 100, limit: 1000 }, memoryMiB: { request: 256, limit: 512 } },
  medium: { cpuMillis: { request: 250, limit: 1000 }, memoryMiB: { request: 512, limit: 1024 } },
  large: { cpuMillis: { request: 500, limit: 2000 }, memoryMiB: { request: 1024, limit: 2048 } },
};

const minimumByTier = { critical: 3, standard: 2, background: 1 } as const;
const defaultPercent = 70;
const defaultDrainSeconds = 30;
const defaultMigrationSeconds = 600;
const defaultSecretLength = 32;
const defaultNode = 24;

const words = (command: string | readonly string[] | undefined): readonly string[] | null =>
  command === undefined ? null : parseCommand(command).words;

function size(declared: ServiceDeclaration['size']): SizeSettings {
  if (declared === undefined) return namedSizes.small;
  if (typeof declared === 'string') return namedSizes[declared];
  return {
    cpuMillis: declared.cpu === undefined ? namedSizes.small.cpuMillis : parseRange(declared.cpu, parseCpuMillis),
    memoryMiB: declared.memory === undefined ? namedSizes.small.memoryMiB : parseRange(declared.memory, parseMemoryMiB),
  };
}

const runScript = { npm: ['npm', 'run'], pnpm: ['pnpm', 'run'], yarn: ['yarn', 'run'] } as const;

function migrationOf(declared: ServiceDeclaration['migrations']): ServiceSettings['migration'] {
  if (declared === undefined) return null;
  if (typeof declared === 'string' || Array.isArray(declared))
    return { command: words(declared) ?? [], timeoutSeconds: defaultMigrationSeconds };
  return {
    command: words(declared.command) ?? [],
    timeoutSeconds: declared.timeout === undefined ? defaultMigrationSeconds : parseDurationSeconds(declared.timeout),
  };
}

function runtime(declaration: ServiceDeclaration): RuntimeSettings {
  const declared = declaration.runtime ?? {};
  const [manager = 'npm', version] = (declared.packageManager ?? 'npm').split('@');
  const packageManager = manager as RuntimeSettings['packageManager'];
  const typescript = declared.typescript ?? true;
  const site = declared.static;
  const built = typescript || site !== undefined;
  return {
    node: declared.node ?? defaultNode,
    packageManager,
    packageManagerVersion: version ?? null,
    workspace: declared.workspace ?? null,
    workspaces: declared.workspaces ?? [],
    typescript,
    build: words(declared.build) ?? (built ? [...runScript[packageManager], 'build'] : null),
    start: words(declared.start) ?? ['node', typescript ? 'dist/index.js' : 'src/index.js'],
    outputs: declared.outputs ?? [typescript ? 'dist' : 'src'],
    prisma: declared.prisma ?? migrationOf(declaration.migrations)?.command.some((word) => word === 'prisma') ?? false,
    nativeModules: declared.nativeModules ?? false,
    heapMiB: declared.heap === undefined ? null : parseMemoryMiB(declared.heap),
    nodeOptions: declared.nodeOptions ?? [],
    buildDigest: declared.digests?.build ?? null,
    runDigest: declared.digests?.run ?? null,
    static:
      site === undefined
        ? null
        : {
            output: site.output ?? 'dist',
            fallback: site.fallback === undefined ? 'index.html' : site.fallback === false ? null : site.fallback,
            immutable: site.immutable ?? 'assets',
            connect: site.connect ?? [],
          },
  };
}

function workers(declaration: ServiceDeclaration): WorkerSettings[] {
  return Object.entries(declaration.workers ?? {}).map(([name, worker]) => {
    const min = worker.scale?.min ?? Math.min(minimumByTier[declaration.tier ?? 'standard'], 2, worker.scale?.max ?? 2);
    return {
      name,
      command: words(worker.command) ?? [],
      min,
      max: worker.scale?.max ?? min * 2,
      cpuPercent: worker.scale?.cpu === undefined ? defaultPercent : parsePercent(worker.scale.cpu),
      kafkaLag: worker.scale?.on?.kafkaLag ?? null,
      size: size(worker.size),
      drainSeconds: worker.drain === undefined ? defaultDrainSeconds : parseDurationSeconds(worker.drain),
    };
  });
}

function jobs(declaration: ServiceDeclaration): JobSettings[] {
  return Object.entries(declaration.jobs ?? {}).map(([name, job]) => ({
    name,
    command: words(job.command) ?? [],
    schedule: job.schedule,
    timeZone: job.timeZone ?? 'Etc/UTC',
    timeoutSeconds: job.timeout === undefined ? null : parseDurationSeconds(job.timeout),
    size: size(job.size),
  }));
}

const notKinds = ['services', 'http'];

function needs(declaration: ServiceDeclaration): NeedSettings[] {
  return Object.entries(declaration.needs ?? {})
    .filter(([key, need]) => !notKinds.includes(key) && need !== undefined && !Array.isArray(need))
    .map(([key, need]) => {
      const { kind, env, optional, ...parameters } = need as {
        kind?: string;
        env?: Record<string, string>;
        optional?: boolean;
      };
      return { key, kind: kind ?? key, parameters, env: env ?? null, optional: optional ?? false };
    });
}

const upperSnake = (name: string): string => name.replaceAll('-', '_').toUpperCase();

function typeOf(value: string | number | boolean): 'string' | 'integer' | 'number' | 'boolean' {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

function check(
  declared: string | readonly string[] | false | undefined,
  fallback: readonly string[] | null,
): readonly string[] | null {
  if (declared === undefined) return fallback;
  return declared === false ? null : words(declared);
}

/** Every field of the service, decided or null. The declaration must have passed the schema. */
export function fillSettings(declaration: ServiceDeclaration): ServiceSettings {
  const tier = declaration.tier ?? 'standard';
  const min =
    declaration.scale?.min ?? Math.min(minimumByTier[tier], declaration.scale?.max ?? Number.POSITIVE_INFINITY);
  const filledRuntime = runtime(declaration);
  const run = runScript[filledRuntime.packageManager];
  return {
    name: declaration.name,
    owner: declaration.owner,
    description: declaration.description ?? '',
    tier,
    runtime: filledRuntime,
    http: fillHttp(declaration.http),
    migration: migrationOf(declaration.migrations),
    workers: workers(declaration),
    jobs: jobs(declaration),
    needs: needs(declaration),
    calls: (declaration.needs?.services ?? []).map((call) =>
      typeof call === 'string'
        ? { name: call, port: null, variable: `${upperSnake(call)}_URL`, optional: false }
        : {
            name: call.name,
            port: call.port ?? null,
            variable: call.variable ?? `${upperSnake(call.name)}_URL`,
            optional: call.optional ?? false,
          },
    ),
    outside: declaration.needs?.http ?? [],
    config: Object.entries(declaration.config ?? {}).map(([name, value]) => ({
      name,
      value: String(value),
      type: typeOf(value),
    })),
    secrets: (declaration.secrets ?? []).map((secret, index) =>
      typeof secret === 'string'
        ? { name: secret, description: '', from: null, generatedLength: defaultSecretLength, optional: false, index }
        : {
            name: secret.name,
            description: secret.description ?? '',
            from: secret.from ?? null,
            generatedLength: secret.generate ?? defaultSecretLength,
            optional: secret.optional ?? false,
            index,
          },
    ),
    scale: {
      min,
      max: declaration.scale?.max ?? min * 2,
      cpuPercent: declaration.scale?.cpu === undefined ? defaultPercent : parsePercent(declaration.scale.cpu),
      memoryPercent: declaration.scale?.memory === undefined ? null : parsePercent(declaration.scale.memory),
    },
    size: size(declaration.size),
    objectives: {
      availability: declaration.objectives?.availability ?? null,
      latency: Object.entries(declaration.objectives?.latency ?? {}).map(([name, threshold]) => ({
        percentile: Number(name.slice(1)),
        thresholdSeconds: parseDurationSeconds(threshold),
      })),
      throughputPerSecond:
        declaration.objectives?.throughput === undefined
          ? null
          : parseRate(declaration.objectives.throughput).amount /
            parseRate(declaration.objectives.throughput).perSeconds,
    },
    recovery: {
      rpoSeconds: declaration.recovery?.rpo === undefined ? null : parseDurationSeconds(declaration.recovery.rpo),
      rtoSeconds: declaration.recovery?.rto === undefined ? null : parseDurationSeconds(declaration.recovery.rto),
      probes: Object.entries(declaration.recovery?.probes ?? {}).map(([name, probe]) => ({
        name,
        need: probe.need ?? 'postgres',
        sql: probe.sql,
        atLeast: probe.atLeast ?? null,
        atMost: probe.atMost ?? null,
        newerThanSeconds: probe.newerThan === undefined ? null : parseDurationSeconds(probe.newerThan),
      })),
    },
    alerts: Object.entries(declaration.alerts ?? {}).map(([name, alert]) => ({
      name,
      ratio: alert.ratio ?? null,
      rate: alert.rate ?? null,
      value: alert.value ?? null,
      above: alert.above === undefined ? null : String(alert.above),
      below: alert.below === undefined ? null : String(alert.below),
      forSeconds: alert.for === undefined ? 300 : parseDurationSeconds(alert.for),
      severity: alert.severity ?? 'warning',
      summary: alert.summary ?? null,
    })),
    deploy: declaration.deploy ?? 'rolling',
    checks: {
      lint: check(declaration.checks?.lint, [...run, 'lint']),
      types: check(declaration.checks?.types, filledRuntime.typescript ? [...run, 'typecheck'] : null),
      test: check(declaration.checks?.test, [filledRuntime.packageManager, 'test']),
    },
    overrides: (declaration.overrides ?? []).map((override) => ({
      artifact: override.artifact,
      target: override.target ?? '',
      operations: override.patch.map((operation) => ({
        op: operation.op,
        path: operation.path,
        value: operation.value ?? null,
      })),
    })),
  };
}
