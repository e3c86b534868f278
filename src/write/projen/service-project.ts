// The projen project type of a service in a repository of its own: `npx projen new --from @daorsagro/groundwork service`.
import { JsonFile, javascript, Project, SampleFile, typescript } from 'projen';
import type { ServiceDeclaration } from '../../declaration/service';
import type { BuildPlan } from '../../plan/types';
import { plainFile } from '../../render/shared/template';
import { Groundwork } from './groundwork';
import { ownName, ownSpec } from './own-package';
import { packageManagers } from './package-managers';
import type { ServiceProjectOptions } from './service-project-options';

/** The options that are keys of the declaration, all but name and owner. */
export const declaredKeys = [
  'description',
  'tier',
  'runtime',
  'http',
  'migrations',
  'workers',
  'jobs',
  'needs',
  'config',
  'secrets',
  'scale',
  'size',
  'objectives',
  'recovery',
  'alerts',
  'deploy',
  'checks',
  'environments',
  'overrides',
] as const satisfies readonly (keyof ServiceDeclaration & keyof ServiceProjectOptions)[];

function declarationOf(options: ServiceProjectOptions): ServiceDeclaration | undefined {
  const { declaration, http, name, owner, port } = options;
  const given = declaredKeys.filter((key) => options[key] !== undefined);
  if (declaration !== undefined) {
    const others = [...(owner === undefined ? [] : ['owner']), ...(port === undefined ? [] : ['port']), ...given];
    if (others.length === 0) return undefined;
    throw new Error(`${declaration} declares the service, so leave out ${others.join(', ')}.`);
  }
  if (http !== undefined && port !== undefined) throw new Error('Give either `port` or `http`, which has a port too.');
  const declared: Record<string, unknown> = { name, ...Object.fromEntries(given.map((key) => [key, options[key]])) };
  if (owner !== undefined) declared.owner = owner;
  if (port !== undefined) declared.http = { port };
  // Checked like every declaration: without an owner, for example, it is refused.
  return declared as unknown as ServiceDeclaration;
}

/** The compiler of what the generated Dockerfile builds. */
const compilerOptions = {
  target: 'ES2023',
  lib: ['ES2023'],
  module: 'node16',
  moduleResolution: 'node16',
  types: ['node'],
  rootDir: 'src',
  outDir: 'dist',
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
};

const managerOf = ({ runtime }: ServiceProjectOptions): BuildPlan['packageManager'] =>
  (['pnpm', 'yarn'] as const).find((name) => runtime?.packageManager?.startsWith(name)) ?? 'npm';

/**
 * A service of the platform in a repository of its own, with everything that its declaration says.
 *
 * @pjid service
 */
export class ServiceProject extends Project {
  public readonly package: javascript.NodePackage;
  public readonly groundwork: Groundwork;

  constructor(options: ServiceProjectOptions) {
    super(options);
    this.package = new javascript.NodePackage(this, {
      packageName: options.name,
      entrypoint: '',
      licensed: false,
      packageManager: packageManagers[managerOf(options)],
      addPackageManagerToDevEngines: false,
      deps: options.deps ?? [],
      devDeps: ['projen', 'constructs@^10.5.0', ...(options.devDeps ?? []).map(ownSpec)],
    });
    this.package.addField('private', true);
    new typescript.ProjenrcTs(this);
    // projen's own runner is ts-node, which fails with TypeScript 7 and takes seconds with others.
    this.defaultTask?.reset();
    this.defaultTask?.addSteps({ execArgs: ['node', '-r', `${ownName}/register`, '.projenrc.ts'] });
    const { declaration, platform, platformFile } = options;
    const service = declarationOf(options);
    this.groundwork = new Groundwork(this, {
      ...(service === undefined ? { declaration } : { service }),
      platform,
      platformFile,
    });
    this.addBuild(this.groundwork.plan.build);
  }

  /** What the generated Dockerfile and workflow call: `npm run build`, `typecheck`, `lint`, `test`. */
  private addBuild(build: BuildPlan): void {
    if (build.shape !== 'node' || !build.typescript) return;
    this.package.addDevDeps('typescript@~6.0.3', `@types/node@^${build.nodeMajor}`, '@biomejs/biome@~2.6.8');
    new JsonFile(this, 'tsconfig.json', { obj: { compilerOptions, include: ['src'] } });
    const scripts = {
      build: 'tsc',
      typecheck: 'tsc --noEmit',
      lint: 'biome lint src',
      start: build.start.join(' '),
      test: 'node --test',
    };
    for (const [name, command] of Object.entries(scripts)) this.package.setScript(name, command);
    this.gitignore.exclude('node_modules/', '/dist/');
    if (build.port !== null) new SampleFile(this, 'src/index.ts', { contents: plainFile('project/index.ts') });
  }
}
