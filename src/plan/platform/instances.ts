// Decides each backing instance of an environment from all its uses: class, replicas, disk, accounts, what carries it.
import type { ContainerUse, MonitorAccount } from '../../catalog/container-input';
import type { ResourceClass } from '../../catalog/kind';
import type { OperatedAccount } from '../../catalog/operated';
import type { EnvironmentFacts, PlatformFacts } from '../../model/platform-facts';
import { backingNamespace, dataSizeGiB, type Use, usesOf } from '../bindings';
import type { Decisions } from '../decisions';
import type { BindingPlan, SecretSource } from '../types';
import type { BackingInstancePlan, InstanceAccountPlan, InstanceUsePlan } from '../types/platform';
import { secretFolder } from '../variables';
import type { ServiceThere } from './input';
import { platformSecret } from './secrets';

interface SharedUse {
  readonly service: string;
  readonly use: Use;
  readonly binding: BindingPlan;
}

const classes: readonly ResourceClass[] = ['small', 'medium', 'large'];

function usesIn(services: readonly ServiceThere[], platform: PlatformFacts, facts: EnvironmentFacts): SharedUse[] {
  return services.flatMap(({ service, name, environment }) => {
    const settings = service.model.environments.find((found) => found.facts.name === environment.name)?.settings;
    if (settings === undefined) return [];
    return usesOf(settings, platform, facts).flatMap((use) => {
      const binding = environment.bindings.find(({ key }) => key === use.need.key);
      return binding === undefined ? [] : [{ service: name, use, binding }];
    });
  });
}

interface Connections {
  readonly atPeak: number;
  readonly arithmetic: string;
}

/** Null where no use has a pool. */
function connectionsOf(uses: readonly SharedUse[]): Connections | null {
  const counted = uses.flatMap(({ service, binding }) =>
    binding.connectionsAtPeak === null ? [] : [{ service, connections: binding.connectionsAtPeak }],
  );
  if (counted.length === 0) return null;
  const atPeak = counted.reduce((sum, { connections }) => sum + connections, 0);
  return {
    atPeak,
    arithmetic: `${counted.map(({ service, connections }) => `${connections} from ${service}`).join(' + ')} = ${atPeak} connections`,
  };
}

function decideClass(first: Use, connections: Connections | null, decisions: Decisions): ResourceClass {
  if (first.declaredClass !== null && first.runs !== 'container')
    return decisions.decide(first.declaredClass, {
      path: 'class',
      from: `backing.${first.need.kind}.class`,
      why: 'as declared',
    });
  if (connections === null)
    return decisions.decide(first.runs === 'container' ? 'small' : 'medium', {
      path: 'class',
      by: 'default',
      why: first.runs === 'container' ? 'a laptop runs one process of everything' : 'no pool to measure it by',
    });
  const reserved = first.kind.reservedConnections;
  const fitting = classes.find(
    (name) => (first.kind.classes[name].connections ?? Number.POSITIVE_INFINITY) - reserved >= connections.atPeak,
  );
  return decisions.decide(fitting ?? 'large', {
    path: 'class',
    by: 'rule',
    why: `the smallest class whose connections, less ${reserved} reserved, carry ${connections.arithmetic}`,
  });
}

function accountsOf(
  uses: readonly SharedUse[],
  platform: PlatformFacts,
  facts: EnvironmentFacts,
): InstanceAccountPlan[] {
  const services = [...new Set(uses.map(({ service }) => service))];
  return services.flatMap((service) => {
    const first = uses.find((shared) => shared.service === service)?.use;
    const user = first?.values.user;
    if (first === undefined || user === undefined) return [];
    return [
      {
        service,
        user,
        passwordSecret: first.kind.authenticates[first.runs] ? platformSecret(service, first.passwordSecret) : null,
        remoteKey: `${secretFolder(platform.name, facts.name, service)}/${first.instance}`,
        remoteProperty: 'password',
        secretName: `${first.instance}-${service}`,
      },
    ];
  });
}

const usePlan = ({ service, use, binding }: SharedUse): InstanceUsePlan => ({
  service,
  key: use.need.key,
  optional: use.need.optional,
  values: use.values,
  owns: binding.owns,
  reads: use.kind.reads(use.need.parameters),
  poolSize: binding.poolSize,
  connectionsAtPeak: binding.connectionsAtPeak,
  connectionArithmetic: binding.connectionArithmetic,
});

