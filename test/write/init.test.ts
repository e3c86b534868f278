// Small projects, in memory and on disk, with the declaration that `init` drafts for each.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceDeclaration } from '../../src/declaration/service';
import { isError } from '../../src/diagnostics';
import { validateService } from '../../src/generated/validate-service';
import { parseService } from '../../src/model/parse';
import { platformFacts } from '../../src/model/platform-facts';
import { planService } from '../../src/plan';
import { checkPlan } from '../../src/refuse';
import { parsePlainYaml } from '../../src/render/shared/yaml-document';
import { detect } from '../../src/write/init/detect';
import { draft } from '../../src/write/init/draft';
import { readExampleValues } from '../../src/write/init/example-values';
import { initService } from '../../src/write/init/init-service';
import { readSnapshot } from '../../src/write/init/read-snapshot';
import { isWorkspace } from '../../src/write/init/workspaces';

const json = (value: unknown): string => JSON.stringify(value);

/** The draft for these files, checked against the schema, as text and as a value. */
function drafted(files: Record<string, string>, folder = ''): { text: string; declaration: ServiceDeclaration } {
  const snapshot = { folder, folderName: 'some-folder', files: new Map(Object.entries(files)) };
  const text = draft(detect(snapshot));
  const declaration = parsePlainYaml(text) as ServiceDeclaration;
  expect(validateService(declaration)).toEqual([]);
  const { model, diagnostics } = parseService(declaration, platformFacts(null), 'service.yaml');
  expect(diagnostics).toEqual([]);
  expect(model === null ? null : checkPlan(planService(model)).filter(isError)).toEqual([]);
  return { text, declaration };
}

const FINANCIAL: Record<string, string> = {
  'package.json': json({
    name: '@daorsagro/financial-service',
    description: 'Transactions, budgets, reports',
    scripts: {
      start: 'NODE_ENV=production node --enable-source-maps dist/index.js',
      build: 'tsc',
      lint: 'eslint .',
      typecheck: 'tsc --noEmit',
      test: 'vitest run',
      'start:worker': 'node dist/ledger.js',
    },
    dependencies: { express: '5', '@prisma/client': '6', ioredis: '5', kafkajs: '2', 'prom-client': '15' },
    devDependencies: { typescript: '5', prisma: '6' },
    engines: { node: '22.x' },
  }),
  'package-lock.json': '',
  'tsconfig.json': '{ "compilerOptions": { /* where it goes */ "outDir": "./dist", } }',
  'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
  '.env.example':
    '# local\nDATABASE_URL="postgresql://postgres:postgres@localhost:5432/financial_db?schema=public"\nKAFKA_BROKER=localhost:9092\nJWT_SECRET=change-me\nREPORT_ROWS=500 # at most\n',
  '.github/CODEOWNERS': '* @daorsagro/platform\n/docs/ @daorsagro/writers\n',
  'src/index.ts': [
    "import express from 'express';",
    "import { kafka } from './kafka.js';",
    'const app = express();',
    "app.get('/health', ok);",
    "app.get('/ready', ok);",
    "app.get('/metrics', metrics);",
    'new Redis(process.env.REDIS_URL!);',
    'const secrets = [process.env.JWT_SECRET, process.env.PAYMENT_API_KEY];',
    "const level = process.env.LOG_LEVEL ?? 'info';",
    'const rows = Number(process.env.REPORT_ROWS), folder = process.env.UPLOAD_PATH;',
    'await fetch(`https://api.payments.example/v1/${id}`);',
    "await fetch(process.env.AUTH_SERVICE_URL + '/me');",
    'app.listen(Number(process.env.PORT) || 3002);',
  ].join('\n'),
  'src/kafka.ts':
    "export const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER || 'localhost:9092'] });\nkafka.producer().send({ topic: 'financial-events', messages: [] });\n",
};

