// Places, fallbacks and diagnostics of the uses of the environment, and code made to break the reader.
import { describe, expect, it } from 'vitest';
import { readEnvironmentUses } from '../../src/source/read-environment-uses';
import { namesUsed } from './names-used';

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

  it.each([
    ['objects spread into themselves', 'let a = process.env; a = { ...a, b: 1 }; a = { ...a }; a.X', 'X'],
    ['classes that extend themselves', 'class A extends B {} class B extends A {} new A().env.X; process.env.Y', 'Y'],
    ['getters that return themselves', 'class A { get env() { return this.env } } new A().env.X; process.env.Y', 'Y'],
    ['arrays of themselves', 'let a = [a, ...a]; for (const n of a) process.env[n]; process.env.Y', '? Y'],
    ['schemas of themselves', 'let s = z.object({}); s = s.extend(s); s.parse(process.env)', ''],
  ])('answers for %s', (_, code, names) => {
    expect(namesUsed(['a.ts', code])).toBe(names);
  });

  it('answers for files that export each other', () => {
    const files: [string, string][] = [
      ['a.ts', "export { x } from './b'; export * from './b'"],
      ['b.ts', "export { x } from './a'; export * from './a'"],
      ['c.js', "module.exports = require('./d')"],
      ['d.js', "module.exports = require('./c')"],
      ['e.ts', "import { x, y } from './a'; import c from './c'; x.X; y.X; c.X; process.env.Y"],
    ];
    expect(namesUsed(...files)).toBe('Y');
  });

  it.each([
    [
      'functions',
      (i: number) => `function f${i + 1}() { return f${i}() }`,
      'function f0() { return process.env }',
      'f',
    ],
    ['spreads', (i: number) => `const f${i + 1} = { ...f${i} };`, 'const f0 = { ...process.env };', 'f'],
    ['members', (i: number) => `const f${i + 1} = { x: f${i}.x };`, 'const f0 = { x: process.env };', 'f'],
    ['classes', (i: number) => `class f${i + 1} extends f${i} {}`, 'class f0 { env = process.env }', 'f'],
    ['templates', (i: number) => `const f${i + 1} = \`\${f${i}}\`;`, "const f0 = 'X';", 'f'],
  ])('answers for thousands of %s on top of each other', (_, link, first) => {
    const code = first + Array.from({ length: 3000 }, (_each, i) => link(i)).join('\n');
    const ends = 'f3000().A; f3000.B; f3000.x.C; new f3000().env.D; process.env[f3000]; process.env.Y';
    expect(namesUsed(['a.ts', `${code}\n${ends}`])).toContain('Y');
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
