// Plain and adversarial spellings of a read, with the variables that each uses.
import { describe, expect, it } from 'vitest';
import { type Case, namesUsed } from './names-used';

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
  ['Vite', VITE],
])('%s', (_, cases) => {
  it.each(cases)('%s', (code, names) => {
    expect(namesUsed(['src/app.tsx', code])).toBe(names);
  });
});
