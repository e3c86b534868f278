// Names that are written elsewhere than they are read: constants, lists, helpers, schemas of validation libraries.
import { describe, expect, it } from 'vitest';
import { type Case, namesUsed } from './names-used';

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

describe.each([
  ['names written elsewhere', NAMED_AFAR],
  ['validation schemas', SCHEMAS],
  ['writes', WRITES],
  ['dynamic reads', DYNAMIC],
])('%s', (_, cases) => {
  it.each(cases)('%s', (code, names) => {
    expect(namesUsed(['src/app.tsx', code])).toBe(names);
  });
});
