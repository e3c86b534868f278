// Code that looks like a read and is none, and the other way round.
import { describe, expect, it } from 'vitest';
import { type Case, namesUsed } from './names-used';

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

describe.each([
  ['look-alikes', NOT_THE_ENVIRONMENT],
  ['look-alikes of look-alikes', STILL_THE_ENVIRONMENT],
])('%s', (_, cases) => {
  it.each(cases)('%s', (code, names) => {
    expect(namesUsed(['src/app.tsx', code])).toBe(names);
  });
});
