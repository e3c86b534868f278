// The Dockerfile in every shape: what is copied, installed, built and shipped, and by whom it runs.
import { describe, expect, it } from 'vitest';
import type { BuildPlan } from '../../src/plan/types';
import { renderDockerfile } from '../../src/render/dockerfile';
import { type Instruction, instructionsOf, pairsOf, stagesOf } from '../support/dockerfile';
import { builds, monorepo, nodeBuild, planOf, staticBuild } from './fixtures/node-build';

const fileOf = (build: BuildPlan, path: string): string => {
  const file = renderDockerfile(planOf(build)).find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no file ${path}`);
  return file.body;
};

const stage = (build: BuildPlan, name: string): readonly Instruction[] =>
  stagesOf(fileOf(build, 'Dockerfile')).get(name) ?? [];

const texts = (instructions: readonly Instruction[], keyword: string): string[] =>
  instructions.filter((instruction) => instruction.keyword === keyword).map(({ text }) => text);

const only = (instructions: readonly Instruction[], keyword: string): string => {
  const found = texts(instructions, keyword);
  expect(found).toHaveLength(1);
  return found[0] as string;
};

describe.each(builds)('%s', (_name, build) => {
  const instructions = instructionsOf(fileOf(build, 'Dockerfile'));
  const runtime = stage(build, 'runtime');

  it('holds instructions of an engine of 2020 only, and no frontend to fetch', () => {
    const keywords = new Set([
      'FROM',
      'ENV',
      'ARG',
      'WORKDIR',
      'COPY',
      'RUN',
      'LABEL',
      'USER',
      'EXPOSE',
      'STOPSIGNAL',
      'HEALTHCHECK',
      'CMD',
      'ENTRYPOINT',
    ]);
    expect(instructions.filter(({ keyword }) => !keywords.has(keyword))).toEqual([]);
    const body = fileOf(build, 'Dockerfile');
    expect(body).not.toMatch(/^#\s*syntax=/m);
    expect(body).not.toMatch(/<<|--link|--parents .*COPY/);
    expect(body.endsWith('\n')).toBe(true);
    expect(body).not.toMatch(/\n\n\n|[ \t]\n/);
  });

  it('names every stage that it copies from, and ends with the stage that runs', () => {
    const names = [...stagesOf(fileOf(build, 'Dockerfile')).keys()];
    for (const text of texts(instructions, 'COPY')) {
      const from = /--from=(\S+)/.exec(text)?.[1];
      if (from !== undefined) expect(names).toContain(from);
    }
    expect(names.at(-1)).toBe('runtime');
  });

  it('mounts a locked cache wherever packages are installed from the lock file', () => {
    const installs = texts(instructions, 'RUN').filter((text) => text.includes('--mount=type=cache'));
    expect(installs).toHaveLength(build.shape === 'node' ? 2 : 1);
    for (const text of installs)
      expect(text).toContain(`--mount=type=cache,target=${build.cacheFolder},sharing=locked`);
  });

  it('installs before it copies the sources, and builds after', () => {
    const steps = stage(build, 'build');
    const install = steps.findIndex(({ text }) => text.includes('--mount=type=cache'));
    const sources = steps.findIndex(({ keyword }) => keyword === 'COPY');
    const compile = steps.findIndex(({ keyword, text }) => keyword === 'RUN' && text.endsWith('npm run build'));
    expect(install).toBeGreaterThan(0);
    expect(sources).toBeGreaterThan(install);
    expect(compile).toBeGreaterThan(sources);
  });

  it('runs as a number that is not root, under an absolute folder, in exec form', () => {
    expect(only(runtime, 'USER')).toBe('10001:10001');
    const order = runtime.map(({ keyword }) => keyword);
    expect(order.indexOf('USER')).toBeGreaterThan(Math.max(order.lastIndexOf('COPY'), order.lastIndexOf('RUN')));
    for (const text of texts(instructions, 'WORKDIR')) expect(text).toMatch(/^\//);
    expect(texts(runtime, 'COPY').filter((text) => text.includes('--chown'))).toEqual([]);
    const check = only(runtime, 'HEALTHCHECK');
    expect(check).toMatch(/^--interval=10s --timeout=3s --start-period=60s --retries=3 CMD \[/);
    expect(JSON.parse(check.slice(check.indexOf('[')))).toEqual(build.healthCheck?.command);
    expect(only(runtime, 'EXPOSE')).toBe(String(build.port));
  });

  it('has no variable that is named like a secret', () => {
    const names = [...texts(instructions, 'ENV'), ...texts(instructions, 'ARG')].flatMap((text) => text.split('=')[0]);
    expect(names.filter((name) => /secret|token|passw|credential|key/i.test(name as string))).toEqual([]);
  });

  it('copies each package.json onto its own path and nothing of other workspaces', () => {
    const copies = texts(stage(build, 'manifests'), 'COPY');
    expect(copies[0]).toMatch(new RegExp(`^package\\.json ${build.lockFile.replace('.', '\\.')} .*\\./$`));
    const manifests = copies.filter((text) => text.includes('/package.json'));
    const folders = build.folder === '.' ? [] : [...monorepo.workspaces.map(({ path }) => path), monorepo.folder];
    expect(manifests).toEqual(folders.map((folder) => `${folder}/package.json ./${folder}/`));
    const sources = texts(stage(build, 'build'), 'COPY').filter((text) => !text.startsWith('tsconfig'));
    expect(sources).toEqual(build.folder === '.' ? ['. ./'] : folders.map((folder) => `${folder} ./${folder}/`));
  });

  it('lets packages run install scripts only where something has to be compiled or downloaded', () => {
    const needed = build.shape === 'node' && (build.prisma || build.nativeModules);
    const installs = texts(instructions, 'RUN')
      .filter((text) => text.includes('--mount=type=cache'))
      .join('\n');
    const modern = build.packageManagerVersion?.startsWith('4.') ?? false;
    expect(/--ignore-scripts|--mode=skip-build/.test(installs)).toBe(!needed);
    // Where install scripts run, the repository's own are taken out first.
    expect(texts(stage(build, 'manifests'), 'RUN').some((text) => text.includes('scripts.postinstall'))).toBe(
      needed || modern,
    );
  });
});

describe('a Node.js service', () => {
  it('ships the outputs, the production dependencies and the script that reads secrets', () => {
    const runtime = stage(nodeBuild, 'runtime');
    expect(texts(runtime, 'COPY')).toEqual([
      '--from=production /app /app',
      '--from=output /app/dist ./dist',
      '--from=output /app/docker/load-secrets.cjs /app/load-secrets.cjs',
    ]);
    expect(only(stage(nodeBuild, 'production'), 'RUN')).toContain(' npm ci --omit=dev --ignore-scripts ');
    expect(only(stage(nodeBuild, 'build'), 'FROM')).toBe('manifests AS build');
    expect(only(runtime, 'ENV')).toBe('NODE_ENV="production"');
    expect(only(runtime, 'STOPSIGNAL')).toBe('SIGTERM');
    expect(JSON.parse(only(runtime, 'CMD'))).toEqual(nodeBuild.start);
    expect(texts(runtime, 'ENTRYPOINT')).toEqual([]);
  });

  it('keeps the layout of a monorepo, and builds the workspaces in their order before the service', () => {
    const build = { ...nodeBuild, ...monorepo };
    const runs = texts(stage(build, 'build'), 'RUN');
    expect(runs.at(-2)).toBe(
      'npm run build --if-present --workspace=backend/shared/types && npm run build --if-present --workspace=backend/shared/utils',
    );
    expect(runs.at(-1)).toBe('npm run build');
    expect(texts(stage(build, 'build'), 'WORKDIR')).toEqual(['/app/backend/services/financial-service']);
    const install = runs[0] ?? '';
    for (const folder of ['backend/shared/types', 'backend/shared/utils', monorepo.folder])
      expect(install).toContain(`--workspace=${folder} `);
    expect(install).toContain('--include-workspace-root');
    expect(only(stage(build, 'production'), 'RUN')).not.toContain('--include-workspace-root');
    expect(texts(stage(build, 'runtime'), 'WORKDIR')).toEqual(['/app/backend/services/financial-service']);
    expect(texts(stage(build, 'runtime'), 'COPY')).toContain(
      '--from=output /app/backend/shared/types /app/backend/shared/types',
    );
  });

  it('builds nothing when there is nothing to build', () => {
    const build = { ...nodeBuild, typescript: false, buildCommand: null, outputs: ['src'] };
    expect(texts(stage(build, 'build'), 'RUN')).toHaveLength(1);
    expect(texts(stage(build, 'runtime'), 'COPY')).toContain('--from=output /app/src ./src');
  });

  it('generates the Prisma client before the build and ships it with schema and migrations', () => {
    const build = { ...nodeBuild, prisma: true };
    expect(texts(stage(build, 'build'), 'RUN').at(-1)).toBe('npx --no -- prisma generate && npm run build');
    expect(texts(stage(build, 'production'), 'RUN').at(-1)).toContain("-path '*/node_modules/.prisma'");
    expect(texts(stage(build, 'runtime'), 'COPY')).toContain('--from=output /app/prism[a] ./prisma/');
  });

  it('takes the images by tag, and by digest where one is given', () => {
    const digest = `sha256:${'a1'.repeat(32)}`;
    const build = { ...nodeBuild, builder: { repository: 'node', tag: '24-trixie', digest } };
    expect(only(stage(build, 'manifests'), 'FROM')).toBe(`node:24-trixie@${digest} AS manifests`);
    expect(only(stage(build, 'runtime'), 'FROM')).toBe('node:24-trixie-slim AS runtime');
  });

  it('says so when it has no health check and opens no port', () => {
    const runtime = stage({ ...nodeBuild, port: null, healthCheck: null }, 'runtime');
    expect(only(runtime, 'HEALTHCHECK')).toBe('NONE');
    expect(texts(runtime, 'EXPOSE')).toEqual([]);
  });

  it('installs the package manager by its exact version, or not at all', () => {
    const pnpm = {
      ...nodeBuild,
      packageManager: 'pnpm',
      packageManagerVersion: '10.20.0',
      lockFile: 'pnpm-lock.yaml',
    } as const;
    expect(texts(stage(pnpm, 'manifests'), 'RUN')[0]).toMatch(/--prefix \/opt\/package-manager pnpm@10\.20\.0$/);
    expect(() => renderDockerfile(planOf({ ...pnpm, packageManagerVersion: null }))).toThrow(/^BUG: .*version of pnpm/);
  });

  it('compares the lock file itself where yarn cannot be held to it', () => {
    const yarn = {
      ...nodeBuild,
      ...monorepo,
      packageManager: 'yarn',
      packageManagerVersion: '1.22.22',
      lockFile: 'yarn.lock',
    } as const;
    expect(texts(stage(yarn, 'build'), 'RUN')[1]).toMatch(/^grep '\^ {2}resolved ' yarn\.lock /);
    expect(texts(stage({ ...yarn, folder: '.', workspaces: [] }, 'build'), 'RUN')[0]).toContain('--frozen-lockfile');
  });
});

describe('a static site', () => {
  it('compiles the declared values in and serves the result without a package manager', () => {
    const steps = stage(staticBuild, 'build');
    expect(pairsOf(only(steps, 'ARG'))).toEqual({ VITE_API_URL: 'https://api.daorsagro.com' });
    const order = steps.map(({ keyword }) => keyword);
    expect(order.indexOf('ARG')).toBeLessThan(order.lastIndexOf('RUN'));
    const runtime = stage(staticBuild, 'runtime');
    expect(texts(runtime, 'COPY')).toEqual([
      '--from=output /build/docker/nginx.conf /etc/nginx/nginx.conf',
      '--from=output /build/dist ./',
    ]);
    expect(only(runtime, 'STOPSIGNAL')).toBe('SIGQUIT');
    expect(JSON.parse(only(runtime, 'ENTRYPOINT'))).toEqual(['nginx']);
  });
});

describe('the ignore file', () => {
  const lines = (build: BuildPlan, path: string): string[] =>
    fileOf(build, path)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));

  it('keeps secrets, history and results of earlier builds out', () => {
    const found = lines(nodeBuild, '.dockerignore');
    for (const entry of [
      '**/.git',
      '**/node_modules',
      '**/.env',
      '**/.env.*',
      '**/*.pem',
      '**/*.tsbuildinfo',
      '.secrets',
      'dist',
    ])
      expect(found).toContain(entry);
    expect(found.filter((line) => line.startsWith('!'))).toEqual([]);
    expect(found.some((line) => line === 'docker' || line === '**/docker')).toBe(false);
  });

  it('does not take sources for results', () => {
    expect(lines({ ...nodeBuild, outputs: ['dist', 'views'] }, '.dockerignore')).not.toContain('views');
    expect(lines({ ...nodeBuild, buildCommand: null, outputs: ['dist'] }, '.dockerignore')).not.toContain('dist');
  });

  it('lets nothing of a monorepo in but the manifests, the service and its workspaces', () => {
    const found = lines({ ...nodeBuild, ...monorepo }, 'Dockerfile.dockerignore');
    expect(found[0]).toBe('**');
    expect(found.filter((line) => line.startsWith('!'))).toEqual([
      '!package.json',
      '!package-lock.json',
      '!.npmrc',
      '!backend/shared/types',
      '!backend/shared/utils',
      '!backend/services/financial-service',
      '!tsconfig*.json',
    ]);
    // What comes last wins: the exceptions must not bring secrets back.
    expect(found.lastIndexOf('!tsconfig*.json')).toBeLessThan(found.indexOf('**/.env'));
    expect(found).toContain('backend/services/financial-service/.secrets');
    expect(found).toContain('backend/shared/types/dist');
  });
});
