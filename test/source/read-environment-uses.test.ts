// Small pieces of code, plain and adversarial, with the environment variables that each uses.
import { describe, expect, it } from 'vitest';
import { readEnvironmentUses } from '../../src/source/read-environment-uses';

/** "X" for a read, "X=" for a write, "?" for a dynamic use, "X~" for a library's; each once, in alphabetical order. */
function namesUsed(...files: [path: string, text: string][]): string {
  const { uses } = readEnvironmentUses(files.map(([path, text]) => ({ path, text })));
  const mark = { read: '', write: '=', dynamic: '?', library: '~' };
  const shown = uses.map(({ name, access }) => `${name ?? ''}${mark[access]}`);
  return [...new Set(shown)].sort().join(' ');
}

type Case = readonly [code: string, names: string];

const PLAIN: readonly Case[] = [
  ['process.env.X', 'X'],
  ["process.env['X']", 'X'],
  ['process.env?.X', 'X'],
  ["process?.env?.['X']", 'X'],
  ['process.env[`X`]', 'X'],
  ['process["env"]["X"]', 'X'],
  ['(process.env as any).X', 'X'],
  ['process.env!.X!', 'X'],
  ['(process.env satisfies object).X', 'X'],
  ['(0, process).env.X', 'X'],
  ['globalThis.process.env.X', 'X'],
  ['global.process.env.X; globalThis["process"].env.Y', 'X Y'],
  ['`${process.env.X}:${process.env.Y}`', 'X Y'],
  ["'X' in process.env", 'X'],
  ["Object.hasOwn(process.env, 'X'); process.env.hasOwnProperty('Y'); Reflect.get(process.env, 'Z')", 'X Y Z'],
  ['const f = async () => { for await (const x of y) { if (process.env.X) return; } }', 'X'],
  ['@Injectable() class A { constructor(@Inject(process.env.X) private readonly a: string) {} }', 'X'],
  ['export default { url: process.env.X }', 'X'],
  ['enum E { A = Number(process.env.X) }', 'X'],
  ['namespace N { export const a = process.env.X; }', 'X'],
  ['class A { static #a = process.env.X; static { process.env.Y; } get b() { return process.env.Z; } }', 'X Y Z'],
  ['label: { process.env.X }', 'X'],
  ['(function () { return process.env.X })()', 'X'],
];

const DESTRUCTURED: readonly Case[] = [
  ["const { X, Y: renamed = 'default', ...rest } = process.env; rest.Z", 'X Y Z'],
  ["const { 'X-Y': a, ['Z']: b } = process.env", 'X-Y Z'],
  ['const { env: { X } } = process', 'X'],
  ['const { env } = process; env.X', 'X'],
  ['const { process: { env: { X } } } = globalThis', 'X'],
  ['let a; ({ X: a } = process.env)', 'X'],
  ['function f({ X } = process.env) {}', 'X'],
  ['const { env: { X } = {} } = process', 'X'],
  ['const { env: { X } = process.env } = given', 'X'],
  ["const KEY = 'X'; const { [KEY]: a } = process.env", 'X'],
  ['const { [key]: a } = process.env', '?'],
  ['for (const { X } of [process.env]) {}', 'X'],
  ['const [{ X }, second] = [process.env, 1]', 'X'],
  ['const { X: { length } } = process.env', 'X'],
];

const ALIASED: readonly Case[] = [
  ['const env = process.env; env.X', 'X'],
  ['const e = process.env; const f = e; function g() { return f.X }', 'X'],
  ['let env; env = process.env; env.X', 'X'],
  ['const p = process; p.env.X', 'X'],
  ["import process from 'node:process'; process.env.X", 'X'],
  ["import * as p from 'process'; p.env.X", 'X'],
  ["import { env } from 'node:process'; env.X", 'X'],
  ["import { env as e } from 'process'; const { X } = e", 'X'],
  ["import { default as p } from 'node:process'; p.env.X", 'X'],
  ["const { env } = require('process'); env.X; require('node:process').env.Y", 'X Y'],
  ["import p = require('process'); p.env.X", 'X'],
  ["const { env } = await import('node:process'); env.X", 'X'],
  ['const env = process.env ?? {}; env.X', 'X'],
  ['const env = isNode ? process.env : {}; env.X', 'X'],
  ['const env = typeof process !== "undefined" && process.env; env.X', 'X'],
  ['const env = { ...process.env, A: 1 }; env.X', 'X'],
  ['const env = { ...process.env, A: 1 }; env.A; const { A, X } = env', 'X'],
  ['const env = Object.freeze(Object.assign({}, process.env)); env.X', 'X'],
  ['const config = { env: process.env }; config.env.X', 'X'],
  ['const getEnv = () => process.env; getEnv().X', 'X'],
  ['function getEnv() { if (a) { return process.env } return {} } getEnv().X', 'X'],
  ['(async () => (await Promise, process.env).X)()', 'X'],
];

