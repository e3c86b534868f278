// Makes this repository's own package.json, compiler and linter settings, ignore files and workflows: `npx projen`.
import { IniFile, JsonFile, javascript, License, Project, ProjenrcFile } from 'projen';
import { addWorkflows } from './scripts/workflows';

const NAME = '@daorsagro/groundwork';
const REPOSITORY = 'https://github.com/daorsagro/groundwork';

/** Names this file in the first line of what it makes. projen's own class for it would run ts-node. */
class Projenrc extends ProjenrcFile {
  readonly filePath = '.projenrc.ts';
}

const project = new Project({ name: NAME, commitGenerated: true });
new Projenrc(project);

// --- the package -------------------------------------------------------------------------------------------------
const pkg = new javascript.NodePackage(project, {
  packageName: NAME,
  description:
    'One declaration per service becomes its Dockerfile, compose entry, Kubernetes manifests, CI workflow and alert rules; promises that cannot hold are refused with the arithmetic shown.',
  keywords: [
    'projen',
    'kubernetes',
    'kustomize',
    'docker',
    'docker-compose',
    'github-actions',
    'prometheus',
    'slo',
    'platform-engineering',
    'generator',
  ],
  licensed: false, // The file is written below, with a fixed year: the default is the year of the clock.
  authorName: 'DaorsAgro',
  authorOrganization: true,
  homepage: `${REPOSITORY}#readme`,
  repository: `git+${REPOSITORY}.git`,
  bugsUrl: `${REPOSITORY}/issues`,
  entrypoint: 'lib/index.js',
  autoDetectBin: false,
  bin: { groundwork: 'bin/groundwork.js' },
  packageManager: javascript.NodePackageManager.NPM,
  addPackageManagerToDevEngines: false,
  // Exact versions: each was measured together with the others, and the output of this package is bytes.
  deps: ['@babel/parser@7.29.15', 'esbuild@0.28.2', 'handlebars@4.7.10', 'yaml@2.9.1'],
  peerDeps: ['projen@>=0.103.0 <1', 'constructs@^10.5.0'],
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: [
    '@arethetypeswrong/cli@0.18.5',
    '@biomejs/biome@2.6.8',
    '@jsii/spec@1.142.0',
    '@types/node@20.19.43',
    '@vitest/coverage-v8@4.1.12',
    'ajv@8.20.0',
    'constructs@10.8.1',
    'fast-check@4.10.2',
    'json-schema-to-typescript@16.0.0',
    'projen@0.103.25',
    'publint@0.3.25',
    'typescript@6.0.3', // 7 has no compiler API yet; gen-jsii needs it.
    'vitest@4.1.12', // 5 wants Node 22.
  ],
});
pkg.addVersion('0.1.0');
pkg.addField('license', 'Apache-2.0');
pkg.addField('publishConfig', { access: 'public', provenance: true });
pkg.addEngine('node', '>=20');
pkg.addField('allowScripts', { esbuild: false }); // Works without its script; and no dependency runs code when it is installed.
pkg.addField('type', 'commonjs');
pkg.addField('types', 'lib/index.d.ts');
pkg.addField('sideEffects', false);
pkg.addField('exports', {
  '.': {
    import: { types: './lib/index.d.mts', default: './lib/index.mjs' },
    require: { types: './lib/index.d.ts', default: './lib/index.js' },
  },
  './register': { types: './register.d.cts', default: './register.cjs' },
  './schemas/*': './schemas/*',
  './.jsii': './.jsii', // read by `npx projen new --from`
  './package.json': './package.json',
});
pkg.addField('files', ['bin', 'lib', 'schemas', '.jsii', 'register.cjs', 'register.d.cts', 'CHANGELOG.md']);

for (const task of project.tasks.all) pkg.removeScript(task.name);
const scripts = {
  projen: 'projen',
  build: 'node scripts/build.mjs',
  'build:generated': 'node scripts/build.mjs --generated',
  test: 'node scripts/build.mjs --check && vitest run',
  lint: 'biome check --error-on-warnings && tsc --noEmit',
  format: 'biome check --write',
  demo: 'npm run build && node scripts/demo.mjs',
  examples: 'npm run build && node scripts/examples.mjs',
  conformance: 'node conformance/run.mjs',
  bench: 'node bench/run.mjs',
  prepack: 'npm run build',
};
for (const [name, command] of Object.entries(scripts)) pkg.setScript(name, command);

