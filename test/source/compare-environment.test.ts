// The two directions of the comparison, with whole messages.
import { describe, expect, it } from 'vitest';
import { parseService } from '../../src/model/parse';
import { platformFacts } from '../../src/model/platform-facts';
import { planService } from '../../src/plan';
import { compareEnvironment, type InjectedVariable } from '../../src/source/compare-environment';
import { injectedVariables } from '../../src/source/injected-variables';
import { readEnvironmentUses } from '../../src/source/read-environment-uses';

const injected = (name: string, origin: string, line: number | null = 1): InjectedVariable => ({
  name,
  origin,
  declaredAt: line === null ? null : { file: 'service.yaml', line, column: 3 },
  consumedByPlatform: false,
});

const compare = (text: string, variables: readonly InjectedVariable[]) =>
  compareEnvironment(readEnvironmentUses([{ path: 'src/a.ts', text }]).uses, variables);

const codes = (text: string, variables: readonly InjectedVariable[]): string =>
  compare(text, variables)
    .map(({ code, message }) => `${code}: ${message.split(' ').find((each) => each.includes('_')) ?? ''}`)
    .join('; ');

describe('a variable that nothing provides', () => {
  it('is an error at the place where it is read, naming the one that was meant', () => {
    expect(
      compare("const brokers = process.env.KAFKA_BROKER ?? 'localhost:9092';", [
        injected('KAFKA_BROKERS', 'needs.kafka', 7),
        injected('KAFKA_BROKER_ID', 'config', 9),
      ])[1],
    ).toEqual({
      code: 'environment-variable-never-read',
      severity: 'warning',
      path: [],
      place: { file: 'service.yaml', line: 9, column: 3 },
      message: 'config provides KAFKA_BROKER_ID, which the code never reads.',
      fix: 'Read KAFKA_BROKER_ID in the code, or take KAFKA_BROKER_ID out of config.',
    });
    expect(
      compare("const brokers = process.env.KAFKA_BROKER ?? 'localhost:9092';", [
        injected('KAFKA_BROKERS', 'needs.kafka', 7),
      ]),
    ).toEqual([
      {
        code: 'environment-variable-never-read',
        severity: 'warning',
        path: [],
        place: { file: 'service.yaml', line: 7, column: 3 },
        message: 'needs.kafka provides KAFKA_BROKERS, which the code never reads.',
        fix: 'Read KAFKA_BROKERS in the code, or list under needs.kafka.env only the variables that the code reads.',
      },
      {
        code: 'environment-variable-not-provided',
        severity: 'error',
        path: [],
        place: { file: 'src/a.ts', line: 1, column: 29 },
        message:
          'The code reads KAFKA_BROKER, which service.yaml does not provide. It would silently run with its fallback "localhost:9092". Did you mean KAFKA_BROKERS, which needs.kafka provides?',
        fix: 'Rename KAFKA_BROKERS under needs.kafka.env, or read KAFKA_BROKERS in the code. Otherwise add KAFKA_BROKER to config with its value, to secrets by its name, or to the env of the need that it comes from (needs.<key>.env).',
      },
    ]);
  });

  it('is told once, with its other places', () => {
    const found = compare('process.env.X_Y;\nprocess.env.X_Y;\nprocess.env.X_Y;\nprocess.env.X_Y', []);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toBe(
      'The code reads X_Y, which service.yaml does not provide. It is also read at src/a.ts:2:13, src/a.ts:3:13 and 1 more.',
    );
    expect(found[0]?.fix).toBe(
      'Add X_Y to config with its value, to secrets by its name, or to the env of the need that it comes from (needs.<key>.env).',
    );
  });

  it.each([
    ['a fallback everywhere', "process.env.X_Y ?? 'y'; process.env.X_Y || 'z'", 'warning'],
    ['no fallback', 'process.env.X_Y', 'error'],
    ['a fallback in one of two places', "process.env.X_Y ?? 'y'; process.env.X_Y", 'error'],
  ])('is judged by its fallback: %s', (_, text, severity) => {
    expect(compare(text, []).map((found) => found.severity)).toEqual([severity]);
  });

  it('is an error in spite of a fallback when it is likely misspelt', () => {
    const found = compare("process.env.KAFKA_BROKER ?? 'y'", [injected('KAFKA_BROKERS', 'needs.kafka')]);
    expect(found.map(({ severity }) => severity)).toEqual(['warning', 'error']);
  });

  it('shows the declaration that was read', () => {
    const { uses } = readEnvironmentUses([{ path: 'a.ts', text: 'process.env.X_Y' }]);
    expect(compareEnvironment(uses, [], { declaration: 'platform/api.yaml' })[0]?.message).toContain(
      'which platform/api.yaml does not provide',
    );
  });

  it('prefers, among like names, the one that nobody reads', () => {
    const found = compare('process.env.REDIS_URL; process.env.REDIS_URI', [
      injected('REDIS_URL', 'needs.cache'),
      injected('REDIS_URLS', 'needs.sessions'),
    ]);
    expect(found.find(({ severity }) => severity === 'error')?.message).toContain('Did you mean REDIS_URLS');
  });
});

