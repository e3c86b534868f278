// Reads whose name, alias or schema comes from another file.
import { describe, expect, it } from 'vitest';
import { namesUsed } from './names-used';

describe('between files', () => {
  const cases: readonly [string, Record<string, string>, string][] = [
    [
      'an exported alias',
      { 'src/env.ts': 'export const env = process.env', 'src/a.ts': "import { env } from './env.js'; env.X" },
      'X',
    ],
    [
      'a default export',
      { 'src/env.ts': 'export default process.env', 'src/a.ts': "import env from './env'; env.X" },
      'X',
    ],
    [
      'a re-export',
      {
        'src/env.ts': 'export const env = process.env',
        'src/index.ts': "export * from './env'",
        'src/a.ts': "import { env } from '.'; env.X",
      },
      'X',
    ],
    [
      'a renamed re-export',
      {
        'src/env.ts': 'export const env = process.env',
        'src/index.ts': "export { env as e } from './env'",
        'src/b/a.ts': "import { e } from '../index'; e.X",
      },
      'X',
    ],
    [
      'a namespace',
      { 'src/env.ts': 'export const env = process.env', 'src/a.ts': "import * as all from './env'; all.env.X" },
      'X',
    ],
    [
      'CommonJS',
      { 'src/env.js': 'module.exports = { env: process.env }', 'src/a.js': "const { env } = require('./env'); env.X" },
      'X',
    ],
    ['CommonJS names', { 'src/env.cjs': 'exports.env = process.env', 'src/a.cjs': "require('./env.cjs').env.X" }, 'X'],
    [
      'a helper',
      {
        'src/env.ts': 'export const must = (n: string) => process.env[n]',
        'src/a.ts': "import { must } from './env'; must('X'); must('Y')",
      },
      'X Y',
    ],
    [
      'a schema',
      {
        'src/schema.ts': "import { z } from 'zod'; export const s = z.object({ X: z.string() })",
        'src/a.ts': "import { s } from './schema'; s.parse(process.env)",
      },
      'X',
    ],
    [
      'an alias of the source folder',
      { 'src/env.ts': 'export const env = process.env', 'src/a/b.ts': "import { env } from '@/env'; env.X" },
      'X',
    ],
    [
      'files that import each other',
      {
        'src/a.ts': "import { b } from './b'; export const a = b; a.X",
        'src/b.ts': "import { a } from './a'; export const b = a ?? process.env; b.Y",
      },
      'X Y',
    ],
    [
      'the generated accessor',
      {
        'src/env.generated.ts': 'export const environment = () => ({ A: process.env.A })',
        'src/a.ts': "import { environment } from './env.generated'; environment().X; const { Y } = environment();",
      },
      'X Y',
    ],
    [
      'the accessor of a site',
      { 'src/a.tsx': "import { environment as e } from '../env.generated.js'; <a href={e.VITE_X} />" },
      'VITE_X',
    ],
    [
      'the accessor given its source, and handed on',
      {
        'src/a.ts':
          "import { type Environment, readEnvironment } from './env.generated'; run(readEnvironment(process.env)); function run(e: Environment) { e.X }",
        'src/b.ts':
          "import type { Environment } from './env.generated'; export const f = ({ Y }: Pick<Environment, 'Y'>) => Y",
      },
      'X Y',
    ],
    [
      'a declaration file',
      { 'src/env.d.ts': 'declare const x: typeof process.env.X', 'src/a.ts': 'process.env.Y' },
      'Y',
    ],
    ['a library', { 'src/a.ts': "import { S3Client } from '@aws-sdk/client-s3'; process.env.X" }, 'AWS_*~ X'],
    [
      'a Prisma schema',
      {
        'prisma/schema.prisma':
          'datasource db {\n  provider = "postgresql" // env("NO")\n  url = env("DATABASE_URL")\n}\nmodel A { note String @default("env(\\"NO\\")") }',
      },
      'DATABASE_URL',
    ],
    ['a file that is no code', { 'README.md': 'process.env.X' }, ''],
  ];
  it.each(cases)('%s', (_, files, names) => {
    expect(namesUsed(...Object.entries(files))).toBe(names);
  });
});