const PASSED: readonly Case[] = [
  ['function load(env) { return env.X } load(process.env)', 'X'],
  ['const load = ({ X, Y }) => X + Y; load(process.env)', 'X Y'],
  ['load(process.env); function load(env) { return deeper(env) } function deeper(e) { return e.X }', 'X'],
  ['export function load(env: NodeJS.ProcessEnv) { return env.X }', 'X'],
  ['export function load(env: Readonly<NodeJS.ProcessEnv> | undefined) { return env?.X }', 'X'],
  ['export const load = (env: typeof process.env) => env.X', 'X'],
  ['export const load = (env = process.env) => env.X', 'X'],
  ['class C { constructor(private readonly env: NodeJS.ProcessEnv) {} get() { return this.env.X } }', 'X'],
  ['class C { constructor(env) { this.env = env } get() { return this.env.X } } new C(process.env)', 'X'],
  ['class C { #env = process.env; get() { return this.#env.X } }', 'X'],
  ['class B { env = process.env } class C extends B { get() { return this.env.X } }', 'X'],
  ['class C { static env = process.env; static get() { return this.env.X } } C.env.Y', 'X Y'],
  ['const o = { get(e) { return e.X } }; o.get(process.env)', 'X'],
];

const NAMED_AFAR: readonly Case[] = [
  ["const KEY = 'X'; process.env[KEY]", 'X'],
  ["const KEYS = { a: 'X', b: 'Y' } as const; process.env[KEYS.a]", 'X'],
  ["enum Key { A = 'X', B = 'Y' } process.env[Key.A]", 'X'],
  ["for (const key of ['X', 'Y']) { if (!process.env[key]) throw key }", 'X Y'],
  ["const required = ['X', 'Y'] as const; required.filter((key) => !process.env[key])", 'X Y'],
  ["['X', 'Y'].forEach(function (k) { process.env[k] })", 'X Y'],
  ["['X'].map(read); function read(k) { return process.env[k] }", 'X'],
  ['const spec = { X: 1, Y: 2 }; for (const k in spec) process.env[k]', 'X Y'],
  ['const spec = { X: 1, Y: 2 }; Object.keys(spec).map((k) => process.env[k])', 'X Y'],
  ['const spec = { X: 1, Y: 2 }; for (const [k, v] of Object.entries(spec)) process.env[k]', 'X Y'],
  ["for (const k of new Set(['X', ...['Y']])) process.env[k]", 'X Y'],
  ["const env = (name) => process.env[name]; env('X'); env(`Y`)", 'X Y'],
  ["function must(name: string): string { const v = process.env[name]; return v! } must('X')", 'X'],
  ["class Config { get(name) { return process.env[name] } } const c = new Config(); c.get('X')", 'X'],
  ["class Config { static get(name) { return process.env[name] } } Config.get('X')", 'X'],
  ["function must(...names) { return names.map((n) => process.env[n]) } must('X', 'Y')", 'X Y'],
  ["const [first, ...others] = ['X', 'Y']; process.env[first]; others.forEach((n) => process.env[n])", 'X Y'],
  ["process.env['A_' + 'B']; process.env[`${'a'.toUpperCase()}_C`]", 'A_B A_C'],
  ["['auth', 'user'].map((s) => process.env[`${s.toUpperCase()}_URL`])", 'AUTH_URL USER_URL'],
  ["const env = (name) => process.env[name]; env('X'); env(other)", '? X'],
  ['const env = (name) => process.env[name]; export { env }', '?'],
];