describe('a service in a repository of its own', () => {
  it('is drafted whole, each line with its source', () => {
    const { text } = drafted(FINANCIAL);
    expect(text).toBe(`# yaml-language-server: $schema=./node_modules/@daorsagro/groundwork/schemas/service.schema.json
# Drafted by \`groundwork init\` from the files here: read it, correct it, keep it. Nothing writes to it again.
# To look at first:
# - In a cluster Kafka asks for a user and password. The code reads no user and no password: read the outputs user and password of needs.kafka too, by names of your choice under its env.

name: financial-service # from package.json "name"
owner: platform # from .github/CODEOWNERS:1
description: Transactions, budgets, reports # from package.json "description"

runtime:
  node: 22 # from package.json "engines"
  packageManager: npm # from package-lock.json
  start: node --enable-source-maps dist/index.js # from package.json "start"

http:
  port: 3002 # listened on at src/index.ts:13
  health:
    live: /health # served at src/index.ts:4
    ready: /ready # served at src/index.ts:5
  metrics: /metrics # served at src/index.ts:6

migrations: npx prisma migrate deploy # from prisma/schema.prisma

workers:
  worker:
    command: node dist/ledger.js # from package.json "start:worker"

needs:
  # from prisma/schema.prisma
  postgres:
    database: financial_db # from DATABASE_URL in .env.example:2
    # variable that the code reads: output of the need
    env:
      DATABASE_URL: url # read at prisma/schema.prisma:3
  # from package.json, dependency ioredis
  redis: {}
  # from package.json, dependency kafkajs
  kafka:
    # topics that the code writes
    produces:
      - financial-events # sent at src/kafka.ts:2
    # variable that the code reads: output of the need
    env:
      KAFKA_BROKER: brokers # read at src/kafka.ts:1
  # other services that it calls
  services:
    - auth-service # AUTH_SERVICE_URL, read at src/index.ts:12
  # the only hosts outside that it may reach
  http:
    - https://api.payments.example # called at src/index.ts:11

# plain values, the same in every environment unless environments says otherwise
config:
  LOG_LEVEL: info # read at src/index.ts:9; its fallback
  REPORT_ROWS: 500 # read at src/index.ts:10; the value in .env.example:5
  # UPLOAD_PATH: # read at src/index.ts:10; give it a value, or move it to secrets

# names only: the values stay in the secret store
secrets:
  - JWT_SECRET # read at src/index.ts:8
  - PAYMENT_API_KEY # read at src/index.ts:8
`);
  });

  it('says the same twice', () => {
    expect(drafted(FINANCIAL).text).toBe(drafted({ ...FINANCIAL }).text);
  });
});

describe('a workspace of a monorepo', () => {
  const files = {
    'package.json': json({ name: 'agro', private: true }),
    'pnpm-workspace.yaml': 'packages:\n  - backend/services/*\n  - backend/shared/**\n  - "!backend/services/old"\n',
    'pnpm-lock.yaml': '',
    'backend/shared/database/package.json': json({
      name: '@agro/database',
      dependencies: { mongoose: '8', '@agro/types': 'workspace:*' },
    }),
    'backend/shared/database/src/index.ts':
      "import mongoose from 'mongoose'; mongoose.connect(process.env.MONGODB_URL!);",
    'backend/shared/types/package.json': json({ name: '@agro/types' }),
    'backend/shared/unused/package.json': json({ name: '@agro/unused' }),
    'backend/services/document-service/package.json': json({
      name: '@agro/document-service',
      packageManager: 'pnpm@10.20.0+sha512.abc',
      main: 'dist/main.js',
      scripts: { build: 'tsc', lint: 'x', 'type-check': 'tsc --noEmit' },
      dependencies: { fastify: '5', '@agro/database': 'workspace:*', '@aws-sdk/client-s3': '3' },
    }),
    'backend/services/document-service/tsconfig.json': '{}',
    'backend/services/document-service/.env.example': 'S3_BUCKET=uploads\nDOCUMENT_SERVICE_PORT=3006\n',
    'backend/services/document-service/src/main.ts': [
      'const port = parseInt(process.env.DOCUMENT_SERVICE_PORT || "3006", 10);',
      'new S3Client({ region: process.env.AWS_REGION }); upload(process.env.S3_BUCKET);',
      "fastify.route({ method: 'GET', url: '/health', handler });",
      "await fastify.listen({ port, host: '0.0.0.0' });",
    ].join('\n'),
    '.github/CODEOWNERS':
      '/backend/ @agro/team-backend\n/backend/services/document-service/ @someone @agro/team-documents\n',
  };
  const { declaration, text } = drafted(files, 'backend/services/document-service');

  it('knows its folder, its package manager and the workspaces that it uses', () => {
    expect(declaration.runtime).toEqual({
      packageManager: 'pnpm@10.20.0',
      workspace: 'backend/services/document-service',
      workspaces: ['backend/shared/database', 'backend/shared/types'],
      start: 'node dist/main.js',
    });
    expect(declaration.owner).toBe('team-documents');
  });

  it('needs what its workspaces need', () => {
    expect(declaration.needs).toEqual({
      mongodb: { env: { MONGODB_URL: 'url' } },
      s3: { bucket: 'uploads', env: { AWS_REGION: 'region', S3_BUCKET: 'bucket' } },
    });
    expect(text).toContain('MONGODB_URL: url # read at backend/shared/database/src/index.ts:1');
  });

  it('has a port under another name, one health path, and checks that exist', () => {
    expect(declaration.http).toEqual({ port: 3006, health: '/health' });
    expect(declaration.config).toEqual({ DOCUMENT_SERVICE_PORT: 3006 });
    expect(declaration.checks).toEqual({ types: 'pnpm run type-check', test: false });
  });
});