const containerUse = ({ service, use }: SharedUse): ContainerUse => ({
  service,
  key: use.need.key,
  parameters: use.need.parameters,
  values: use.values,
  passwordSecret: platformSecret(service, use.passwordSecret),
});

// https://aws.amazon.com/compute/sla/: one instance, and several over zones.
const computeAgreement = 'https://aws.amazon.com/compute/sla/';

function availabilityOf(use: Use, replicas: number): BackingInstancePlan['availability'] {
  if (use.runs === 'aws' && use.kind.cloudAvailability !== null) return use.kind.cloudAvailability;
  if (use.runs === 'container') return { ratioText: '1', source: 'nothing is promised on a laptop' };
  if (use.runs === 'external')
    return { ratioText: '1', source: 'run outside the platform: its agreement is not known' };
  return { ratioText: replicas > 1 ? '0.9999' : '0.995', source: computeAgreement };
}

/** Twice the data, so that an index can be rebuilt and a growth be seen coming; whole tens of GiB. */
function decideStorageMiB(uses: readonly SharedUse[], platform: PlatformFacts, decisions: Decisions): number | null {
  const [first] = uses;
  if (first === undefined || first.use.kind.reach[first.use.runs] === 'internet') return null;
  const kind = first.use.need.kind;
  const declared = platform.backing[kind]?.storageMiB ?? null;
  const sizes = uses.map(({ use }) => dataSizeGiB(use) ?? 0);
  const sum = sizes.reduce((total, size) => total + size, 0);
  const rule = Math.max(20, Math.ceil((2 * sum) / 10) * 10) * 1024;
  return decisions.decide(declared ?? rule, {
    path: 'storageMiB',
    unit: 'MiB',
    from: `backing.${kind}.storage`,
    why: `twice ${sizes.join(' + ')} = ${sum} GiB of data, rounded up to tens, at least 20 GiB`,
    whyDefault: true,
  });
}

function secretsOf(
  instance: string,
  platform: PlatformFacts,
  facts: EnvironmentFacts,
  accounts: readonly InstanceAccountPlan[],
): SecretSource[] {
  const remoteKey = `${platform.name}/${facts.name}/${instance}`;
  const made = { generatedLength: 32, developmentValue: null };
  return [
    {
      ...made,
      id: `${instance}-admin-password`,
      description: `Password of the administrator of ${instance}`,
      remoteKey,
      remoteProperty: 'admin-password',
    },
    {
      ...made,
      id: `${instance}-monitor-password`,
      description: `Password of the exporter at ${instance}`,
      remoteKey,
      remoteProperty: 'monitor-password',
    },
    ...accounts.flatMap((account) =>
      account.passwordSecret === null
        ? []
        : [
            {
              ...made,
              id: account.passwordSecret,
              description: `Password of ${account.service} at ${instance}`,
              remoteKey: account.remoteKey,
              remoteProperty: account.remoteProperty,
            },
          ],
    ),
  ];
}

