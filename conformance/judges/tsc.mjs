// The TypeScript compiler on the generated accessor, stricter than --strict, in both module systems that services use.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { append, swap } from '../mutate.mjs';
import { run } from '../process.mjs';
import { matching, withFolder } from '../tree.mjs';

const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const nodeTypes = dirname(dirname(require.resolve('@types/node/package.json')));
const file = /\.generated\.ts$/;

const options = [
  '--noEmit',
  '--strict',
  '--exactOptionalPropertyTypes',
  '--noUncheckedIndexedAccess',
  '--noImplicitReturns',
  '--noUnusedLocals',
  '--noUnusedParameters',
  '--noPropertyAccessFromIndexSignature',
  '--noImplicitOverride',
  '--isolatedModules',
  '--erasableSyntaxOnly',
  '--target',
  'es2022',
  '--pretty',
  'false',
  '--types',
  'node',
  '--typeRoots',
  nodeTypes,
];

export const judge = {
  name: 'tsc',
  about: 'accessor: --strict and every stricter option, as ECMAScript module and as CommonJS',
  subjects: (tree) => matching(tree, file),
  examine: async (tree) => {
    const findings = [];
    // What a bundler compiles reads `import.meta`, which CommonJS does not have.
    const bundled = [...tree.values()].some((text) => text.includes('import.meta'));
    for (const type of bundled ? ['module'] : ['module', 'commonjs']) {
      const files = new Map([...tree, ['package.json', JSON.stringify({ type })]]);
      const { code, all } = await withFolder(files, (folder) =>
        run(process.execPath, [compiler, ...options, '--module', 'nodenext', ...tree.keys()], { cwd: folder }),
      );
      if (code !== 0) findings.push({ file: [...tree.keys()][0], message: `${type}: ${all.trim()}` });
    }
    return findings;
  },
  mutants: [
    { name: 'wrong type', mutate: append(file, '\nexport const wrong: number = "text";\n'), must: /TS2322/ },
    {
      name: 'undefined not handled',
      mutate: append(file, '\nexport const wrong: string = process.env["X"];\n'),
      must: /TS2322/,
    },
    { name: 'unused variable', mutate: append(file, '\nconst unused = 1;\n'), must: /TS6133/ },
    { name: 'unknown name', mutate: append(file, '\nexport const wrong = nothing;\n'), must: /TS2304/ },
    { name: 'implicit any', mutate: append(file, '\nexport const wrong = (x) => x;\n'), must: /TS7006/ },
    { name: 'syntax', mutate: swap(file, /export /, 'exprot '), must: /TS\d+/ },
  ],
};
