// Turns what the plan has on AWS into Terraform: a root for each environment, and the modules that it calls.
import type { AwsPlan, ClusterPlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { plainFile, plainFilesBelow, renderTemplate } from '../shared/template';
import { hostsOf, type ModuleView, modulesOf } from './modules';
import { secretsScript } from './secrets-script';

const folder = 'platform/terraform';
const sources = 'terraform/modules';

const file = (path: string, body: string, comment: GeneratedFile['comment'] = 'hash'): GeneratedFile => ({
  at: 'repository',
  path: `${folder}/${path}`,
  body,
  comment,
  executable: false,
});

function readme(plan: PlatformPlan, cluster: ClusterPlan, aws: AwsPlan): string {
  const { name } = cluster;
  return renderTemplate('platform-terraform/README.md', {
    name: `${plan.identity.name} ${name}`,
    declaration: plan.identity.declaration,
    account: aws.account,
    region: aws.region,
    state: aws.state,
    folder: `${folder}/environments/${name}`,
    cluster: aws.cluster.name,
    environment: name,
    repository: aws.github.repository,
    manifests: `../../../kubernetes/${name}/kustomization.yaml`,
    secrets: aws.secrets.map(({ name: entry, properties }) => ({
      name: entry,
      list: properties.map((one) => `${one.name} (${one.from})`).join(', '),
    })),
    identities: aws.identities.map(({ statements, ...identity }) => ({
      ...identity,
      list: [...new Set(statements.flatMap(({ actions }) => actions))].join(', '),
    })),
    nodeGroups: aws.nodeGroups.map(({ instanceTypes, ...group }) => ({ ...group, types: instanceTypes.join(', ') })),
  });
}

function rootFiles(plan: PlatformPlan, cluster: ClusterPlan, aws: AwsPlan, modules: readonly ModuleView[]) {
  const at = `environments/${cluster.name}`;
  return [
    file(
      `${at}/versions.tf`,
      renderTemplate('platform-terraform/versions.tf', {
        state: aws.state,
        region: aws.region,
        accounts: [aws.account],
        otherRegion: aws.disasterRecovery?.region ?? null,
      }),
    ),
    file(
      `${at}/main.tf`,
      renderTemplate('platform-terraform/main.tf', {
        title: `${plan.identity.name} ${cluster.name}: network, cluster, data stores and identities.`,
        modules,
      }),
    ),
    file(
      `${at}/outputs.tf`,
      renderTemplate('platform-terraform/outputs.tf', {
        title: 'What others ask of the environment: the steps of the README, the workflow and fill-secrets.sh.',
        outputs: [
          {
            name: 'deploy_role_arn',
            description: 'Role that deployments take',
            value: { reference: 'module.github.role_arn' },
          },
          { name: 'kms_key_arn', description: 'Key of the secrets', value: { reference: 'module.key.arn' } },
          {
            name: 'hosts',
            description: 'Host of each managed data store',
            value: hostsOf(cluster.instances),
          },
        ],
      }),
    ),
    file(
      `${at}/variables.tf`,
      renderTemplate('platform-terraform/variables.tf', {
        title: `There are none: all that differs between environments is in ${plan.identity.declaration}.`,
      }),
    ),
    {
      ...file(`${at}/fill-secrets.sh`, secretsScript(aws, `${folder}/environments/${cluster.name}`)),
      executable: true,
    },
    file(`${at}/README.md`, readme(plan, cluster, aws), 'html'),
  ];
}

export function renderPlatformTerraform(plan: PlatformPlan): readonly GeneratedFile[] {
  const roots = plan.clusters.flatMap((cluster) =>
    cluster.aws === null ? [] : [{ cluster, aws: cluster.aws, modules: modulesOf(cluster, cluster.aws) }],
  );
  const used = [...new Set(roots.flatMap(({ modules }) => modules.map((module) => module.folder)))].sort();
  return [
    ...roots.flatMap(({ cluster, aws, modules }) => rootFiles(plan, cluster, aws, modules)),
    ...used.flatMap((module) =>
      plainFilesBelow(`${sources}/${module}`).map((name) =>
        file(`modules/${name.slice(sources.length + 1)}`, plainFile(name)),
      ),
    ),
  ];
}