const SCHEMAS: readonly Case[] = [
  ["import { z } from 'zod'; z.object({ X: z.string() }).parse(process.env)", 'X'],
  ["import { z } from 'zod'; const s = z.object({ X: z.string() }); export const env = s.safeParse(process.env)", 'X'],
  [
    "import z from 'zod'; const a = z.object({ X: z.string() }); a.extend({ Y: z.string() }).strict().parse(process.env)",
    'X Y',
  ],
  [
    "import { z } from 'zod'; const a = z.object({ X: z.string(), Y: z.string() }); a.omit({ Y: true }).parse(process.env)",
    'X',
  ],
  [
    "import { z } from 'zod'; const a = z.object({ X: z.string(), Y: z.string() }); a.pick({ Y: true }).parse(process.env)",
    'Y',
  ],
  [
    "import { z } from 'zod'; const b = { X: z.string() }; z.object({ ...b, Y: z.string() }).transform((e) => e).parse(process.env)",
    'X Y',
  ],
  [
    "import { z } from 'zod'; const a = z.object({ X: z.string() }); const b = z.object({ Y: z.string() }); a.merge(b).parse(process.env)",
    'X Y',
  ],
  ["import { z } from 'zod'; const e = process.env; z.object({ X: z.string() }).parse(e)", 'X'],
  ["import { z } from 'zod'; z.object({ NOT: z.string() }).parse(request.body)", ''],
  ["import Joi from 'joi'; Joi.object().keys({ X: Joi.string() }).unknown().validate(process.env)", 'X'],
  ["import * as v from 'valibot'; v.parse(v.object({ X: v.string() }), process.env)", 'X'],
  ["import { cleanEnv, str } from 'envalid'; cleanEnv(process.env, { X: str(), Y: str({ default: 'a' }) })", 'X Y'],
  [
    "import { cleanEnv, str } from 'envalid'; const spec = { X: str() }; export const env = cleanEnv(process.env, spec)",
    'X',
  ],
  [
    "import { createEnv } from '@t3-oss/env-core'; createEnv({ server: { X: z.string() }, client: { VITE_Y: z.string() }, runtimeEnv: process.env })",
    'VITE_Y X',
  ],
  ["import env from 'env-var'; env.get('X').required().asString()", 'X'],
  ["import { get } from 'env-var'; get('X')", 'X'],
  ["import { envsafe, str } from 'envsafe'; envsafe({ X: str() })", 'X'],
  ["import { env } from 'prisma/config'; export default { datasource: { url: env('X') } }", 'X'],
  ['import dotenv from "dotenv"; dotenv.config(); process.env.X', 'X'],
];

const WRITES: readonly Case[] = [
  ["process.env.X = 'a'", 'X='],
  ["process.env['X'] = 'a'; process.env.X", 'X X='],
  ['delete process.env.X', 'X='],
  ["Object.assign(process.env, { X: '1', Y: '2' })", 'X= Y='],
  ['[process.env.X, process.env.Y] = list', 'X= Y='],
  ['({ a: process.env.X, ...process.env.Y } = thing)', 'X= Y='],
  ["process.env.X ??= 'a'; process.env.Y ||= 'b'", 'X Y'],
  ["const env = process.env; env.X = 'a'", 'X='],
  ["Reflect.set(process.env, 'X', 'a')", 'X='],
];

const DYNAMIC: readonly Case[] = [
  ['process.env[name]', '?'],
  ['process.env[`${service}_URL`]', '?'],
  ['Object.keys(process.env)', '?'],
  ['for (const [key, value] of Object.entries(process.env)) {}', '?'],
  ['for (const key in process.env) {}', '?'],
  ['name in process.env', '?'],
  ['console.log(process.env)', '?'],
  ["import { load } from 'some-config'; load(process.env)", '?'],
  ["spawn('node', ['x.js'], { env: process.env }); fork('x', { env: { ...process.env, A: '1' } })", ''],
];