function planInstance(
  uses: readonly [SharedUse, ...SharedUse[]],
  platform: PlatformFacts,
  facts: EnvironmentFacts,
  decisions: Decisions,
): BackingInstancePlan {
  const { use: first } = uses[0];
  const { kind, instance: name, runs, version } = first;
  const declared = platform.backing[kind.kind];
  const connections = connectionsOf(uses);
  const size = decideClass(first, connections, decisions);
  const amounts = kind.classes[size];
  const isOperated = runs === 'operator' && kind.operated !== null && kind.reach.operator === 'pods';
  const isHighlyAvailable =
    runs !== 'container' &&
    decisions.decide(declared?.highAvailability ?? facts.gated, {
      path: 'highAvailability',
      from: `backing.${kind.kind}.highAvailability`,
      why: facts.gated ? 'a gated environment' : 'an environment without a gate may stop for a while',
      whyDefault: true,
    });
  const replicas = isOperated
    ? decisions.decide(isHighlyAvailable ? kind.operated.replicas.highlyAvailable : kind.operated.replicas.single, {
        path: 'replicas',
        by: 'rule',
        why: isHighlyAvailable ? `the quorum that ${kind.operated.operator} fails over with` : 'no replica takes over',
        source: kind.operated.documentation,
      })
    : isHighlyAvailable && runs === 'aws'
      ? 2
      : 1;
  const storageMiB = decideStorageMiB(uses, platform, decisions);
  const accounts = accountsOf(uses, platform, facts);
  const isHere = runs === 'container' || (runs === 'operator' && kind.reach.operator === 'pods');
  const monitor: MonitorAccount | null =
    isHere && kind.exporter !== null ? { user: 'monitor', passwordSecret: `${name}-monitor-password` } : null;
  const operatedAccounts = accounts.map(
    (account): OperatedAccount => ({
      service: account.service,
      user: account.user,
      secretName: account.secretName,
      uses: uses.filter(({ service }) => service === account.service).map(containerUse),
    }),
  );
  const containers =
    isHere && !isOperated
      ? kind.container({
          name,
          version,
          class: size,
          cpuMillis: amounts.cpuMillis,
          memoryMiB: amounts.memoryMiB,
          connections: amounts.connections,
          adminSecret: `${name}-admin-password`,
          uses: uses.map(containerUse),
          monitor,
        })
      : [];
  const keepsData = kind.recovery(first.need.parameters)[runs] !== null;
  const bucket = (platform.backups.bucket ?? `${platform.name}-{environment}-backups`).replace(
    '{environment}',
    facts.name,
  );
  const exporter =
    monitor === null || kind.exporter === null
      ? null
      : kind.exporter({
          instance: name,
          host: first.host,
          port: first.port,
          runs,
          version,
          monitor,
          uses: uses.map(containerUse),
        });
  const read = new Set(
    [...containers, ...(exporter?.container == null ? [] : [exporter.container])].flatMap(({ secretFiles }) =>
      secretFiles.flatMap(({ content }) => content.flatMap((part) => (part.kind === 'secret' ? [part.secret] : []))),
    ),
  );
  return {
    name,
    kind: kind.kind,
    title: kind.title,
    runs,
    version,
    endOfLife: kind.versions[version] ?? null,
    class: size,
    cpuMillis: amounts.cpuMillis,
    memoryMiB: amounts.memoryMiB,
    storageMiB,
    replicas,
    highlyAvailable: isHighlyAvailable,
    host: first.host,
    port: first.port,
    connections:
      connections === null || amounts.connections === null
        ? null
        : { limit: amounts.connections, reserved: kind.reservedConnections, ...connections },
    uses: uses.map(usePlan),
    accounts,
    streams: kind.streams,
    shared: declared?.shared ?? [],
    availability: availabilityOf(first, replicas),
    containers,
    objects:
      isOperated && kind.operated !== null
        ? kind.operated.objects({
            name,
            platform: platform.name,
            environment: facts.name,
            namespace: backingNamespace(platform),
            version,
            class: size,
            cpuMillis: amounts.cpuMillis,
            memoryMiB: amounts.memoryMiB,
            storageMiB: storageMiB ?? 0,
            connections: amounts.connections,
            replicas,
            accounts: operatedAccounts,
            parameters: declared?.parameters ?? {},
            backup: keepsData ? { destination: `s3://${bucket}/${name}`, keepDays: platform.backups.keepDays } : null,
          })
        : [],
    podLabels: isHere ? { 'app.kubernetes.io/instance': name } : {},
    exporter,
    secretSources: secretsOf(name, platform, facts, accounts).filter(
      ({ id }) => read.has(id) || (isOperated && accounts.some(({ passwordSecret }) => passwordSecret === id)),
    ),
    panels: [],
  };
}

/** Every instance of an environment, by name. */
export function planInstances(
  services: readonly ServiceThere[],
  platform: PlatformFacts,
  facts: EnvironmentFacts,
  decisions: Decisions,
): BackingInstancePlan[] {
  const all = usesIn(services, platform, facts);
  const names = [...new Set(all.map(({ use }) => use.instance))].sort();
  return names.flatMap((name) => {
    const [first, ...others] = all.filter(({ use }) => use.instance === name);
    return first === undefined
      ? []
      : [planInstance([first, ...others], platform, facts, decisions.below(`instances.${name}`))];
  });
}