describe('a static site', () => {
  const { declaration } = drafted({
    'package.json': json({
      name: 'frontend-app',
      scripts: { dev: 'vite', build: 'vite build', preview: 'vite preview' },
      dependencies: { react: '19' },
      devDependencies: { vite: '7' },
    }),
    'package-lock.json': '',
    'index.html': '<div id="root">',
    'tsconfig.json': '{}',
    'vite.config.ts':
      "import { defineConfig } from 'vite'; export default defineConfig({ build: { outDir: './build/site' }, server: { port: 5173, proxy: process.env.PROXY } });",
    '.env.example': 'VITE_API_URL=https://api.daorsagro.com\n',
    'src/main.tsx':
      'fetch(import.meta.env.VITE_API_URL); if (import.meta.env.DEV) log(import.meta.env.VITE_MAP_KEY); const a = <App />;',
  });

  it('is built by the bundler and served by nginx', () => {
    expect(declaration.runtime).toEqual({ packageManager: 'npm', static: { output: 'build/site' } });
    expect(declaration.http).toEqual({ port: 8080 });
    expect(declaration.needs).toBeUndefined();
    expect(declaration.secrets).toBeUndefined();
    expect(declaration.config).toEqual({ VITE_API_URL: 'https://api.daorsagro.com' });
  });
});

describe('JavaScript', () => {
  it('runs as it is, from where it lies', () => {
    const { declaration, text } = drafted({
      'package.json': json({
        name: 'Weather_Service',
        main: 'server.js',
        scripts: { test: 'echo "Error: no test specified" && exit 1' },
        dependencies: { express: '5' },
      }),
      'yarn.lock': '',
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.5.0.cjs\n',
      'server.js': "const app = require('express')(); app.get('/healthz', f); app.listen(process.env.PORT || 80);",
      'lib/forecast.js':
        "const axios = require('axios'); axios.get(process.env.WEATHER_API_URL || 'https://api.weather.example/v1');",
      'eslint.config.js': 'module.exports = []',
      Dockerfile: 'FROM node:20-alpine\nEXPOSE 3009/tcp\n',
    });
    expect(declaration).toMatchObject({
      name: 'weather-service',
      owner: 'change-me',
      runtime: {
        packageManager: 'yarn@4.5.0',
        typescript: false,
        start: 'node server.js',
        outputs: ['lib', 'server.js'],
      },
      http: { port: 3009, health: '/healthz' },
      needs: { http: ['https://api.weather.example'] },
      config: { WEATHER_API_URL: 'https://api.weather.example/v1' },
      checks: { lint: false, test: false },
    });
    expect(text).toContain('# - Dockerfile says Node.js 20, which is not supported any more');
    expect(text).toContain('# - Port 80 (listened on at server.js:1) needs privileges');
    expect(text).toContain('port: 3009 # from Dockerfile "EXPOSE"');
  });

  it('in src needs no outputs', () => {
    const { declaration } = drafted({
      'package.json': json({ scripts: { start: 'node src/app.js' } }),
      'src/app.js': 'app.listen(3000)',
    });
    expect(declaration.runtime).toEqual({ typescript: false, start: 'node src/app.js' });
    expect(declaration.name).toBe('some-folder');
  });
});