const NOT_THE_ENVIRONMENT: readonly Case[] = [
  ['function f(process) { return process.env.X }', ''],
  ['const process = { env: { X: 1 } }; process.env.X', ''],
  ['const env = { X: 1 }; env.X', ''],
  ['{ const process = fake; process.env.X } process.env.Y', 'Y'],
  ['function f() { process.env.X; var process = fake }', ''],
  ['function f() { if (a) { let process = fake } return process.env.X }', 'X'],
  ['try {} catch (process) { process.env.X }', ''],
  ['for (const process of list) { process.env.X } process.env.Y', 'Y'],
  ['for (let process = a; ;) process.env.X', ''],
  ['class process { static env = {} } process.env.X', ''],
  ['(function process() { return process.env.X })', ''],
  ['const env = process.env; function f(env) { return env.X } f({})', ''],
  ['const env = process.env; { const env = {}; env.X } env.Y', 'Y'],
  ["import process from './fake'; process.env.X", ''],
  ["import { process } from 'fake'; process.env.X", ''],
  ["import { env } from './config'; env.X", ''],
  ['switch (a) { case 1: const process = fake; process.env.X }', ''],
  ['const f = ([process]) => process.env.X', ''],
  ['const f = ({ process = 1 }) => process.env.X', ''],
  ['const f = (...process) => process.env.X', ''],
  ['import process = Fake.process; process.env.X', ''],
  ['enum process { env = 1 } process.env.X', ''],
  ['namespace process { export const env = {} } process.env.X', ''],
  ['globalThis.env.X; foo.process.env.X; this.process.env.Y', ''],
  ['process.environment.X; process.envX; process.env', ''],
  ["'process.env.X'; /process.env.Y/; // process.env.Z\n`process.env.W`", ''],
  ['type A = typeof process.env.X; interface B { a: typeof process.env.Y }', ''],
  ['declare global { namespace NodeJS { interface ProcessEnv { X: string } } }', ''],
  ['const fake: NodeJS.ProcessEnv = { X: "1" }; fake.X', ''],
  ['function f(process: any): void; function f(process: any) { process.env.X }', ''],
  ['const a = { process: { env: 1 } }; a.process.env.X', ''],
  ['process: for (;;) break process', ''],
];

const STILL_THE_ENVIRONMENT: readonly Case[] = [
  ['declare const process: { env: Record<string, string> }; process.env.X', 'X'],
  ["import type process from 'node:process'; process.env.X", 'X'],
  ["import { type env } from './types'; process.env.X", 'X'],
  ['const a = { process: 1 }; process.env.X', 'X'],
  ['function process2(process) {} process.env.X', 'X'],
  ['((process) => process.env.X)(process)', 'X'],
  ['class A { process() { return process.env.X } }', 'X'],
  ['interface process { a: string } process.env.X', 'X'],
];

const VITE: readonly Case[] = [
  ['import.meta.env.VITE_X', 'VITE_X'],
  ["import.meta.env['VITE_X']; import.meta?.env?.VITE_Y", 'VITE_X VITE_Y'],
  ['const { VITE_X, MODE } = import.meta.env', 'VITE_X'],
  ['const env = import.meta.env; env.VITE_X; env.DEV; env.PROD; env.BASE_URL', 'VITE_X'],
  ['import.meta.url; import.meta.dirname', ''],
  ['const A = () => <img src={import.meta.env.VITE_X} alt="process.env.Y" />', 'VITE_X'],
];

describe.each([
  ['plain reads', PLAIN],
  ['destructuring', DESTRUCTURED],
  ['aliases', ALIASED],
  ['the environment handed on', PASSED],
  ['names written elsewhere', NAMED_AFAR],
  ['validation schemas', SCHEMAS],
  ['writes', WRITES],
  ['dynamic reads', DYNAMIC],
  ['look-alikes', NOT_THE_ENVIRONMENT],
  ['look-alikes of look-alikes', STILL_THE_ENVIRONMENT],
  ['Vite', VITE],
])('%s', (_, cases) => {
  it.each(cases)('%s', (code, names) => {
    expect(namesUsed(['src/app.tsx', code])).toBe(names);
  });
});

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

