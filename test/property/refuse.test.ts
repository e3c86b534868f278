// Every mutation of a valid declaration into something invalid is refused, by name, and nothing is rendered.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isError } from '../../src/diagnostics';
import { generate } from '../../src/generate';
import { anyService, type Declaration } from './declarations';

const runs = Number(process.env.PROPERTY_RUNS ?? 2000);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_124);

type Path = readonly string[];

interface Mutation {
  readonly path: Path;
  /** What is put there. */
  readonly values: readonly unknown[];
  readonly codes: readonly string[];
}

const closed: readonly Path[] = [
  [],
  ['http'],
  ['http', 'public'],
  ['runtime'],
  ['runtime', 'digests'],
  ['scale'],
  ['objectives'],
  ['recovery'],
  ['checks'],
  ['size'],
  ['needs', 'postgres'],
  ['needs', 'kafka'],
  ['environments', 'staging'],
  ['environments', 'production', 'scale'],
];

const wrong = (path: string, values: readonly unknown[], ...codes: string[]): Mutation => ({
  path: path.split('.'),
  values,
  codes,
});

const noText = [1, true, null, [], {}];
const noMap = [1, 'text', true, null, []];

const mutations: readonly Mutation[] = [
  // A unit forgotten, or one that does not belong there.
  wrong('http.timeout', ['30', '30 s', '30sec', '-1s', ''], 'value-malformed'),
  wrong('http.drain', ['45', '1w'], 'value-malformed'),
  wrong('size.memory', ['512', '512M', '512MB', '512 Mi', '1Gi...2Gi'], 'value-malformed'),
  wrong('size.cpu', ['500mm', 'two', '-1', '1..'], 'value-malformed'),
  wrong('runtime.heap', ['384', '384MB'], 'value-malformed'),
  wrong('objectives.availability', ['99.9', '0.999', '99,9%'], 'value-malformed'),
  wrong('objectives.throughput', ['10000', '10000/m', '10000 per min'], 'value-malformed'),
  wrong('recovery.rpo', ['15', '15 minutes'], 'value-malformed'),
  wrong('scale.cpu', ['70', '70 %'], 'value-malformed'),
  wrong('needs.postgres.dataSize', ['10', '10GB'], 'value-malformed'),
  // A word that is none of those allowed.
  wrong('tier', ['critcal', 'CRITICAL', ''], 'value-not-allowed'),
  wrong('deploy', ['roling', 'recreate'], 'value-not-allowed'),
  wrong('needs.redis.use', ['cash', 'store'], 'value-not-allowed'),
  wrong('needs.s3.access', ['rw', 'all'], 'value-not-allowed'),
  wrong('needs.postgres.env', [{ DATABASE_URL: 'uri' }], 'value-not-allowed'),
  wrong('needs.ledger', [{ kind: 'postgre' }, { kind: 'oracle' }], 'unknown-kind'),
  wrong('runtime.packageManager', ['bun', 'npm@11', 'npm@latest'], 'value-malformed'),
  // A wrong type.
  wrong('name', noText, 'wrong-type'),
  wrong('owner', noText, 'wrong-type'),
  wrong('description', noText, 'wrong-type'),
  wrong('http.port', ['3000', true, null, 3000.5, []], 'wrong-type'),
  wrong('http', noMap, 'wrong-type'),
  wrong('runtime', noMap, 'wrong-type'),
  wrong('runtime.node', ['24', null], 'wrong-type'),
  wrong('scale', noMap, 'wrong-type'),
  wrong('scale.max', ['10', 2.5], 'wrong-type'),
  wrong('config', noMap, 'wrong-type'),
  wrong('config.A', [null, [], {}], 'wrong-type'),
  wrong('secrets', ['JWT_SECRET', { JWT_SECRET: 'x' }, 1], 'wrong-type'),
  wrong('needs', noMap, 'wrong-type'),
  wrong('needs.postgres.pool', ['10', 1.5], 'wrong-type'),
  wrong('environments', noMap, 'wrong-type'),
  wrong('overrides', [{}, 'add'], 'wrong-type'),
  // Out of range, malformed, missing.
  wrong('http.port', [80, 0, -1, 65_536], 'value-out-of-range'),
  wrong('scale.min', [0, -1, 1001], 'value-out-of-range'),
  wrong('needs.postgres.pool', [0, 1001], 'value-out-of-range'),
  wrong('name', ['Auth', 'a_b', '-a', 'a-', '', 'a'.repeat(41), 'a\nb'], 'value-malformed'),
  wrong('description', ['two\nlines', 'a\u0000b', 'a\u2028b'], 'value-malformed'),
  wrong('runtime.build', ['npm run build\u2028x', ['npm', 'run', 'a\u2028b'], ['npm', 'a\nb']], 'value-malformed'),
  wrong('http.health', ['live', '/a b', '/a"b', '/a$b', '/a\nb'], 'value-malformed'),
  wrong('http.public', [{ paths: ['/'] }], 'key-missing'),
  wrong('jobs.nightly', [{ command: 'node a.js' }, { schedule: '0 2 * * *' }], 'key-missing'),
  wrong('jobs.nightly', [{ schedule: '61 2 * * *', command: 'node a.js' }], 'schedule-malformed'),
  wrong(
    'workers.mail',
    [{ command: 'node a.js && node b.js' }, { command: 'node $(id)' }, { command: 'node > a' }],
    'command-needs-a-shell',
  ),
  wrong('config.lower', ['x'], 'name-malformed'),
  wrong('config.JWT_SECRET', ['REPLACE_WITH_SECRET', 'changeme', 'abc'], 'secret-in-config'),
  wrong('environments.stagging', [{}], 'unknown-environment'),
  wrong('runtime.nodeOptions', [['--optimize-for-size'], ['--eval=1']], 'node-option-not-allowed'),
];