describe('runtime', () => {
  const start = (scripts: Record<string, string>, files: Record<string, string> = {}) =>
    drafted({ 'package.json': json({ name: 'a', scripts }), 'src/index.ts': 'app.listen(3000)', ...files }).declaration
      .runtime?.start;

  it.each<[string, Record<string, string>, string | undefined]>([
    ['node itself', { start: 'node dist/server.js' }, 'node dist/server.js'],
    ['the last of several steps', { start: 'npm run build && node dist/server.js' }, 'node dist/server.js'],
    ['without assignments', { start: 'cross-env NODE_ENV=production node dist/server.js' }, 'node dist/server.js'],
    ['for production', { start: 'nest start', 'start:prod': 'node dist/main' }, 'node dist/main'],
    ['no runner of TypeScript', { start: 'ts-node src/index.ts' }, 'node dist/index.js'],
    ['no watcher', { start: 'node --watch src/index.ts' }, 'node dist/index.js'],
    ['nothing that needs a shell', { start: 'node dist/a.js | pino-pretty' }, 'node dist/index.js'],
    ['nothing at all', {}, 'node dist/index.js'],
  ])('starts %s', (_, scripts, expected) => {
    expect(start(scripts)).toBe(expected);
  });

  it('finds where the compiler writes', () => {
    expect(start({}, { 'tsconfig.json': '{"compilerOptions":{"outDir":"build"}}' })).toBe('node build/index.js');
    const { declaration } = drafted({
      'package.json': json({ name: 'a' }),
      'src/index.ts': 'app.listen(3000)',
      'tsconfig.json': '{"compilerOptions":{"outDir":"build"}}',
    });
    expect(declaration.runtime?.outputs).toEqual(['build']);
  });

  const node = (files: Record<string, string>, engines: string | null = null) =>
    drafted({
      'package.json': json(engines === null ? { name: 'a' } : { name: 'a', engines: { node: engines } }),
      ...files,
    }).declaration.runtime?.node;

  it.each<[string | null, string | null, number | undefined]>([
    ['22', null, 22],
    ['v26.1.0', null, 26],
    ['lts/jod', null, undefined],
    ['18', null, undefined],
    [null, '>=20', undefined],
    [null, '^22.4.0', 22],
    [null, '22 || 24', 24],
    [null, '>=22 <23', undefined],
    ['22', '24', 22],
  ])('.nvmrc %s and engines %s give Node %s', (file, engines, expected) => {
    expect(node(file === null ? {} : { '.nvmrc': `${file}\n` }, engines)).toBe(expected);
  });

  it.each<[string, Record<string, string>, string | undefined]>([
    ['no lock file', {}, undefined],
    ['npm', { 'package-lock.json': '' }, 'npm'],
    ['pnpm', { 'pnpm-lock.yaml': '' }, 'pnpm'],
    ['yarn', { 'yarn.lock': '' }, 'yarn'],
    [
      'a package.json that says more',
      { 'yarn.lock': '', 'package.json': json({ name: 'a', packageManager: 'yarn@1.22.22' }) },
      'yarn@1.22.22',
    ],
    [
      'devEngines',
      { 'package.json': json({ name: 'a', devEngines: { packageManager: { name: 'pnpm', version: '10.1.0' } } }) },
      'pnpm@10.1.0',
    ],
    [
      'another manager',
      { 'package-lock.json': '', 'package.json': json({ name: 'a', packageManager: 'bun@1.2.0' }) },
      'npm',
    ],
  ])('package manager: %s', (_, files, expected) => {
    const { declaration } = drafted({ 'package.json': json({ name: 'a' }), ...files });
    expect(declaration.runtime?.packageManager).toBe(expected);
  });
});

