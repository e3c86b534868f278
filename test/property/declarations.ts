// Arbitrary declarations of every field and every kind, hostile strings wherever a person may write freely.
import fc from 'fast-check';
import { kinds } from '../../src/catalog';
import { hostileLine, hostileValue, hostileWord } from './hostile';

type Fields = Record<string, fc.Arbitrary<unknown>>;
export type Declaration = Record<string, unknown>;

/** A map in which each field may be missing; `required` ones never are. */
const some = (fields: Fields, required: readonly string[] = []): fc.Arbitrary<Declaration> =>
  fc.record(fields, { requiredKeys: [...required] });

const one = (...values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);
const command = fc.oneof(
  one('node dist/work.js', "node dist/work.js --name 'two words'"),
  fc.array(hostileWord, { maxLength: 3 }).map((rest) => ['node', 'dist/work.js', ...rest]),
);
const duration = one('30s', '1m', '90s', '2m30s', '1h');
const memory = one('256Mi', '512Mi', '1Gi', '1.5Gi', '300Mi..1Gi');
const size = fc.oneof(
  one('small', 'medium', 'large'),
  some({ cpu: one('200m', '0.5', 1, '100m..1', '250m..0.75'), memory }),
);
const text = (length: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[a-z]([a-z0-9-]{0,${length - 2}}[a-z0-9])?$`));
const dictionary = (
  key: fc.Arbitrary<string>,
  value: fc.Arbitrary<unknown>,
  maxKeys: number,
): fc.Arbitrary<Declaration> => fc.dictionary(key, value, { minKeys: 1, maxKeys, noNullPrototype: true });
const variable = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}_V$/);

const parameters: Readonly<Record<string, Fields>> = {
  postgres: {
    database: one('ledger', 'a_b1'),
    pool: fc.integer({ min: 1, max: 12 }),
    extensions: one([], ['pgcrypto', 'uuid-ossp']),
    dataSize: one('10Gi', '512Mi'),
  },
  mongodb: { database: one('docs', 'a-b'), pool: fc.integer({ min: 1, max: 20 }), dataSize: one('5Gi') },
  redis: { use: one('cache', 'sessions', 'queue'), database: fc.integer({ min: 0, max: 15 }), dataSize: one('1Gi') },
  kafka: {
    produces: one([], ['events', 'A.b_c']),
    consumes: one(['orders'], ['orders', 'returns']),
    group: one('readers', 'A.b-c'),
  },
  clickhouse: { database: one('events'), dataSize: one('50Gi') },
  elasticsearch: { indexPrefix: one('search', 'a-b_c') },
  s3: { bucket: one('uploads', 'b-1'), access: one('read', 'write', 'read-write'), dataSize: one('1Ti') },
  smtp: { host: one('mail.example.com'), port: one(465, 587), from: one('noreply@example.com') },
  mqtt: { host: one('mqtt.example.com'), port: one(8883) },
};

/** Every kind of the catalog has its fields here; a new kind fails at this line until it does. */
const fieldsOf = (kind: string): Fields => parameters[kind] ?? {};
for (const kind of Object.keys(kinds))
  if (parameters[kind] === undefined) throw new Error(`describe the fields of ${kind}`);

const needOf = (kind: string, prefix: string): Fields => ({
  ...fieldsOf(kind),
  optional: fc.boolean(),
  env: fc
    .subarray(Object.keys(kinds[kind]?.outputs ?? {}), { minLength: 1 })
    .map((outputs) => Object.fromEntries(outputs.map((output, index) => [`${prefix}_${index}`, output]))),
});

const needs = some({
  ...Object.fromEntries(Object.keys(kinds).map((kind) => [kind, some(needOf(kind, kind.toUpperCase()))])),
  'second-store': fc
    .constantFrom(...Object.keys(kinds))
    .chain((kind) => some({ kind: fc.constant(kind), ...needOf(kind, 'SECOND') }, ['kind', 'env'])),
  services: one(
    [],
    ['auth-service'],
    ['auth-service', { name: 'users', port: 3001, variable: 'USERS_AT', optional: true }],
  ),
  http: one([], ['https://api.example.com', 'https://b.example.com:8443']),
});

const runtime = some({
  node: one(22, 24, 26),
  packageManager: one('npm', 'npm@11.6.2', 'pnpm@10.20.0', 'yarn@4.10.3'),
  workspace: one('backend/services/a', 'packages/b'),
  workspaces: one([], ['backend/shared/types', 'backend/shared/utils']),
  typescript: fc.boolean(),
  build: fc.oneof(
    one('npm run build'),
    fc.array(hostileWord, { maxLength: 2 }).map((rest) => ['npm', 'run', 'build', ...rest]),
  ),
  start: fc.array(hostileWord, { maxLength: 3 }).map((rest) => ['node', 'dist/index.js', ...rest]),
  outputs: one(['dist'], ['dist', 'views']),
  prisma: fc.boolean(),
  nativeModules: fc.boolean(),
  heap: one('96Mi', '128Mi'),
  nodeOptions: one([], ['--enable-source-maps'], ['--enable-source-maps', '--max-http-header-size=16384']),
  digests: some({ build: one(`sha256:${'0'.repeat(64)}`), run: one(`sha256:${'a'.repeat(64)}`) }),
});

const host = one('api.example.com', 'x.example.org');
const paths = one(['/api'], ['/api/v1', "/~a'(b)"]);
const http = some(
  {
    port: fc.integer({ min: 1024, max: 65_535 }),
    health: fc.oneof(one('/health'), some({ live: one('/live', "/l'(x)"), ready: one('/ready', "/r!'(x)*") })),
    metrics: fc.oneof(
      one('/metrics'),
      some({ path: one('/internal/metrics'), library: one('prom-client', 'opentelemetry'), statusLabel: one('code') }, [
        'path',
      ]),
    ),
    public: fc.oneof(
      some(
        {
          host,
          paths,
          bodyLimit: one('1Mi', '100Mi'),
          rateLimit: one('100/min', '5/s', '1000/h'),
          via: one('gateway'),
        },
        ['host', 'paths'],
      ),
      some({ host, paths, websockets: fc.boolean(), rateLimit: one('100/min') }, ['host', 'paths']),
      some({ host, paths, via: one('ingress'), websockets: fc.boolean() }, ['host', 'paths', 'via']),
    ),
    publish: one(3000, 8080),
    timeout: one('10s', '30s'),
    drain: one('30s', '45s'),
    startup: duration,
  },
  ['port', 'metrics'],
);

const bounds = one({ above: '10%' }, { below: '5%' });
const alert = fc
  .tuple(
    fc.oneof(
      fc.tuple(one({ ratio: 'failed_total / all_total' }, { value: 'connected / known' }), bounds),
      fc.tuple(one({ rate: 'logins_failed_total' }), one({ above: '20/h' }, { above: '3/min' })),
      fc.tuple(one({ value: 'queue_depth' }), one({ above: 100 }, { above: '5' }, { below: 3 })),
    ),
    some({ for: duration, severity: one('critical', 'warning', 'info'), summary: hostileLine }),
  )
  .map(([[measure, bound], rest]) => ({ ...(measure as object), ...(bound as object), ...rest }));

const secret = some({
  description: hostileLine,
  from: one('shared/jwt#secret', 'a/b.c'),
  generate: fc.integer({ min: 8, max: 64 }),
  optional: fc.boolean(),
});
const secrets = fc
  .uniqueArray(fc.tuple(variable, fc.option(secret)), { minLength: 1, maxLength: 3, selector: ([name]) => name })
  .map((list) =>
    list.map(([name, rest], index) => (rest === null ? `S${index}_${name}` : { name: `S${index}_${name}`, ...rest })),
  );

const config = dictionary(
  variable.map((name) => `C_${name}`),
  fc.oneof({ weight: 4, arbitrary: hostileValue }, { weight: 1, arbitrary: one(1, -2.5, 0, true, false) }),
  4,
);

const check = fc.oneof(
  one(false, 'npm run check'),
  fc.array(hostileWord, { maxLength: 3 }).map((rest) => ['npx', 'tool', ...rest]),
);
const scale = some({ min: one(2, 3), max: one(4, 5), cpu: one('60%', '75.5%'), memory: one('80%') });

const environment = some({
  scale,
  size,
  description: hostileLine,
  config,
  http: some({ publish: one(8081, null) }),
  tier: one('standard', 'background'),
});

const hostilePatch = hostileLine.chain((value) =>
  one(
    [{ artifact: 'compose', patch: [{ op: 'add', path: '/x-note', value }] }],
    [
      {
        artifact: 'kubernetes',
        target: 'Deployment/$NAME',
        patch: [{ op: 'add', path: '/metadata/annotations/example.com~1note', value }],
      },
    ],
    [
      { artifact: 'compose', patch: [{ op: 'add', path: '/x-note', value: { a: [value], b: 1 } }] },
      {
        artifact: 'kubernetes',
        target: 'Deployment/$NAME',
        patch: [{ op: 'test', path: '/kind', value: 'Deployment' }],
      },
    ],
  ),
);

const withName = (declaration: Declaration): Declaration =>
  JSON.parse(JSON.stringify(declaration).replaceAll('$NAME', String(declaration.name))) as Declaration;

/** A service that runs on Node.js. */
export const nodeService: fc.Arbitrary<Declaration> = some(
  {
    $schema: one('./schema.json'),
    name: text(16),
    owner: text(12).map((name) => `team-${name}`),
    description: hostileLine,
    tier: one('critical', 'standard', 'background'),
    runtime,
    http,
    migrations: fc.oneof(one('npx prisma migrate deploy'), some({ command, timeout: duration }, ['command'])),
    workers: dictionary(
      text(12),
      some(
        { command, scale: some({ min: one(2), max: one(2, 4), cpu: one('70%'), on: one({}) }), size, drain: duration },
        ['command'],
      ),
      2,
    ),
    jobs: dictionary(
      text(12).map((name) => `j-${name}`),
      some(
        {
          schedule: one('0 2 1 * *', '*/30 8-17 * * 1-5', '15 4 * * SUN'),
          timeZone: one('Etc/UTC', 'Asia/Tokyo'),
          command,
          timeout: one('5m'),
          size,
        },
        ['schedule', 'command'],
      ),
      2,
    ),
    needs,
    config,
    secrets,
    scale,
    size,
    objectives: some(
      {
        availability: one('99%', '99.5%', '99.9%'),
        latency: one({ p95: '200ms' }, { p90: '100ms', p99: '750ms' }, { 'p99.9': '2s' }),
        throughput: one('10000/min', '500/s'),
      },
      ['throughput'],
    ),
    recovery: some({ rpo: one('1d'), rto: one('1d') }),
    alerts: dictionary(
      text(16).map((name) => `a-${name}`),
      alert,
      3,
    ),
    deploy: one('rolling', 'blue-green', 'canary'),
    checks: some({ lint: check, types: check, test: check }),
    environments: some({ development: environment, staging: environment, production: environment }),
    overrides: hostilePatch,
  },
  ['name', 'owner', 'http'],
).map(withName);

/** A worker by the lag of what it consumes; it needs no HTTP server. */
export const lagWorker: fc.Arbitrary<Declaration> = some(
  {
    name: text(16),
    owner: fc.constant('team-a'),
    workers: some(
      { reader: some({ command, scale: one({ min: 0, max: 3, on: { kafkaLag: 100 } }) }, ['command', 'scale']) },
      ['reader'],
    ),
    needs: one({ kafka: { consumes: ['orders'] } }),
    config,
    secrets,
    description: hostileLine,
  },
  ['name', 'owner', 'workers', 'needs'],
);

/** A site of files. */
export const staticSite: fc.Arbitrary<Declaration> = some(
  {
    name: text(16),
    owner: fc.constant('team-a'),
    description: hostileLine,
    http: some(
      {
        port: fc.integer({ min: 1024, max: 65_535 }),
        publish: one(8080),
        public: some({ host: one('example.com'), paths: one(['/'], ['/app']) }, ['host']),
      },
      ['port'],
    ),
    runtime: some(
      {
        static: some({
          output: one('dist', 'build/out'),
          fallback: one('index.html', false),
          immutable: one('assets', 'a/b'),
          connect: one([], ['https://api.example.com']),
        }),
        packageManager: one('npm', 'pnpm@10.20.0'),
        workspace: one('frontend-app'),
      },
      ['static'],
    ),
    config: dictionary(
      variable.map((name) => `VITE_${name}`),
      hostileValue,
      3,
    ),
    deploy: one('rolling', 'canary'),
  },
  ['name', 'owner', 'http', 'runtime'],
);

export const anyService: fc.Arbitrary<Declaration> = fc.oneof(
  { weight: 8, arbitrary: nodeService },
  { weight: 1, arbitrary: lagWorker },
  { weight: 2, arbitrary: staticSite },
);
