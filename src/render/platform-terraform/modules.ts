// Lays out an environment on AWS as calls of modules: what each is told, by value or by reference to another one.
import type { AwsPlan, BackingInstancePlan, ClusterPlan } from '../../plan/types/platform';

export interface ArgumentView {
  readonly name: string;
  readonly value: unknown;
  readonly why: string | null;
}

export interface ModuleView {
  readonly name: string;
  /** Folder below `modules`. */
  readonly folder: string;
  readonly source: string;
  readonly why: string;
  readonly arguments: readonly ArgumentView[];
}

const argument = (name: string, value: unknown, why: string | null = null): ArgumentView => ({ name, value, why });
const reference = (text: string) => ({ reference: text });
const key = argument('kms_key_arn', reference('module.key.arn'));

const call = (name: string, folder: string, why: string, list: readonly ArgumentView[]): ModuleView => ({
  name,
  folder,
  source: `../../modules/${folder}`,
  why,
  arguments: list,
});

const word = (name: string): string => name.replace(/[^a-z0-9]/g, '_');

function network(aws: AwsPlan): ModuleView {
  const { cidr, privateSubnets, publicSubnets, natGateways, endpoints, flowLogDays, why } = aws.network;
  return call('network', 'network', 'Private subnets for nodes, pods and data stores in several zones.', [
    argument('name_prefix', aws.namePrefix),
    argument('tags', aws.tags),
    key,
    argument('region', aws.region),
    argument('zones', aws.network.zones),
    argument('cidr', cidr),
    argument('private_subnets', privateSubnets, why.privateSubnets ?? null),
    argument('public_subnets', publicSubnets, why.publicSubnets ?? null),
    argument('nat_gateways', natGateways, why.natGateways ?? null),
    argument('endpoints', endpoints, 'What every node and pod asks, without a way through the internet.'),
    argument('flow_log_days', flowLogDays),
    argument('cluster_name', aws.cluster.name),
  ]);
}

function cluster(aws: AwsPlan): ModuleView {
  const { name, version, apiAccess, administrators, logDays, serviceCidr } = aws.cluster;
  const groups = aws.nodeGroups.map((group) => ({
    name: group.name,
    capacity: group.capacity,
    instance_types: group.instanceTypes,
    minimum: group.minimum,
    maximum: group.maximum,
    disk_gib: group.diskGiB,
    labels: group.labels,
    taints: group.taints,
  }));
  return call('cluster', 'cluster', 'The cluster and its nodes.', [
    argument('name', name),
    argument('name_prefix', aws.namePrefix),
    argument('tags', aws.tags),
    key,
    argument('kubernetes_version', version),
    argument('private_subnet_ids', reference('module.network.private_subnet_ids')),
    argument('service_cidr', serviceCidr),
    argument(
      'api_access',
      apiAccess,
      apiAccess.length > 0
        ? 'Who may reach the API from outside, as declared.'
        : 'The API is reached from inside the network only.',
    ),
    argument('administrators', administrators),
    argument('log_days', logDays),
    argument('node_groups', groups, aws.nodeGroups.map((group) => `${group.name}: ${group.why}.`).join(' ')),
  ]);
}

const grantOf = ({ actions, resources }: { actions: readonly string[]; resources: readonly string[] }) => ({
  actions,
  resources: resources.map((arn) => (arn === '{kms_key_arn}' ? reference('module.key.arn') : arn)),
});

const identities = (aws: AwsPlan): ModuleView[] =>
  aws.identities.map(({ name, namespace, serviceAccount, statements }) =>
    call(
      `identity_${word(name)}`,
      'identity',
      `What the pods of service account ${serviceAccount} in ${namespace} may do on AWS.`,
      [
        argument('name', name),
        argument('tags', aws.tags),
        argument('cluster_name', reference('module.cluster.name')),
        argument('namespace', namespace),
        argument('service_account', serviceAccount),
        argument('statements', statements.map(grantOf)),
      ],
    ),
  );

/** Managed stores that are reached inside the network, by a host of their own. */
const namedStores = (instances: readonly BackingInstancePlan[]): BackingInstancePlan[] =>
  instances.filter(
    ({ managed, exporter, connections }) => managed !== null && (exporter !== null || connections !== null),
  );

/** Output of every managed store's module, by the instance's name. */
export const outputOf = (
  instances: readonly BackingInstancePlan[],
  output: string,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(namedStores(instances).map(({ name }) => [name, reference(`module.${word(name)}.${output}`)]));

function stores(aws: AwsPlan, instances: readonly BackingInstancePlan[]): ModuleView[] {
  return instances.flatMap(({ name, title, managed }) => {
    if (managed === null) return [];
    return [
      call(word(name), managed.module, `${title}: ${managed.why}`, [
        argument('name_prefix', aws.namePrefix),
        argument('tags', aws.tags),
        key,
        argument('vpc_id', reference('module.network.vpc_id')),
        argument('private_subnet_ids', reference('module.network.private_subnet_ids')),
        argument('node_security_group_id', reference('module.cluster.node_security_group_id')),
        ...Object.entries(managed.variables).map(([variable, value]) => argument(variable, value)),
      ]),
    ];
  });
}

function backups(aws: AwsPlan, instances: readonly BackingInstancePlan[]): ModuleView {
  const rules = instances
    .flatMap(({ recovery }) => (recovery?.bucket === aws.backups.bucket ? recovery.lifecycle : []))
    .map(({ prefix, expireDays }) => ({ prefix, expire_days: expireDays }));
  return call('backups', 'backups', 'Where backups are kept.', [
    argument('bucket', aws.backups.bucket),
    argument('tags', aws.tags),
    key,
    argument('lifecycle_rules', rules, 'How long each sort of backup is kept.'),
  ]);
}

/** Every module of an environment, in an order in which a reader meets what others refer to first. */
export function modulesOf({ instances, namespace }: ClusterPlan, aws: AwsPlan): ModuleView[] {
  return [
    call('key', 'key', 'One key for everything of the environment.', [
      argument('name_prefix', aws.namePrefix),
      argument('account', aws.account),
      argument('region', aws.region),
      argument('tags', aws.tags),
    ]),
    network(aws),
    cluster(aws),
    ...stores(aws, instances),
    call('names', 'names', 'Names of the data stores inside the network.', [
      argument('internal_zone', aws.internalZone),
      argument('vpc_id', reference('module.network.vpc_id')),
      argument('tags', aws.tags),
      argument('endpoints', outputOf(instances, 'endpoint')),
    ]),
    backups(aws, instances),
    ...identities(aws),
    call('github', 'github', 'The role that deployments take, by a token of their own.', [
      argument('name_prefix', aws.namePrefix),
      argument('repository', aws.github.repository),
      argument('environment', aws.github.environment),
      argument('cluster_arn', reference('module.cluster.arn')),
      argument('cluster_name', reference('module.cluster.name')),
      argument('namespace', namespace),
      argument('tags', aws.tags),
    ]),
    ...(aws.monthlyBudget === null || aws.alarmEmail === null
      ? []
      : [
          call('budget', 'budget', 'Who pays learns of it in time.', [
            argument('name_prefix', aws.namePrefix),
            argument('monthly_limit', aws.monthlyBudget),
            argument('email', aws.alarmEmail),
          ]),
        ]),
  ];
}