describe('a worker without a server', () => {
  it('is a worker, not a web process', () => {
    const { declaration } = drafted({
      'package.json': json({ name: 'ocr', main: 'dist/index.js', scripts: { build: 'tsc' } }),
      'src/index.ts': 'subscribe(process.env.MQTT_URL)',
    });
    expect(declaration.http).toBeUndefined();
    expect(declaration.runtime?.start).toBeUndefined();
    expect(declaration.workers).toEqual({ worker: { command: 'node dist/index.js' } });
    expect(declaration.needs).toEqual({ mqtt: { env: { MQTT_URL: 'url' } } });
  });
});

describe('needs', () => {
  const needs = (dependencies: readonly string[], code: string, more: Record<string, string> = {}) =>
    drafted({
      'package.json': json({ name: 'a', dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])) }),
      'src/index.ts': code,
      ...more,
    }).declaration.needs;
  const read = (...names: string[]): string => names.map((name) => `process.env.${name};`).join('\n');

  it.each<[string, string[], string, unknown]>([
    ['none', ['express'], '', undefined],
    [
      'postgres by pg',
      ['pg'],
      read('PGHOST', 'PGUSER', 'PGPASSWORD', 'DB_NAME'),
      { postgres: { env: { PGHOST: 'host', PGUSER: 'user', PGPASSWORD: 'password', DB_NAME: 'database' } } },
    ],
    ['mongodb by mongoose', ['mongoose'], read('DATABASE_URL'), { mongodb: { env: { DATABASE_URL: 'url' } } }],
    [
      'both databases',
      ['pg', 'mongodb'],
      read('DATABASE_URL', 'MONGO_URI'),
      { postgres: { env: { DATABASE_URL: 'url' } }, mongodb: { env: { MONGO_URI: 'url' } } },
    ],
    ['a queue in redis', ['bullmq'], read('REDIS_URL'), { redis: { use: 'queue' } }],
    ['sessions in redis', ['connect-redis', 'redis'], read('REDIS_URL'), { redis: { use: 'sessions' } }],
    [
      'redis by a name alone',
      [],
      read('REDIS_HOST', 'REDIS_DB'),
      { redis: { env: { REDIS_HOST: 'host', REDIS_DB: 'database' } } },
    ],
    ['not by a name that others share', [], read('CACHE_URL', 'BUCKET'), undefined],
    ['clickhouse', ['@clickhouse/client'], read('CLICKHOUSE_URL'), { clickhouse: {} }],
    [
      'elasticsearch',
      ['@elastic/elasticsearch'],
      read('ELASTICSEARCH_NODE'),
      { elasticsearch: { env: { ELASTICSEARCH_NODE: 'url' } } },
    ],
    ['mail', ['nodemailer'], read('SMTP_HOST', 'SMTP_PORT', 'SMTP_USER', 'SMTP_PASS', 'SMTP_FROM'), { smtp: {} }],
    [
      'mail under other names',
      ['nodemailer'],
      read('MAIL_HOST', 'EMAIL_FROM'),
      { smtp: { env: { MAIL_HOST: 'host', EMAIL_FROM: 'from' } } },
    ],
    ['mqtt', ['mqtt'], read('MQTT_BROKER_URL', 'MQTT_USERNAME', 'MQTT_PASSWORD'), { mqtt: {} }],
    [
      'a consumer',
      ['kafkajs'],
      `const c = kafka.consumer({ groupId: 'billing' }); c.subscribe({ topics: ['b', 'a', 'b'] }); ${read('KAFKA_BROKERS')}`,
      { kafka: { consumes: ['b', 'a'], group: 'billing', env: { KAFKA_BROKERS: 'brokers' } } },
    ],
    ['services', [], read('USER_SERVICE_URL', 'A_SERVICE_URL'), { services: ['user-service', 'a-service'] }],
  ])('%s', (_, dependencies, code, expected) => {
    expect(needs(dependencies, code)).toEqual(expected);
  });

  it('takes a database of another kind from the Prisma schema, and says when there is none', () => {
    const schema = (provider: string) => ({
      'prisma/schema.prisma': `datasource db {\n provider = "${provider}"\n url = env("DB")\n}`,
    });
    expect(needs(['@prisma/client'], '', schema('mongodb'))).toEqual({ mongodb: { env: { DB: 'url' } } });
    const { text, declaration } = drafted({ 'package.json': json({ name: 'a' }), ...schema('sqlite') });
    expect(declaration.needs).toBeUndefined();
    expect(declaration.runtime?.prisma).toBe(true);
    expect(text).toContain('# - prisma/schema.prisma uses sqlite, which cannot be declared as a need');
  });
});

