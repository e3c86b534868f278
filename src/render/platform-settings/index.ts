// Turns the plan into platform/settings.md: every tuned setting with its value, its formula, what went in, and that the memory fits.
import type { Tuned } from '../../catalog/tuned';
import type { Decision, ServicePlan } from '../../plan/types';
import type { BackingInstancePlan, LaptopPlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';

/** Decisions about one process of Node.js, by the end of their path. */
const processSettings: Readonly<Record<string, string>> = {
  heapMiB: '--max-old-space-size',
  semiSpaceMiB: '--max-semi-space-size',
  dnsResultOrder: '--dns-result-order',
  threadPoolSize: 'UV_THREADPOOL_SIZE',
};

function tunedView(title: string, size: string, memoryMiB: number, { settings, memory }: Tuned): object {
  const sum = memory.reduce((total, { mebibytes }) => total + mebibytes, 0);
  return {
    title,
    size,
    settings,
    memory: memory.length === 0 ? null : { terms: memory, sum, limit: memoryMiB },
  };
}

const instanceView = (instance: BackingInstancePlan, tuning: Tuned): object => {
  const { name, title, version, class: size, cpuMillis, memoryMiB, connections, pooling } = instance;
  const accepted = connections === null ? '' : `, ${connections.limit} connections`;
  const lent =
    pooling === null
      ? ''
      : `; ${pooling.title} before it lends at most ${pooling.processes} processes × ${pooling.pools} pools × ${pooling.poolSize} = ${pooling.processes * pooling.pools * pooling.poolSize} of them`;
  return tunedView(
    `${name}: ${title} ${version}`,
    `class ${size}: ${cpuMillis}m of CPU, ${memoryMiB} MiB of memory${accepted}${lent}`,
    memoryMiB,
    tuning,
  );
};

const instanceViews = (instances: readonly BackingInstancePlan[]): object[] =>
  instances.flatMap((instance) => (instance.tuning === null ? [] : [instanceView(instance, instance.tuning)]));

function processViews(services: readonly ServicePlan[], environment: string): object[] {
  return services.flatMap(({ decisions }) => {
    const prefix = `environments.${environment}.workloads.`;
    return decisions.flatMap((decision: Decision) => {
      const { path, value, unit, why, from, source } = decision;
      const [workload, field] = path.startsWith(prefix) ? path.slice(prefix.length).split('.') : [];
      const setting = field === undefined ? undefined : processSettings[field];
      if (workload === undefined || setting === undefined) return [];
      return [
        {
          workload,
          setting,
          value: unit === null ? String(value) : `${value} ${unit}`,
          formula: why,
          from: from ?? 'a rule',
          source: source ?? '',
        },
      ];
    });
  });
}

function proxyViews(laptops: readonly LaptopPlan[], environment: string): object[] {
  return laptops
    .filter(({ name }) => name === environment)
    .map(({ proxy }) =>
      tunedView(
        'proxy: nginx',
        `${proxy.limit.cpuMillis}m of CPU, ${proxy.limit.memoryMiB} MiB of memory`,
        proxy.limit.memoryMiB,
        proxy.tuning,
      ),
    );
}

export function renderPlatformSettings(plan: PlatformPlan, services: readonly ServicePlan[]): readonly GeneratedFile[] {
  const inClusters = new Set(plan.clusters.map(({ name }) => name));
  const laptops = plan.laptops.filter(({ name }) => !inClusters.has(name));
  const environments = [
    ...laptops.map(({ name, instances }) => ({
      name,
      servers: [...instanceViews(instances), ...proxyViews(plan.laptops, name)],
      processes: processViews(services, name),
    })),
    ...plan.clusters.map(({ name, instances }) => ({
      name,
      servers: instanceViews(instances),
      processes: processViews(services, name),
    })),
  ];
  return [
    {
      path: 'platform/settings.md',
      at: 'repository',
      body: renderTemplate('platform-settings/settings.md', {
        declaration: plan.identity.declaration,
        environments,
      }),
      comment: 'html',
      executable: false,
    },
  ];
}