describe('what agrees, or cannot be known', () => {
  const cases: readonly [what: string, text: string, variables: readonly InjectedVariable[], expected: string][] = [
    ['read and provided', 'process.env.A_B', [injected('A_B', 'config')], ''],
    ['the system provides it', 'process.env.HOME + process.env.npm_package_name + process.env.LC_ALL', [], ''],
    ['the code sets it itself', "process.env.A_B = '1'; process.env.A_B", [], ''],
    ['only set, never read', "process.env.A_B = '1'", [], ''],
    ['a secret read from its file', 'process.env.A_B_FILE', [injected('A_B', 'secrets')], ''],
    ['a file that nobody provides', 'process.env.A_B_FILE', [], 'environment-variable-not-provided: A_B_FILE,'],
    ['the platform reads it', '', [{ ...injected('NODE_OPTIONS', 'runtime', null), consumedByPlatform: true }], ''],
    ['a library reads it', "import '@aws-sdk/client-s3'", [injected('AWS_REGION', 'needs.s3')], ''],
    ['a library would read it', "import '@aws-sdk/client-s3'", [], ''],
    ['nobody reads it', '', [injected('A_B', 'config')], 'environment-variable-never-read: A_B,'],
    [
      'only look-alikes read it',
      "'process.env.A_B'; const process = {}; process.env.A_B",
      [injected('A_B', 'config')],
      'environment-variable-never-read: A_B,',
    ],
    [
      'the accessor reads it',
      "import { environment } from '../env.generated'; environment().A_B",
      [injected('A_B', 'config')],
      '',
    ],
    [
      'under other case',
      'process.env.a_b',
      [injected('A_B', 'config')],
      'environment-variable-never-read: A_B,; environment-variable-not-provided: a_b,',
    ],
  ];
  it.each(cases)('%s', (_, text, variables, expected) => {
    expect(codes(text, variables)).toBe(expected);
  });

  it('admits that a dynamic read may be the one', () => {
    expect(compare('export const get = (name) => process.env[name]', [injected('A_B', 'config')])[0]?.message).toBe(
      'config provides A_B, which the code never reads (the code may still read it by a computed name, at src/a.ts:1:30).',
    );
  });
});

describe('the services of the platform', () => {
  it('finds defect 5: KAFKA_BROKER read, KAFKA_BROKERS provided', () => {
    const text = "export const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER || 'kafka:9092'] })";
    expect(codes(text, [injected('KAFKA_BROKERS', 'needs.kafka')])).toBe(
      'environment-variable-never-read: KAFKA_BROKERS,; environment-variable-not-provided: KAFKA_BROKER,',
    );
  });
});

describe('the variables of a plan', () => {
  const ofPlan = (service: object) => {
    const declared = { name: 'a-service', owner: 'team-a', ...service };
    const { model, diagnostics } = parseService(declared, platformFacts(null), 'service.yaml');
    if (model === null) throw new Error(JSON.stringify(diagnostics));
    return injectedVariables(planService(model), null, (path) => ({ file: path.join('.'), line: 1, column: 1 }));
  };

  it('come with the part of the declaration that provides each', () => {
    const injected = ofPlan({
      http: { port: 3000 },
      needs: { redis: {}, services: ['auth-service'] },
      config: { LOG_LEVEL: 'info' },
      secrets: ['JWT_SECRET'],
    });
    const shown = injected
      .filter((each) => !each.consumedByPlatform)
      .map((each) => `${each.name} ${each.origin} ${each.declaredAt?.file}`);
    expect(shown).toEqual([
      'AUTH_SERVICE_URL needs.services needs.services',
      'JWT_SECRET secrets secrets.0',
      'LOG_LEVEL config config.LOG_LEVEL',
      'PORT http.port http.port',
      'REDIS_URL needs.redis needs.redis',
    ]);
    expect(injected.filter((each) => each.consumedByPlatform).map(({ name }) => name)).toContain('NODE_OPTIONS');
  });

  it('of a static site are those that are compiled in', () => {
    const injected = ofPlan({
      http: { port: 8080 },
      runtime: { static: {} },
      config: { VITE_API_URL: 'https://api.example.com' },
    });
    expect(injected.filter((each) => !each.consumedByPlatform).map(({ name }) => name)).toEqual(['VITE_API_URL']);
  });
});
