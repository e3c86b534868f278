// The TypeScript compiler on the generated accessor, stricter than --strict, in both module systems that services use.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { append, swap } from '../mutate.mjs';
import { matching, withFolder } from '../tree.mjs';

const require = createRequire(import.meta.url);
const nodeTypes = dirname(dirname(require.resolve('@types/node/package.json')));
const file = /\.generated\.ts$/;

const options = [
  '--noEmit',
  // The types of the language and of Node.js are not what is judged.
  '--skipLibCheck',
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
  '--types',
  'node',
  '--typeRoots',
  nodeTypes,
];

const libraries = new Map();

/** A host that reads the types of the language and of Node.js once: they are all that takes long. */
const hostOf = (settings) => {
  const host = ts.createCompilerHost(settings);
  const { getSourceFile } = host;
  host.getSourceFile = (path, language, ...rest) => {
    if (!path.includes('/node_modules/')) return getSourceFile(path, language, ...rest);
    const key = JSON.stringify([path, language]);
    if (!libraries.has(key)) libraries.set(key, getSourceFile(path, language, ...rest));
    return libraries.get(key);
  };
  return host;
};

const compile = (folder, paths) => {
  const { options: settings, errors } = ts.parseCommandLine([...options, '--module', 'nodenext']);
  const program = ts.createProgram(
    paths.map((path) => join(folder, path)),
    settings,
    hostOf(settings),
  );
  return [...errors, ...ts.getPreEmitDiagnostics(program)];
};

export const judge = {
  name: 'tsc',
  about: 'accessor: --strict and every stricter option, as ECMAScript module and as CommonJS',
  subjects: (tree) => matching(tree, file),
  examine: async (tree) => {
    const findings = [];
    // What a bundler compiles reads `import.meta`, which CommonJS does not have.
    const bundled = [...tree].filter(([, text]) => text.includes('import.meta')).map(([path]) => path);
    for (const type of ['module', 'commonjs']) {
      const paths = [...tree.keys()].filter((path) => type === 'module' || !bundled.includes(path));
      if (paths.length === 0) continue;
      const files = new Map([...tree, ['package.json', JSON.stringify({ type })]]);
      const diagnostics = await withFolder(files, (folder) => compile(folder, paths));
      for (const { file: source, start, code, messageText } of diagnostics)
        findings.push({
          file: paths.find((path) => source?.fileName.endsWith(`/${path}`)) ?? paths[0],
          line: source === undefined ? undefined : source.getLineAndCharacterOfPosition(start).line + 1,
          message: `${type}: TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
        });
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