describe('variables', () => {
  const variables = (code: string, example = '') => {
    const { declaration, text } = drafted({
      'package.json': json({ name: 'a' }),
      'src/index.ts': code,
      '.env.example': example,
    });
    return { config: declaration.config, secrets: declaration.secrets, text };
  };

  it.each<[string, string, unknown, unknown]>([
    ['process.env.LOG_LEVEL ?? "info"', '', { LOG_LEVEL: 'info' }, undefined],
    ['process.env.LOG_LEVEL ?? "info"', 'LOG_LEVEL=debug', { LOG_LEVEL: 'debug' }, undefined],
    [
      'process.env.ROWS; process.env.ON; process.env.ID',
      "ROWS=10\nON=true\nID='007'",
      { ID: '007', ON: true, ROWS: 10 },
      undefined,
    ],
    ['process.env.JWT_SECRET ?? "dev"', '', undefined, ['JWT_SECRET']],
    [
      'process.env.FCM_SERVER_KEY; process.env.VAPID_PUBLIC_KEY',
      'FCM_SERVER_KEY=x\nVAPID_PUBLIC_KEY=y',
      { VAPID_PUBLIC_KEY: 'y' },
      ['FCM_SERVER_KEY'],
    ],
    ['process.env.BACKEND', 'BACKEND=https://user:pass@example.com', undefined, ['BACKEND']],
    ['process.env.TWILIO_AUTH_TOKEN_FILE', '', undefined, ['TWILIO_AUTH_TOKEN']],
    ['process.env.TOKEN_TTL ?? 60', '', { TOKEN_TTL: 60 }, undefined],
    [
      'process.env.NODE_ENV; process.env.PORT; process.env.HOME; process.env.A = "1"; process.env.A',
      '',
      undefined,
      undefined,
    ],
  ])('%s with %j', (code, example, config, secrets) => {
    const found = variables(code, example);
    expect(found.config).toEqual(config);
    expect(found.secrets).toEqual(secrets);
  });

  it('asks for the values that nothing proposes, even when there is no other', () => {
    expect(variables('process.env.UPLOAD_PATH').text).toContain(
      '\n# config:\n#   UPLOAD_PATH: # read at src/index.ts:1; give it a value, or move it to secrets\n',
    );
  });

  it('says which names cannot be declared', () => {
    expect(variables('process.env.lower').text).toContain('# - lower, read at src/index.ts:1, cannot be declared');
  });

  it('takes the example for a framework that reads by its own rules', () => {
    const { declaration } = drafted({
      'package.json': json({ name: 'a', dependencies: { '@nestjs/config': '4' } }),
      '.env.example': 'LOG_LEVEL=info\nAPI_TOKEN=x\n',
    });
    expect(declaration.config).toEqual({ LOG_LEVEL: 'info' });
    expect(declaration.secrets).toEqual(['API_TOKEN']);
  });
});

