// Holds the architecture: layers, homes of modules, one name per thing, fresh outputs. Each failure says what to do.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds } from '../src/catalog';
import { refusals } from '../src/refuse';
import { platformRefusals } from '../src/refuse/platform';

const root = path.join(__dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => !file.startsWith('src/generated/'))
    .sort();
}

const sources = filesBelow('src', '.ts');

/** Rows of the Markdown table under a heading. */
function table(heading: string): string[][] {
  const section = read('ARCHITECTURE.md').split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const names = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

interface Import {
  readonly file: string;
  readonly target: string;
}

const importsOf = (file: string): Import[] =>
  [
    ...read(file)
      .replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')
      .matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^'\n]+)';$|\b(?:require|import)\('([^'\n]+)'\)/gm),
  ].map((match) => ({ file, target: match[1] ?? match[2] ?? '' }));

const imports = sources.flatMap(importsOf);

/** `src/plan/x.ts` → `plan`; `src/diagnostics.ts` → `diagnostics`. */
const layerOf = (file: string): string => (file.replace(/^src\//, '').split('/')[0] ?? '').replace(/\.ts$/, '');

describe('layers', () => {
  const rows = table('Layers');
  const allowed = new Map(
    rows.map(([folder = '', , may = '']) => [
      names(folder)[0] ?? '',
      may === 'everything' ? null : may === '–' ? [] : may.split(', '),
    ]),
  );

  it('are those of the table', () => {
    const folders = readdirSync(path.join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'generated')
      .map((entry) => entry.name);
    expect([...allowed.keys()].sort()).toEqual(folders.sort());
  });

  it('import only what the table allows', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, target }) => ({
        file,
        from: layerOf(file),
        to: layerOf(path.posix.join(path.posix.dirname(file), target)),
      }))
      .filter(
        ({ from, to }) =>
          from !== to && allowed.has(from) && allowed.get(from) !== null && !(allowed.get(from) ?? []).includes(to),
      );
    expect(wrong).toEqual([]);
  });

  it('touch disk, clock, environment and chance in write only', () => {
    const impure = sources
      .filter((file) => layerOf(file) !== 'write' && file !== 'src/index.ts')
      .flatMap((file) =>
        [
          /\bDate\.now\(/,
          /new Date\(\)/,
          /Math\.random\(/,
          /\bprocess\.(?:env|argv|cwd|platform|exit|std|version|hrtime)\b/,
          /localeCompare|toLocale/,
          /from 'node:(?!path'|crypto')/,
        ]
          .filter((pattern) =>
            pattern.test(
              read(file).replace(
                /\/\/.*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g,
                (text) => (text.startsWith("'node:") ? text : "''"),
              ),
            ),
          )
          .map((pattern) => `${file}: ${pattern.source}`),
      );
    expect(impure).toEqual([]);
  });
});

describe('third-party modules', () => {
  const homes = new Map(
    table('Homes of third-party modules').flatMap(([modules = '', home = '']) =>
      names(modules).map((name): [string, string[]] => [name, names(home)]),
    ),
  );

  it('live at their homes', () => {
    const wrong = imports
      .filter(({ target }) => !target.startsWith('.') && !target.startsWith('node:'))
      .map(({ file, target }) => ({
        file,
        module: target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? ''),
      }))
      .filter(({ file, module }) => !(homes.get(module) ?? []).some((home) => file.startsWith(`src/${home}`)));
    expect(wrong).toEqual([]);
  });

  it('have a line each', () => {
    const dependencies = Object.keys(
      (JSON.parse(read('package.json')) as { dependencies: Record<string, string> }).dependencies,
    );
    for (const name of dependencies) expect([...homes.keys()], `add a line for ${name}`).toContain(name);
  });
});

describe('kinds', () => {
  it('are registered, one folder each', () => {
    const folders = readdirSync(path.join(root, 'src/catalog')).filter((name) =>
      existsSync(path.join(root, 'src/catalog', name, 'schema.json')),
    );
    expect(Object.keys(kinds).sort()).toEqual(folders.sort());
    for (const [name, kind] of Object.entries(kinds)) expect(kind.kind).toBe(name);
  });

  it('are named by no renderer, no refusal and no part of the plan', () => {
    const quoted = new RegExp(`['"\`](?:${Object.keys(kinds).join('|')})['"\`]`);
    const naming = sources
      .filter((file) => /^src\/(?:render|refuse|plan)\//.test(file))
      .filter((file) => quoted.test(read(file).replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')))
      // The lag of a consumer group is a signal of Kafka itself, named in the declaration (scale.on.kafkaLag) and in KEDA's trigger.
      .filter(
        (file) =>
          !['src/plan/environment.ts', 'src/render/kubernetes/scaled-object.ts', 'src/refuse/jobs.ts'].includes(file),
      );
    expect(naming).toEqual([]);
  });
});

describe('refusals', () => {
  const cases = readdirSync(path.join(root, 'test/refused'));

  it('have a case each', () => {
    for (const { code } of refusals) expect(cases, `write test/refused/${code}/service.yaml`).toContain(code);
    const together = readdirSync(path.join(root, 'test/refused-platform'));
    for (const { code } of platformRefusals)
      expect(together, `write test/refused-platform/${code}/platform.yaml`).toContain(code);
  });

  it('have a unique code in kebab-case', () => {
    const codes = [...refusals, ...platformRefusals].map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

describe('files', () => {
  it('begin with a sentence that says what they are', () => {
    const silent = sources.filter(
      (file) =>
        !/^(?:#!.*\n)?\/\/ [A-Z`]/.test(read(file)) &&
        !['src/declaration/service.ts', 'src/declaration/platform.ts'].includes(file),
    );
    expect(silent).toEqual([]);
  });

  it('hold at most 300 lines', () => {
    const data = [
      'src/declaration/service.ts',
      'src/declaration/platform.ts',
      'src/catalog/time-zones.ts',
      'src/catalog/node/allowed-options.ts',
    ];
    const long = sources.filter((file) => !data.includes(file) && read(file).split('\n').length > 301);
    expect(long).toEqual([]);
  });

  it('have templates that are all used', () => {
    const templates = readdirSync(path.join(root, 'templates'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path
          .relative(path.join(root, 'templates'), path.join(entry.parentPath, entry.name))
          .split(path.sep)
          .join('/')
          .replace(/\.hbs$/, ''),
      );
    const code = sources.map(read).join('\n');
    // A module of Terraform is copied whole; somebody names its folder.
    const moduleOf = (name: string): string | undefined => /^terraform\/modules\/([^/]+)\//.exec(name)?.[1];
    const unused = templates.filter((name) => {
      const module = moduleOf(name);
      return module === undefined
        ? !code.includes(name) && !code.includes(path.posix.basename(name))
        : !code.includes(`'${module}'`);
    });
    expect(unused).toEqual([]);
  });
});

describe('documents', () => {
  it('keep the architecture on one page', () => {
    expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(121);
  });
});
