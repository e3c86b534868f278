// The projen project type of a platform's repository: `npx projen new --from @daorsagro/groundwork platform`.
import { javascript, Project, typescript, YamlFile } from 'projen';
import type { PlatformDeclaration } from '../../declaration/platform';
import { GroundworkPlatform, type InlineService } from './groundwork-platform';
import { ownName, ownSpec } from './own-package';
import { packageManagers } from './package-managers';
import type { PlatformProjectOptions } from './platform-project-options';

/** The options that are keys of the declaration, all but name and services. */
export const declaredPlatformKeys = [
  'domain',
  'registry',
  'repository',
  'asOf',
  'environments',
  'backing',
  'notify',
  'gateway',
  'network',
  'observability',
  'recovery',
  'backups',
  'certificates',
  'gitops',
  'mesh',
  'policy',
  'aws',
] as const satisfies readonly (keyof PlatformDeclaration & keyof PlatformProjectOptions)[];

const pnpmFile = 'pnpm-workspace.yaml';

type ServiceOption = NonNullable<PlatformProjectOptions['services']>[number];

const isInline = (service: ServiceOption): service is InlineService =>
  typeof service === 'object' && 'folder' in service;

function platformOf(options: PlatformProjectOptions): PlatformDeclaration | undefined {
  const { declaration, name, channel, notify, services = [] } = options;
  const given = declaredPlatformKeys.filter((key) => options[key] !== undefined);
  const named = services.filter((service) => !isInline(service));
  if (declaration !== undefined) {
    const others = [
      ...given,
      ...(channel === undefined ? [] : ['channel']),
      ...(named.length === 0 ? [] : ['services that are not declared here']),
    ];
    if (others.length === 0) return undefined;
    throw new Error(`${declaration} declares the platform, so leave out ${others.join(', ')}.`);
  }
  if (channel !== undefined && notify?.default !== undefined) {
    throw new Error('Give either `channel` or `notify.default`, which are the same.');
  }
  const declared: Record<string, unknown> = { name, ...Object.fromEntries(given.map((key) => [key, options[key]])) };
  if (channel !== undefined) declared.notify = { default: channel, ...notify };
  if (named.length > 0) declared.services = named;
  // Checked like every declaration: without a domain, for example, it is refused.
  return declared as unknown as PlatformDeclaration;
}

/**
 * The repository of a platform: one .projenrc.ts for the platform and all services in it.
 *
 * @pjid platform
 */
export class PlatformProject extends Project {
  public readonly package: javascript.NodePackage;
  public readonly groundwork: GroundworkPlatform;

  constructor(options: PlatformProjectOptions) {
    super(options);
    const manager = options.packageManager ?? 'npm';
    this.package = new javascript.NodePackage(this, {
      packageName: options.name,
      entrypoint: '',
      licensed: false,
      packageManager: packageManagers[manager],
      addPackageManagerToDevEngines: false,
      devDeps: ['projen', 'constructs@^10.5.0', ...(options.devDeps ?? []).map(ownSpec)],
    });
    this.package.addField('private', true);
    new typescript.ProjenrcTs(this);
    // projen's own runner is ts-node, which fails with TypeScript 7 and takes seconds with others.
    this.defaultTask?.reset();
    this.defaultTask?.addSteps({ execArgs: ['node', '-r', `${ownName}/register`, '.projenrc.ts'] });
    const platform = platformOf(options);
    this.groundwork = new GroundworkPlatform(this, {
      ...(platform === undefined ? { declaration: options.declaration } : { platform }),
      services: options.services?.filter(isInline),
    });
    this.addWorkspaces(options.workspaces ?? this.builtFolders(), manager);
  }

  /** What the generated Dockerfiles copy from this repository. */
  private builtFolders(): string[] {
    const { plan, services } = this.groundwork;
    const own = plan.services.flatMap(({ folder }) => (folder === null ? [] : [folder]));
    const shared = Object.values(services).flatMap(({ build }) => build.workspaces.map(({ path }) => path));
    return [...new Set([...own, ...shared])].sort();
  }

  private addWorkspaces(workspaces: readonly string[], manager: 'npm' | 'pnpm' | 'yarn'): void {
    if (workspaces.length === 0) return;
    if (manager !== 'pnpm') {
      this.package.addField('workspaces', workspaces);
      return;
    }
    // projen's own takes packages only when it is made, before the services are known.
    this.tryRemoveFile(pnpmFile);
    new YamlFile(this, pnpmFile, { obj: { packages: workspaces } });
  }
}