describe('hostile projects', () => {
  it('stay inside comments and quotes', () => {
    const { declaration, text } = drafted({
      'package.json': json({
        name: '../../Evil\nName: x',
        description: 'a: b # c',
        scripts: { start: 'node dist/$(id).js' },
      }),
      'package-lock.json': '',
      '.env.example': 'A_B=on\nC_D=- x: y\nE_F="# z"\n',
      'src/index.ts':
        "process.env.A_B; process.env.C_D; process.env.E_F; process.env.G_H ?? 'line\\nbreak'; app.get('/health\\n# x: y', f); app.listen(3000)",
    });
    expect(declaration.name).toBe('evil-name-x');
    expect(declaration.description).toBe('a: b # c');
    expect(declaration.config).toEqual({ A_B: 'on', C_D: '- x: y', E_F: '# z' });
    expect(text).toContain('"on"');
    expect(Object.keys(declaration)).toEqual(['name', 'owner', 'description', 'runtime', 'http', 'config', 'checks']);
  });

  it('may be empty, or hold what is no JSON', () => {
    expect(drafted({}).declaration).toMatchObject({ name: 'some-folder', owner: 'change-me' });
    expect(drafted({ 'package.json': '[1, 2' }).declaration.name).toBe('some-folder');
    expect(
      drafted({ 'package.json': json({ name: 5, scripts: [], dependencies: 'x', workspaces: { packages: 3 } }) })
        .declaration.name,
    ).toBe('some-folder');
  });

  it('may hold files that do not parse', () => {
    const { text } = drafted({
      'package.json': json({ name: 'a' }),
      'src/a.ts': 'const = ;',
      'src/b.ts': 'app.listen(4000)',
    });
    expect(text).toContain('# - src/a.ts could not be read');
    expect(text).toContain('port: 4000');
  });
});

describe('small readers', () => {
  it('reads .env files as dotenv does', () => {
    expect(readExampleValues('A=1\n# B=2\nexport C="x # y" # z\nD=\n E = e # f\r\nnothing\nG=\'h\'')).toEqual([
      { name: 'A', value: '1', line: 1 },
      { name: 'C', value: 'x # y', line: 3 },
      { name: 'D', value: '', line: 4 },
      { name: 'E', value: 'e', line: 5 },
      { name: 'G', value: 'h', line: 7 },
    ]);
  });

  it.each([
    ['a/b', ['a/*'], true],
    ['a/b/c', ['a/*'], false],
    ['a/b/c', ['a/**'], true],
    ['a/b', ['a/**', '!a/b'], false],
    ['a-service', ['./*-service'], true],
    ['a-server', ['*-service'], false],
    ['a', [], false],
  ])('%s among %j: %s', (folder, patterns, expected) => {
    expect(isWorkspace(folder, patterns)).toBe(expected);
  });
});

describe('on disk', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'groundwork-init-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const write = (files: Record<string, string>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };

  it('reads a workspace with its repository, and neither secrets nor what is installed, built or tested', () => {
    write({
      'package.json': json({ workspaces: ['services/*', 'shared/*'] }),
      'package-lock.json': '{}',
      'shared/db/package.json': json({ name: 'db' }),
      'shared/db/index.js': 'process.env.DB',
      'shared/other/package.json': json({ name: 'other' }),
      'shared/other/index.js': 'process.env.OTHER',
      'services/a/package.json': json({ name: 'a', dependencies: { db: '*' } }),
      'services/a/.env': 'SECRET=1',
      'services/a/.env.example': 'A=1',
      'services/a/src/index.ts': '1',
      'services/a/src/index.test.ts': '1',
      'services/a/dist/index.js': '1',
      'services/a/node_modules/x/index.js': '1',
      'services/a/prisma/schema.prisma': '',
      'services/a/nested/package.json': json({ name: 'nested' }),
      'services/a/nested/index.js': '1',
    });
    symlinkSync(join(root, 'services'), join(root, 'services/a/src/loop'));
    const snapshot = readSnapshot(join(root, 'services/a'));
    expect(snapshot.folder).toBe('services/a');
    expect([...snapshot.files.keys()].sort()).toEqual([
      'package-lock.json',
      'package.json',
      'services/a/.env.example',
      'services/a/package.json',
      'services/a/prisma/schema.prisma',
      'services/a/src/index.ts',
      'shared/db/index.js',
      'shared/db/package.json',
      'shared/other/package.json',
    ]);
    expect(snapshot.files.get('package-lock.json')).toBe('');
  });

  it('writes a declaration once, and never over one', () => {
    write(FINANCIAL);
    const first = initService(root);
    expect(first).toMatchObject({ file: join(root, 'service.yaml'), isWritten: true });
    expect(readFileSync(join(root, 'service.yaml'), 'utf8')).toBe(first.text);
    writeFileSync(join(root, 'service.yaml'), 'mine');
    expect(initService(root)).toMatchObject({ isWritten: false, text: first.text });
    expect(readFileSync(join(root, 'service.yaml'), 'utf8')).toBe('mine');
  });
});
