// Decides the workflow: checks, image, and the stages that a version passes.
import { channelsFor } from '../model/platform-facts';
import type { ServiceModel } from '../model/service-model';
import { type Use, usesOf } from './bindings';
import { staticHealthPath } from './build-static';
import type { Decisions } from './decisions';
import { imageRepository } from './identity';
import type {
  BackingContainerPlan,
  BuildPlan,
  DeliveryPlan,
  DeliveryStagePlan,
  EnvironmentPlan,
  TestContainerPlan,
} from './types';

const smokeSeconds = 120;
const overheadSeconds = 300;

/** `{host}` and the like, on the machine of the workflow. */
const filled = (template: string, use: Use, port: number): string =>
  template.replace(/\{([A-Za-z]+)\}/g, (_, name: string) =>
    name === 'host' ? '127.0.0.1' : name === 'port' ? String(port) : (use.values[name] ?? ''),
  );

function testContainer(
  use: Use,
  backing: readonly BackingContainerPlan[],
  variables: EnvironmentPlan['variables'],
): TestContainerPlan[] {
  const server = use.kind.testServer;
  const container = backing.find(({ name }) => name === use.instance);
  const port = use.kind.port.container;
  if (server === null || container === undefined) return [];
  const names = variables.filter(({ declaredAt }) => declaredAt[0] === 'needs' && declaredAt[1] === use.need.key);
  return [
    {
      name: use.need.key,
      image: `${container.image.repository}:${container.image.tag}${container.image.digest === null ? '' : `@${container.image.digest}`}`,
      port,
      command: null,
      environment: server.environment.map(({ name, value }) => ({ name, value: filled(value, use, port) })),
      healthCheck:
        server.healthCommand === null
          ? null
          : {
              command: server.healthCommand.split(' '),
              intervalSeconds: 2,
              timeoutSeconds: 5,
              startPeriodSeconds: 10,
              retries: 30,
            },
      variables: names.flatMap(({ name, origin }) => {
        const template = server.outputs[origin.replace(/^.* output /, '')];
        return template === undefined ? [] : [{ name, value: filled(template, use, port) }];
      }),
    },
  ];
}

/** Argo CD follows the platform's repository: what is elsewhere its own workflow applies, so that each object has one writer. */
const followsGit = ({ platform, settings }: ServiceModel): boolean =>
  platform.declared && platform.gitops === 'argo-cd' && settings.runtime.workspace !== null;

function stage(
  environment: EnvironmentPlan,
  gated: boolean,
  by: DeliveryStagePlan['by'],
  model: ServiceModel,
): DeliveryStagePlan {
  const settings = model.environments.find(({ facts }) => facts.name === environment.name)?.settings ?? model.settings;
  const rolling = settings.deploy === 'rolling';
  const web = environment.workloads.find(({ component }) => component === 'web');
  const deployments = environment.workloads
    .filter(({ component }) => component === 'worker' || rolling)
    .map(({ name }) => name);
  const rolloutTimeoutSeconds = Math.max(
    300,
    ...environment.workloads.map(
      ({ rollout }) =>
        rollout.progressDeadlineSeconds + rollout.canarySteps.reduce((sum, step) => sum + step.pauseSeconds, 0),
    ),
  );
  const migrationTimeoutSeconds = environment.migration?.timeoutSeconds ?? 0;
  const smokePath = settings.runtime.static === null ? (settings.http?.readyPath ?? '/ready') : staticHealthPath;
  return {
    environment: environment.name,
    by,
    gated,
    namespace: environment.namespace,
    roleArn:
      environment.account === null
        ? null
        : `arn:aws:iam::${environment.account}:role/${model.platform.name}-${environment.name}-deploy`,
    region: environment.cluster === null ? null : environment.region,
    cluster: environment.cluster,
    overlay: `deploy/overlays/${environment.name}`,
    smoke:
      web === undefined ? null : { url: null, path: smokePath, service: settings.name, timeoutSeconds: smokeSeconds },
    rolloutTimeoutSeconds,
    migration: environment.migration?.name ?? null,
    migrationTimeoutSeconds,
    deployments,
    rollouts: rolling || web === undefined ? [] : [web.name],
    timeoutMinutes: Math.ceil(
      (migrationTimeoutSeconds + 2 * rolloutTimeoutSeconds + smokeSeconds + overheadSeconds) / 60,
    ),
  };
}

const installCommands: Readonly<Record<BuildPlan['packageManager'], readonly string[]>> = {
  npm: ['npm', 'ci'],
  pnpm: ['pnpm', 'install', '--frozen-lockfile'],
  yarn: ['yarn', 'install', '--immutable'],
};

export function planDelivery(
  model: ServiceModel,
  build: BuildPlan,
  environments: readonly EnvironmentPlan[],
  decisions: Decisions,
): DeliveryPlan {
  const { settings, platform } = model;
  const laptop = environments.find(({ runs }) => runs === 'compose');
  const facts = platform.environments.find(({ runs }) => runs === 'compose');
  const uses = facts === undefined ? [] : usesOf(settings, platform, facts);
  const clusters = environments.filter(({ runs }) => runs === 'kubernetes');
  const classic = build.packageManager === 'yarn' && build.packageManagerVersion?.startsWith('1.') === true;
  const workflowFile = `${settings.name}.yml`;
  const workspace = settings.runtime.workspace;
  return {
    workflowName: settings.name,
    workflowFile,
    defaultBranch: 'main',
    runner: decisions.decide('ubuntu-24.04', {
      path: 'runner',
      by: 'rule',
      why: 'a named release: ubuntu-latest changes under the workflow',
      source: 'https://github.com/actions/runner-images',
    }),
    nodeMajor: build.nodeMajor,
    packageManager: build.packageManager,
    packageManagerVersion: build.packageManagerVersion,
    installCommand: classic ? ['yarn', 'install', '--frozen-lockfile'] : installCommands[build.packageManager],
    folder: build.folder,
    paths:
      workspace === null
        ? []
        : [
            ...[workspace, ...settings.runtime.workspaces].map((folder) => `${folder}/**`),
            'package.json',
            build.lockFile,
            `.github/workflows/${workflowFile}`,
          ],
    lintCommand: settings.checks.lint,
    typesCommand: settings.checks.types,
    testCommand: settings.checks.test,
    buildCommand: build.buildCommand,
    freshnessCommand: ['npx', 'groundwork', 'diff'],
    testContainers:
      laptop === undefined ? [] : uses.flatMap((use) => testContainer(use, laptop.backing, laptop.variables)),
    imageRepository: imageRepository(model),
    registry: platform.registry.split('/')[0] ?? platform.registry,
    dockerfile: build.folder === '.' ? 'Dockerfile' : `${build.folder}/Dockerfile`,
    buildContext: '.',
    stages: clusters.map((environment, index) =>
      stage(
        environment,
        platform.environments.find(({ name }) => name === environment.name)?.gated ?? false,
        followsGit(model) ? (index === 0 ? 'release' : 'promotion') : 'kubectl',
        model,
      ),
    ),
    checkTimeoutMinutes: 20,
    imageTimeoutMinutes: 30,
    tools: { kubectl: 'v1.35.2', trivy: 'v0.70.0', syft: 'v1.42.3' },
    scan: { severities: ['HIGH', 'CRITICAL'], ignoreUnfixed: true },
    slackChannel: channelsFor(platform, settings.owner).warning,
  };
}
