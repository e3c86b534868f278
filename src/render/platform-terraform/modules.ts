// Lays out an environment on AWS as calls of modules: what each is told, by value or by reference to another one.
import { environmentKey } from '../../catalog/access';
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
  /** Whether it is made in the region that takes over. */
  readonly inOtherRegion: boolean;
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
  inOtherRegion: false,
  arguments: list,
});

const word = (name: string): string => name.replace(/[^a-z0-9]/g, '_');

const networkArguments = ({ region, network }: Pick<AwsPlan, 'region' | 'network'>): ArgumentView[] => [
  argument('region', region),
  argument('zones', network.zones),
  argument('cidr', network.cidr),
  argument('private_subnets', network.privateSubnets, network.why.privateSubnets ?? null),
  argument('public_subnets', network.publicSubnets, network.why.publicSubnets ?? null),
  argument('nat_gateways', network.natGateways, network.why.natGateways ?? null),
  argument('flow_log_days', network.flowLogDays),
];

const network = (aws: AwsPlan): ModuleView =>
  call('network', 'network', 'Private subnets for nodes, pods and data stores in several zones.', [
    argument('name_prefix', aws.namePrefix),
    argument('tags', aws.tags),
    key,
    ...networkArguments(aws),
    argument('endpoints', aws.network.endpoints, 'What every node and pod asks, without a way through the internet.'),
    argument('cluster_name', aws.cluster.name),
  ]);

/** What waits in the region that takes over. Roles have no region, so the names differ. */
function otherRegion(
  { namePrefix, account, tags, disasterRecovery }: AwsPlan,
  rules: readonly unknown[],
): ModuleView[] {
  if (disasterRecovery === null) return [];
  const prefix = argument('name_prefix', `${namePrefix}-other`);
  const otherKey = argument('kms_key_arn', reference('module.key_other.arn'));
  return [
    call('key_other', 'key', 'The key of what waits in the other region.', [
      prefix,
      argument('account', account),
      argument('region', disasterRecovery.region),
      argument('tags', tags),
    ]),
    call('network_other', 'network', 'A network without common addresses, for the cluster that takes over.', [
      prefix,
      argument('tags', tags),
      otherKey,
      ...networkArguments(disasterRecovery),
      argument('endpoints', disasterRecovery.network.endpoints),
      argument('cluster_name', ''),
    ]),
    call('backups_other', 'backups', 'The copy of the backups.', [
      argument('bucket', disasterRecovery.bucket),
      argument('tags', tags),
      otherKey,
      argument('lifecycle_rules', rules, 'Removals are not copied, so the copy is cleaned by the same rules.'),
    ]),
  ].map((module) => ({ ...module, inOtherRegion: true }));
}

function cluster(aws: AwsPlan): ModuleView {
  const { name, version, apiAccess, administrators, logDays, serviceCidr } = aws.cluster;
  const groups = aws.nodeGroups.map((group) => ({
    name: group.name,
    capacity: group.capacity,
    instance_types: group.instanceTypes,
    minimum: group.minimum,
    desired: group.desired,
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
  resources: resources.map((arn) => (arn === environmentKey ? reference('module.key.arn') : arn)),
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

const outputOf = (name: string, output: string) => reference(`module.${word(name)}.${output}`);

/** The server itself, which a proxy may stand before. */
const serverOf = ({ name, pooling }: BackingInstancePlan) =>
  outputOf(name, pooling === null ? 'endpoint' : 'server_endpoint');

/** Hosts of the managed stores as fill-secrets.sh asks for them: `NAME` for clients, `NAME-server` past a proxy. */
export const hostsOf = (instances: readonly BackingInstancePlan[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    namedStores(instances).flatMap((instance) => [
      [instance.name, outputOf(instance.name, 'endpoint')],
      ...(instance.pooling === null ? [] : [[`${instance.name}-server`, serverOf(instance)]]),
    ]),
  );

const inNetwork: readonly ArgumentView[] = [
  argument('vpc_id', reference('module.network.vpc_id')),
  argument('private_subnet_ids', reference('module.network.private_subnet_ids')),
  argument('node_security_group_id', reference('module.cluster.node_security_group_id')),
];

function stores(aws: AwsPlan, instances: readonly BackingInstancePlan[]): ModuleView[] {
  return instances.flatMap(({ name, title, managed }) => {
    if (managed === null) return [];
    return [
      call(word(name), managed.module, `${title}: ${managed.why}`, [
        argument('name_prefix', `${aws.namePrefix}-${name}`),
        argument('tags', aws.tags),
        key,
        ...(managed.inNetwork ? inNetwork : []),
        ...Object.entries(managed.variables).map(([variable, value]) => argument(variable, value)),
      ]),
    ];
  });
}

const lifecycleRules = (aws: AwsPlan, instances: readonly BackingInstancePlan[]) =>
  instances
    .flatMap(({ recovery }) => (recovery?.bucket === aws.backups.bucket ? recovery.lifecycle : []))
    .map(({ prefix, expireDays }) => ({ prefix, expire_days: expireDays }));

function backups(aws: AwsPlan, rules: readonly unknown[]): ModuleView {
  const other = { bucket_arn: reference('module.backups_other.arn'), kms_key_arn: reference('module.key_other.arn') };
  const replica = aws.disasterRecovery === null ? [] : [argument('replica', other, 'A copy of every object.')];
  return call('backups', 'backups', 'Where backups are kept.', [
    argument('bucket', aws.backups.bucket),
    argument('tags', aws.tags),
    key,
    argument('lifecycle_rules', rules, 'How long each sort of backup is kept.'),
    ...replica,
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
      argument(
        'endpoints',
        Object.fromEntries(namedStores(instances).map((instance) => [instance.name, serverOf(instance)])),
        'Of the servers themselves: exporters and backups ask these names.',
      ),
    ]),
    ...otherRegion(aws, lifecycleRules(aws, instances)),
    backups(aws, lifecycleRules(aws, instances)),
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