const isMap = (value: unknown): value is Declaration =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy with the value at the path; whatever is on the way and no map becomes one. */
function put(value: unknown, [key, ...rest]: Path, placed: unknown): unknown {
  if (key === undefined) return placed;
  const map = isMap(value) ? value : {};
  return { ...map, [key]: put(map[key], rest, placed) };
}

const required: Readonly<Record<string, Declaration>> = { http: { port: 3000 }, public: { host: 'api.example.com' } };

/** The keys without which a map on the way would be refused for another reason. */
function withParents(declaration: Declaration, path: Path): Declaration {
  return path.reduce<Declaration>((result, key, depth) => {
    const missing = required[key];
    if (missing === undefined) return result;
    const at = path.slice(0, depth + 1);
    const found = at.reduce<unknown>((value, name) => (isMap(value) ? value[name] : undefined), result);
    return isMap(found) ? result : (put(result, at, missing) as Declaration);
  }, declaration);
}

const misspelt = fc.stringMatching(/^zz[a-z-]{0,8}$/);
const unknownKey = fc
  .tuple(fc.constantFrom(...closed), misspelt)
  .map(([path, key]): [Mutation, unknown] => [{ path: [...path, key], values: [1], codes: ['unknown-key'] }, 1]);
const wrongValue = fc
  .constantFrom(...mutations)
  .chain((mutation) => fc.constantFrom(...mutation.values).map((value): [Mutation, unknown] => [mutation, value]));

function judge(declaration: Declaration, [{ path, codes }, value]: [Mutation, unknown]): void {
  const mutated = put(withParents(declaration, path.slice(0, -1)), path, value);
  const { plan, files, diagnostics } = generate({ service: mutated, platform: null });
  expect(files).toEqual([]);
  expect(plan).toBeNull();
  const errors = diagnostics.filter(isError);
  expect(errors.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]));
  for (const { message } of errors) expect(message).not.toMatch(/BUG|undefined|\[object/);
}

describe('a declaration made invalid', () => {
  const bases = fc.sample(anyService, { numRuns: 200, seed });

  it('is refused whatever else it holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...bases),
        fc.oneof({ weight: 1, arbitrary: unknownKey }, { weight: 4, arbitrary: wrongValue }),
        judge,
      ),
      { numRuns: runs, seed },
    );
  });

  it('is refused for each mutation', () => {
    const least: Declaration = { name: 'a', owner: 'team-a', http: { port: 3000 } };
    for (const mutation of mutations) for (const value of mutation.values) judge(least, [mutation, value]);
    for (const path of closed) judge(least, [{ path: [...path, 'zz'], values: [], codes: ['unknown-key'] }, 1]);
  });

  it('is refused when it is no map at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.integer(),
          fc.boolean(),
          fc.constant(null),
          fc.constant(undefined),
          fc.array(fc.anything()),
        ),
        (service) => {
          const { files, diagnostics } = generate({ service, platform: null });
          expect(files).toEqual([]);
          expect(diagnostics.map(({ code }) => code)).toEqual(['declaration-empty']);
        },
      ),
      { numRuns: 200, seed },
    );
  });

  it('is refused when it is any other value', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(
            fc.constantFrom(
              'name',
              'owner',
              'http',
              'needs',
              'jobs',
              'environments',
              'overrides',
              '__proto__',
              'constructor',
            ),
            fc.string(),
          ),
          fc.anything(),
        ),
        (service) => {
          const { files, diagnostics } = generate({ service, platform: null });
          expect(files).toEqual([]);
          expect(diagnostics.some(isError)).toBe(true);
        },
      ),
      { numRuns: 1000, seed },
    );
  });
});
