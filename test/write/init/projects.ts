// Small projects as files in memory: an own repository, a workspace of a monorepo, a static site, plain JavaScript.

export const json = (value: unknown): string => JSON.stringify(value);

export type Files = Readonly<Record<string, string>>;

/** Express, Prisma, Redis and Kafka in TypeScript, in a repository of its own, with npm. */
export const FINANCIAL: Files = {
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

/** Fastify, S3 and, through a shared workspace, MongoDB, with pnpm. */
export const DOCUMENT_FOLDER = 'backend/services/document-service';
export const DOCUMENT: Files = {
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

/** React built by Vite. */
export const FRONTEND: Files = {
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
};

/** Express in JavaScript, with yarn. */
export const WEATHER: Files = {
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
};
