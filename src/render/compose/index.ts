// Turns a plan into compose.yaml and the files that it mounts: the service as it runs on a laptop, with everything it needs.
import type { EnvironmentPlan, ServicePlan } from '../../plan/types';
import type { Renderer } from '..';
import { applicationServices } from '../shared/compose/application';
import { backingService } from '../shared/compose/backing';
import { mountedFiles } from '../shared/compose/files';
import { outsideNetwork, publishedNetwork, secretsFolder, secretsService } from '../shared/compose/fixed';
import { withoutInterpolation } from '../shared/compose/interpolation';
import { backingNetworks, joinedNetworks, networkDeclarations } from '../shared/compose/networks';
import {
  applicationSecrets,
  backingSecrets,
  certificatesManifest,
  secretsComments,
  secretsGenerator,
  secretsManifest,
} from '../shared/compose/secrets';
import { type ComposeService, unlessEmpty } from '../shared/compose/service';
import type { GeneratedFile } from '../shared/generated-file';
import { toJson } from '../shared/json';
import { applyPatch, explainFailure, isObject, overrideError } from '../shared/json-patch';
import { plainFile } from '../shared/template';
import { toYaml, type YamlComments } from '../shared/yaml';
import { neighbours } from './neighbours';

/** Folder of the generated files that containers mount, beside compose.yaml. */
const filesFolder = 'compose';

type Services = Readonly<Record<string, ComposeService>>;

/** One mapping of all services; two of the same name would hide one another. */
function together(groups: readonly Services[]): Services {
  const entries = groups.flatMap((group) => Object.entries(group));
  const names = entries.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`BUG: two services of the compose file are named ${twice}`);
  return Object.fromEntries(entries);
}

/** What the generator is told; null when there is nothing to make. */
function manifestOf(plan: ServicePlan, environment: EnvironmentPlan) {
  const secrets = secretsManifest(environment.secretSources, [
    applicationSecrets(plan.identity.name, environment),
    ...environment.backing.map(backingSecrets),
  ]);
  const authority = environment.trust?.development ?? null;
  if (authority === null) return secrets;
  return {
    ...(secrets ?? { sources: [], folders: [] }),
    certificates: certificatesManifest(authority, environment.backing),
  };
}

/** The generator's program, and what it imports. */
const generatorOf = ({ trust }: EnvironmentPlan) =>
  trust?.development == null
    ? { program: 'secrets.mjs', modules: [] }
    : { program: 'certificates.mjs', modules: ['secrets.mjs'] };

/** Built by one container only, since all of them run the same image; the others wait for it and never ask a registry for it. */
const imageOf = (plan: ServicePlan) => ({
  name: `${plan.image.repository}:${plan.image.tag}`,
  first: { build: { context: plan.build.contextFromFolder, dockerfile: plan.delivery.dockerfile } },
  others: { pull_policy: 'never' },
});

function servicesOf(plan: ServicePlan, environment: EnvironmentPlan): Services {
  const { laptop, backing, publishedPort } = environment;
  const containers = backing.map((container) => ({
    [container.name]: backingService({ laptop, backing, filesFolder }, container, backingNetworks(container)),
  }));
  return together([
    applicationServices(plan, environment, {
      image: imageOf(plan),
      secretsFolder: `./${secretsFolder}`,
      publishedPort,
      neighbours: (component) => neighbours(environment, component),
      // Every caller beside it is one of its own containers.
      networksInto: (workload) => [workload],
    }),
    ...containers,
    manifestOf(plan, environment) === null
      ? {}
      : {
          [secretsService]: secretsGenerator(laptop, plan.build.builder, {
            folder: filesFolder,
            ...generatorOf(environment),
          }),
        },
  ]);
}

/** Why each part is there, by its path in the document. */
function commentsOf(environment: EnvironmentPlan): YamlComments {
  const containers = environment.backing.map(({ name, why }) => [`services.${name}`, why]);
  return {
    ...Object.fromEntries(containers),
    ...secretsComments,
    networks: 'One network per container that others reach, without a way outside: who is not on it cannot reach it.',
    [`networks.${outsideNetwork}`]: 'Leads out, for the containers that the declaration lets reach other hosts.',
    [`networks.${publishedNetwork}`]:
      'Leads in from this machine; packets out leave with an address that nobody outside answers to.',
  };
}

const reaches = (node: unknown, [key, ...rest]: readonly string[]): boolean =>
  key === undefined || (isObject(node) && Object.hasOwn(node, key) && reaches(node[key], rest));

/** An override may have removed what a comment is about. Names of services hold no dot. */
const onlyExisting = (comments: YamlComments, document: unknown): YamlComments =>
  Object.fromEntries(Object.entries(comments).filter(([path]) => reaches(document, path.split('.'))));

/** What the declaration says beside its own words; it is applied last, so that it has the last word. */
function overridden(environment: EnvironmentPlan, document: unknown): unknown {
  const operations = environment.overrides.flatMap((override) =>
    override.artifact === 'compose' ? override.operations : [],
  );
  const result = applyPatch(document, operations);
  if (!result.applied) throw overrideError(explainFailure('compose', '', result.failure));
  return result.value;
}

function composeFile(plan: ServicePlan, environment: EnvironmentPlan): GeneratedFile {
  const services = servicesOf(plan, environment);
  const volumes = environment.backing.flatMap((container) => container.volumes.map(({ name }) => [name, {}]));
  const document = withoutInterpolation(
    overridden(environment, {
      name: environment.namespace,
      services,
      networks: unlessEmpty(networkDeclarations(joinedNetworks(services))),
      volumes: unlessEmpty(Object.fromEntries(volumes)),
    }),
  );
  return {
    at: 'service',
    path: 'compose.yaml',
    body: toYaml(document, onlyExisting(commentsOf(environment), document)),
    comment: 'hash',
    executable: false,
  };
}

function secretsFiles(plan: ServicePlan, environment: EnvironmentPlan): readonly GeneratedFile[] {
  const manifest = manifestOf(plan, environment);
  if (manifest === null) return [];
  const { program, modules } = generatorOf(environment);
  const file = (path: string, body: string, comment: GeneratedFile['comment']): GeneratedFile => ({
    at: 'service',
    path,
    body,
    comment,
    executable: false,
  });
  return [
    file(`${secretsFolder}/.gitignore`, '*\n!.gitignore\n', 'hash'),
    file(`${filesFolder}/secrets.json`, toJson(manifest), 'none'),
    ...[...modules, program].map((name) => file(`${filesFolder}/${name}`, plainFile(`compose/${name}`), 'slash')),
  ];
}

export const renderCompose: Renderer = (plan) =>
  plan.environments
    .filter(({ runs }) => runs === 'compose')
    .slice(0, 1)
    .flatMap((environment) => [
      composeFile(plan, environment),
      ...secretsFiles(plan, environment),
      ...environment.backing.flatMap((container) => mountedFiles(container, 'service', filesFolder)),
    ]);
