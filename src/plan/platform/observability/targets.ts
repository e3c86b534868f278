// Decides what Prometheus reads on a laptop, and which components of a cluster it needs beside services and exporters.
import { examplePod } from '../../promql/workload-pods';
import type {
  ClusterPlan,
  ComponentMonitorPlan,
  LaptopPlan,
  ReadPodsPlan,
  ScrapeTargetPlan,
} from '../../types/platform';

/** Jobs of the watching servers themselves; both serve metrics at /metrics. */
export const ownJobs = [
  { job: 'alertmanager', port: 9093 },
  { job: 'grafana', port: 3000 },
  { job: 'prometheus', port: 9090 },
] as const;

/** Job of the proxy's exporter, and its host. */
export const proxyJob = 'proxy-exporter';

function serviceTargets({ services }: LaptopPlan): ScrapeTargetPlan[] {
  return services.flatMap(({ environment }) =>
    environment.workloads.flatMap(({ name, port, metricsPath }): ScrapeTargetPlan[] => {
      const { metrics } = environment.monitoring;
      if (port === null || metricsPath === null || metrics === null) return [];
      return [
        {
          job: metrics.job,
          host: name,
          port,
          path: metricsPath,
          // Rules and dashboards select by what a cluster gives: a container is the one pod of its workload.
          labels: { namespace: environment.namespace, pod: examplePod(name, 0) },
          why: `http.metrics of ${name}`,
        },
      ];
    }),
  );
}

const exporterTargets = ({ instances }: LaptopPlan): ScrapeTargetPlan[] =>
  instances.flatMap(({ name, exporter }) =>
    exporter === null
      ? []
      : [
          {
            job: exporter.host,
            host: exporter.host,
            port: exporter.port,
            path: exporter.path,
            labels: { service: name },
            why: `${name} speaks its own protocol: its exporter is read, never its own port`,
          },
        ],
  );

const watcherTarget = (job: string, host: string, port: number): ScrapeTargetPlan => ({
  job,
  host,
  port,
  path: '/metrics',
  labels: {},
  why: `${job}: who watches is watched`,
});

export function laptopTargets(laptop: LaptopPlan, hasDashboards: boolean): ScrapeTargetPlan[] {
  const { exporter } = laptop.proxy;
  return [
    ...ownJobs
      .filter(({ job }) => job !== 'grafana' || hasDashboards)
      // Prometheus reads itself without leaving its container.
      .map(({ job, port }) => watcherTarget(job, job === 'prometheus' ? 'localhost' : job, port)),
    ...(exporter === null ? [] : [watcherTarget(proxyJob, proxyJob, exporter.port)]),
    ...exporterTargets(laptop),
    ...serviceTargets(laptop),
  ];
}

/** Components by the prefix of their metrics; where each one's own manifests put it. */
const components: readonly (ComponentMonitorPlan & { readonly prefix: string })[] = [
  {
    prefix: 'argocd_',
    name: 'argocd-metrics',
    namespace: 'argocd',
    labels: { 'app.kubernetes.io/name': 'argocd-application-controller' },
    port: 8082,
    keepsLabels: false,
    why: 'Whether what runs is what git says.',
  },
  {
    prefix: 'rollout_',
    name: 'argo-rollouts',
    namespace: 'argo-rollouts',
    labels: { 'app.kubernetes.io/name': 'argo-rollouts' },
    port: 8090,
    keepsLabels: false,
    why: 'Whether canaries and blue-green releases come to their end.',
  },
  {
    prefix: 'certmanager_',
    name: 'cert-manager',
    namespace: 'cert-manager',
    labels: { 'app.kubernetes.io/name': 'cert-manager', 'app.kubernetes.io/component': 'controller' },
    port: 9402,
    keepsLabels: false,
    why: 'When certificates end and whether they are renewed.',
  },
  {
    prefix: 'keda_',
    name: 'keda-operator',
    namespace: 'keda',
    labels: { app: 'keda-operator' },
    port: 8080,
    keepsLabels: false,
    why: 'The lag that workers are scaled by.',
  },
  {
    prefix: 'kube_',
    name: 'kube-state-metrics',
    namespace: 'kube-system',
    labels: { 'app.kubernetes.io/name': 'kube-state-metrics' },
    port: 8080,
    keepsLabels: true,
    why: 'State of pods, deployments, jobs, quotas and nodes.',
  },
];

/** Metrics of the kubelet and of cAdvisor inside it: every node has them. */
export const kubeletPrefixes = ['kubelet_', 'container_'] as const;

/** Prefixes of what only a cluster has. */
export const clusterPrefixes: readonly string[] = [...components.map(({ prefix }) => prefix), ...kubeletPrefixes];

/** The components whose metrics any of these names is of. */
export const componentsFor = (metrics: readonly string[]): ComponentMonitorPlan[] =>
  components
    .filter(({ prefix }) => metrics.some((metric) => metric.startsWith(prefix)))
    .map(({ prefix: _, ...component }) => component);

/** What the declared edges let Prometheus read, by the labels that services, instances and exporters have. */
export function podsToRead({ edges, instances, namespace, dataNamespace }: ClusterPlan): ReadPodsPlan[] {
  const fromPrometheus = edges.filter(({ from }) => from.kind === 'platform' && from.name === 'prometheus');
  return fromPrometheus.map(({ to, port, why }) => {
    if (to.kind === 'service') return { namespace, labels: { 'app.kubernetes.io/name': to.name }, port, why };
    const labels = instances.find(({ name }) => name === to.name)?.podLabels;
    return { namespace: dataNamespace, labels: labels ?? { 'app.kubernetes.io/instance': to.name }, port, why };
  });
}
