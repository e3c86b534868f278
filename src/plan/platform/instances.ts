// Decides each backing instance of an environment from all its uses: class, replicas, disk, accounts, what carries it.
import type { ContainerUse, MonitorAccount } from '../../catalog/container-input';
import type { OperatedAccount } from '../../catalog/operated';
import { hostsOf } from '../../catalog/operator-object';
import type { EnvironmentFacts, PlatformFacts } from '../../model/platform-facts';
import { backingNamespace, dataSizeGiB, type Use, usesOf } from '../bindings';
import type { Decisions } from '../decisions';
import type { BackingContainerPlan } from '../types';
import type { BackingInstancePlan, InstanceUsePlan } from '../types/platform';
import { planAccounts, secretsOf } from './accounts';
import { connectionsOf, decideClass } from './connections';
import type { ServiceThere } from './input';
import { planManaged } from './managed';
import { resourcePanels } from './observability/resource-panels';
import { planPooling } from './pooling';
import { planProtection } from './protection';
import { backupAccount, operatedBackup, planRecovery } from './recovery';
import { platformSecret } from './secrets';
import type { SharedUse } from './shared-use';

function usesIn(services: readonly ServiceThere[], platform: PlatformFacts, facts: EnvironmentFacts): SharedUse[] {
  return services.flatMap(({ service, name, environment }) => {
    const settings = service.model.environments.find((found) => found.facts.name === environment.name)?.settings;
    if (settings === undefined) return [];
    return usesOf(settings, platform, facts).flatMap((use) => {
      const binding = environment.bindings.find(({ key }) => key === use.need.key);
      if (binding === undefined) return [];
      const probes = settings.recovery.probes.filter(({ need }) => need === use.need.key);
      return [{ service: name, use, binding, promise: environment.recovery, probes }];
    });
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
  permissions: use.runs === 'aws' ? use.kind.permissions({ parameters: use.need.parameters, values: use.values }) : [],
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

/** In a cluster a user above those of the nodes; fsGroup makes the volumes writable. Compose keeps the image's own. */
const inCluster = (container: BackingContainerPlan, runs: BackingInstancePlan['runs']): BackingContainerPlan =>
  runs === 'container' ? container : { ...container, user: '10001:10001' };

function planInstance(
  uses: readonly [SharedUse, ...SharedUse[]],
  services: readonly ServiceThere[],
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
  const accounts = planAccounts(uses, platform, facts);
  const isHere = runs === 'container' || (runs === 'operator' && kind.reach.operator === 'pods');
  const isWatched = isHere || (runs === 'aws' && kind.reach.aws === 'network');
  const pooling = planPooling(
    {
      ...{ kind, uses, services, instance: name, isHighlyAvailable },
      limit: amounts.connections,
      clients: connections?.atPeak ?? 0,
    },
    decisions,
  );
  const monitor: MonitorAccount | null =
    isWatched && kind.exporter !== null ? { user: 'monitor', passwordSecret: `${name}-monitor-password` } : null;
  const backup = isHere ? backupAccount(uses) : null;
  const operatedAccounts = accounts.map(
    (account): OperatedAccount => ({
      service: account.service,
      user: account.user,
      secretName: account.secretName,
      uses: uses.filter(({ service }) => service === account.service).map(containerUse),
    }),
  );
  const containers = (
    isHere && !isOperated
      ? kind.container({
          name,
          hosts: runs === 'container' ? [name] : hostsOf({ name, namespace: backingNamespace(platform) }),
          version,
          class: size,
          cpuMillis: amounts.cpuMillis,
          memoryMiB: amounts.memoryMiB,
          connections: amounts.connections,
          adminSecret: `${name}-admin-password`,
          uses: uses.map(containerUse),
          monitor,
          backup,
        })
      : []
  ).map((container) => inCluster(container, runs));
  const made =
    monitor === null || kind.exporter === null
      ? null
      : kind.exporter({
          instance: name,
          host: runs === 'aws' ? `${name}.${facts.name}.${platform.name}.internal` : first.serverHost,
          port: first.port,
          runs,
          version,
          monitor,
          uses: uses.map(containerUse),
        });
  const exporter =
    made === null || made.container === null ? made : { ...made, container: inCluster(made.container, runs) };
  const recovery = planRecovery({
    ...{ uses, platform, facts, containers, decisions, containerUses: uses.map(containerUse) },
    amounts: { ...amounts, class: size, replicas },
  });
  const read = new Set(
    [
      ...[...containers, ...(exporter?.container == null ? [] : [exporter.container])],
      ...(recovery?.jobs ?? []).flatMap(({ stages }) => stages),
    ].flatMap(({ secretFiles }) =>
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
    host: first.serverHost,
    port: first.port,
    connections:
      connections === null || amounts.connections === null
        ? null
        : { limit: amounts.connections, reserved: kind.reservedConnections, ...connections },
    tuning:
      kind.tuning === null || runs === 'external'
        ? null
        : kind.tuning({
            ...{ memoryMiB: amounts.memoryMiB, cpuMillis: amounts.cpuMillis, connections: amounts.connections },
            uses: uses.map(({ use }) => use.need.parameters),
          }),
    pooling,
    poolingOffer: uses[0].binding.poolingOffer,
    protection: planProtection(first, platform, facts),
    uses: uses.map(usePlan),
    accounts,
    backupAccount:
      isOperated && recovery !== null && backup !== null && kind.operated?.savesByAccount
        ? { ...backup, secretName: `${name}-backup` }
        : null,
    monitorAccount: isOperated && monitor !== null ? { ...monitor, secretName: `${name}-monitor` } : null,
    streams: kind.streams,
    shared: declared?.shared ?? [],
    availability: availabilityOf(first, replicas),
    containers,
    objects: [
      ...(pooling === null || kind.pooler === null || !isOperated
        ? []
        : kind.pooler.objects({ ...pooling, instance: name, platform: platform.name })),
      ...(isOperated && kind.operated !== null
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
            monitor: monitor === null ? null : { user: monitor.user, secretName: `${name}-monitor` },
            backup: operatedBackup(uses, platform, facts),
          })
        : []),
    ],
    network: isOperated ? (kind.operated?.network ?? null) : null,
    podLabels: isHere ? { 'app.kubernetes.io/instance': name } : {},
    managed: planManaged({
      ...{ uses, platform, facts, recovery, decisions },
      ...{
        amounts: { ...amounts, class: size, storageMiB, highlyAvailable: isHighlyAvailable, pooled: pooling !== null },
      },
    }),
    recovery,
    exporter,
    secretSources: secretsOf(name, platform, facts, accounts).filter(
      ({ id }) =>
        read.has(id) ||
        (isOperated &&
          (id === monitor?.passwordSecret ||
            (kind.operated?.savesByAccount && id === backup?.passwordSecret) ||
            accounts.some(({ passwordSecret }) => passwordSecret === id))),
    ),
    panels: resourcePanels({
      name,
      kind: kind.kind,
      runs,
      values: uses.map(({ use }) => use.values),
      isExported: exporter !== null,
    }),
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
      : [planInstance([first, ...others], services, platform, facts, decisions.below(`instances.${name}`))];
  });
}
