// Whole projects, with the declaration that `init` drafts for each.
import { describe, expect, it } from 'vitest';
import { drafted } from './drafted';
import { DOCUMENT, DOCUMENT_FOLDER, FINANCIAL, FRONTEND, json, WEATHER } from './projects';

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
  const { declaration, text } = drafted(DOCUMENT, DOCUMENT_FOLDER);

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
  const { declaration } = drafted(FRONTEND);

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
    const { declaration, text } = drafted(WEATHER);
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