// --- tasks: the same commands under projen's names ----------------------------------------------------------------
project.defaultTask?.reset();
project.defaultTask?.addSteps({ execArgs: ['node', '-r', './register.cjs', '.projenrc.ts'] });
project.compileTask.exec('node scripts/build.mjs');
project.testTask.exec('vitest run');
project.packageTask.exec('npm pack --ignore-scripts --silent');

// --- settings files -----------------------------------------------------------------------------------------------
new IniFile(project, '.npmrc', {
  // The lock names versions and hashes, not the host that they came from.
  obj: { 'omit-lockfile-registry-resolved': true, 'save-exact': true },
});

const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2022'],
  module: 'node16',
  moduleResolution: 'node16',
  types: ['node'],
  strict: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  resolveJsonModule: true,
  skipLibCheck: true,
};
new JsonFile(project, 'tsconfig.json', {
  obj: {
    compilerOptions: { ...compilerOptions, noEmit: true },
    include: ['src', 'test', 'scripts', '.projenrc.ts', 'vitest.config.mts'],
    exclude: ['node_modules', 'lib', 'test/fixtures', 'examples/*/expected'],
  },
});
new JsonFile(project, 'tsconfig.build.json', {
  obj: {
    extends: './tsconfig.json',
    compilerOptions: { noEmit: false, declaration: true, outDir: 'lib', rootDir: 'src' },
    include: ['src'],
    exclude: ['node_modules'],
  },
});

new JsonFile(project, 'biome.jsonc', {
  allowComments: true,
  obj: {
    $schema: './node_modules/@biomejs/biome/configuration_schema.json',
    vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
    files: {
      includes: [
        '**/*.ts',
        '**/*.mts',
        '**/*.cts',
        '**/*.js',
        '**/*.mjs',
        '**/*.cjs',
        // Made by scripts/gen-types.mjs from the schemas, and by the examples' generator.
        '!src/declaration/service.ts',
        '!src/declaration/platform.ts',
        '!examples/**/expected',
        // A service of its own, with its own dependencies.
        '!test/fixtures',
      ],
    },
    formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
    javascript: { formatter: { quoteStyle: 'single' } },
    json: { formatter: { enabled: false } }, // This file: projen writes it in its own way.
    assist: { actions: { source: { organizeImports: 'on' } } },
    linter: {
      rules: {
        preset: 'recommended',
        correctness: { noUndeclaredDependencies: 'error', noUnusedImports: 'error', noUnusedVariables: 'error' },
        style: {
          noDefaultExport: 'error',
          noEnum: 'error',
          noInferrableTypes: 'error',
          noNonNullAssertion: 'error',
          noParameterAssign: 'error',
          noUselessElse: 'error',
          useConsistentArrayType: 'error',
          useFilenamingConvention: { level: 'error', options: { filenameCases: ['kebab-case'], requireAscii: true } },
          useImportType: 'error',
          useNodejsImportProtocol: 'error',
        },
        suspicious: {
          noConsole: 'error',
          noImportCycles: 'error',
          noTemplateCurlyInString: 'off', // `${{ … }}` in a workflow and `${…}` in a shell text are the language that we write.
          noVar: 'error',
        },
      },
    },
    overrides: [
      // The places that talk to a person, and the tools' own settings files, which must export a default.
      {
        includes: ['scripts/**', 'bench/**', 'conformance/**', 'src/write/**', 'bin/**'],
        linter: { rules: { suspicious: { noConsole: 'off' } } },
      },
      {
        includes: ['vitest.config.mts', 'examples/*/service.ts'],
        linter: { rules: { style: { noDefaultExport: 'off' } } },
      },
    ],
  },
});

project.gitignore.exclude(
  '/lib/',
  '/src/generated/',
  '/.jsii',
  '/coverage/',
  '/dist/',
  '/.build/',
  '*.tgz',
  '*.tsbuildinfo',
  '.DS_Store',
);

new License(project, { spdx: 'Apache-2.0', copyrightOwner: 'DaorsAgro', copyrightPeriod: '2026' });

// --- workflows ----------------------------------------------------------------------------------------------------
addWorkflows(project);

project.synth();