describe('places and fallbacks', () => {
  const cases: readonly [code: string, uses: string][] = [
    ['const a = process.env.X', '1:23 X null'],
    ["process.env['X'] ?? 'a'", '1:13 X "a"'],
    ["\n  const { X = 'a' } = process.env", '2:11 X "a"'],
    ['Number(process.env.PORT) || 3000', '1:20 PORT "3000"'],
    ["parseInt(process.env.PORT || '3000', 10)", '1:22 PORT "3000"'],
    ['+(process.env.PORT ?? 3000)', '1:15 PORT "3000"'],
    ['process.env.X || other', '1:13 X null'],
    ["z.object({ X: z.string().min(1).default('a') }).parse(process.env)", '1:12 X "a"'],
    ["cleanEnv(process.env, { X: str({ default: 'a' }) })", '1:25 X "a"'],
    ["const env = (n) => process.env[n]\nenv('X')", '2:5 X null'],
    ["process.env.X ||= 'a'", '1:13 X "a"'],
  ];
  it.each(cases)('%s', (text, expected) => {
    const { uses } = readEnvironmentUses([{ path: 'a.ts', text }]);
    const shown = uses.map((use) => `${use.line}:${use.column} ${use.name} ${JSON.stringify(use.fallback)}`);
    expect(shown.join('; ')).toBe(expected);
  });
});

describe('diagnostics', () => {
  it('reports a file that does not parse, with its place, and reads the others', () => {
    const { uses, diagnostics } = readEnvironmentUses([
      { path: 'src/broken.ts', text: 'const a =\n  process.env.X +;\n' },
      { path: 'src/fine.ts', text: 'process.env.Y' },
    ]);
    expect(uses.map(({ name }) => name)).toEqual(['Y']);
    expect(diagnostics).toEqual([
      {
        code: 'source-does-not-parse',
        severity: 'error',
        path: [],
        place: { file: 'src/broken.ts', line: 2, column: 18 },
        message: 'The file cannot be read: Unexpected token. What it reads from the environment is not known.',
        fix: 'Mend the syntax here, or leave the file out of the folder given to --source.',
      },
    ]);
  });

  it('warns of a dynamic read at its place', () => {
    const { diagnostics } = readEnvironmentUses([{ path: 'a.js', text: '\nexport const get = (n) => process.env[n]' }]);
    expect(diagnostics).toMatchObject([
      { code: 'environment-read-dynamically', severity: 'warning', place: { file: 'a.js', line: 2, column: 27 } },
    ]);
  });

  it('steps over what only the compiler minds', () => {
    const { uses, diagnostics } = readEnvironmentUses([
      { path: 'a.ts', text: 'const a = 1; const a = process.env.X; export { b }' },
    ]);
    expect(uses).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });

  it('reads each dialect as its own: types in .ts, elements in .jsx, comparisons in .js', () => {
    const { uses, diagnostics } = readEnvironmentUses([
      { path: 'a.ts', text: 'const a = <string>process.env.A' },
      { path: 'b.jsx', text: 'const b = <p>{process.env.B}</p>' },
      { path: 'c.js', text: '#!/usr/bin/env node\nreturn a < b > (process.env.C)' },
      { path: 'd.cjs', text: 'with (a) { process.env.D } var octal = 010' },
      { path: 'e.mts', text: 'using x = process.env.E; @d class A { accessor a = 1 }' },
    ]);
    expect(diagnostics).toEqual([]);
    expect(uses.map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D', 'E']);
  });
});

describe('hostile code', () => {
  it('answers for cycles', () => {
    expect(
      namesUsed([
        'a.js',
        'let a = b, b = c, c = a; function f(x) { return f(g(x)) } function g(x) { return g(f(x)) } f(a).X; process.env.Y',
      ]),
    ).toBe('Y');
  });

  it('answers for thousands of links in one chain', () => {
    const sum = Array.from({ length: 3000 }, (_, i) => `process.env.X${i}`).join(' + ');
    expect(namesUsed(['a.js', sum]).split(' ')).toHaveLength(3000);
    const aliases = Array.from({ length: 2000 }, (_, i) => `const a${i + 1} = a${i};`).join('');
    expect(namesUsed(['a.js', `const a0 = process.env; ${aliases} a1.X; a100.Y`])).toBe('X Y');
  });

  it('answers for nesting that overflows a stack', () => {
    const { diagnostics } = readEnvironmentUses([
      { path: 'a.js', text: `${'('.repeat(50_000)}1${')'.repeat(50_000)}` },
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['source-does-not-parse']);
  });

  it('answers for functions that all call each other', () => {
    const names = Array.from({ length: 40 }, (_, i) => i);
    const code = names
      .map((i) => `function f${i}(x) { return ${names.map((j) => `f${j}(x)`).join(' || ')} }`)
      .join('\n');
    expect(namesUsed(['a.js', `${code}\n f0(process.env); process.env.X`])).toBe('X');
  });
});
