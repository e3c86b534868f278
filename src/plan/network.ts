// Decides every allowed edge of the network, in both directions. What no edge names is denied.
import type { EnvironmentFacts, PlatformFacts } from '../model/platform-facts';
import type { ServiceSettings } from '../model/settings';
import { backingNamespace, type Use } from './bindings';
import { isTraced, tracePods, tracePort } from './tracing';
import type { NetworkEdge, NetworkPlan } from './types';

type Component = NetworkEdge['components'][number];

// RFC 1918 and link-local: "outside" must reach neither neighbours nor the instance metadata service.
export const privateRanges = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];
// https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
export const podIdentityAgent = '169.254.170.23/32';

/** Where Prometheus runs. */
export const monitoringNamespace = 'monitoring';

/** Label that a caller's pods carry, one per called service; the callee admits pods with its own. */
export const callLabel = (service: string): string => `groundwork.daorsagro.com/calls-${service}`;

const tcp = (port: number | string): NetworkEdge['ports'] => [{ port, protocol: 'TCP' }];

function componentsOf(settings: ServiceSettings): Component[] {
  const components: Component[] = [];
  if (settings.http !== null || settings.runtime.static !== null) components.push('web');
  if (settings.workers.length > 0) components.push('worker');
  if (settings.jobs.length > 0) components.push('job');
  if (settings.migration !== null) components.push('migration');
  return components;
}

function needEdge(use: Use, platform: PlatformFacts, components: readonly Component[]): NetworkEdge {
  const common = { name: use.need.key, ports: tcp(use.port), components, hosts: use.host === '' ? [] : [use.host] };
  const reach = use.kind.reach[use.runs];
  if (reach === 'pods') {
    return {
      ...common,
      hosts: [],
      peer: {
        kind: 'pods',
        namespace: use.runs === 'container' ? null : backingNamespace(platform),
        labels: { 'app.kubernetes.io/instance': use.instance },
      },
      why: `needs.${use.need.key}: ${use.kind.title}`,
    };
  }
  if (reach === 'network') {
    return {
      ...common,
      peer: { kind: 'addresses', cidr: platform.network, except: [] },
      why: `needs.${use.need.key}: ${use.kind.title} managed by AWS, in the private network`,
    };
  }
  return {
    ...common,
    peer: { kind: 'addresses', cidr: '0.0.0.0/0', except: privateRanges },
    why: `needs.${use.need.key}: ${use.kind.title} outside the cluster`,
  };
}

function egress(
  settings: ServiceSettings,
  platform: PlatformFacts,
  environment: EnvironmentFacts,
  uses: readonly Use[],
  podRole: boolean,
): NetworkEdge[] {
  const components = componentsOf(settings);
  const edges: NetworkEdge[] = [];
  if (environment.runs === 'kubernetes') {
    edges.push({
      name: 'dns',
      peer: { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
      components,
      why: 'names of everything else',
      hosts: [],
    });
  }
  // A static site calls nobody: the browser does.
  if (settings.runtime.static !== null) return edges;
  edges.push(...uses.map((use) => needEdge(use, platform, components)));
  edges.push(
    ...settings.calls.map(
      (call): NetworkEdge => ({
        name: call.name,
        peer: {
          kind: 'pods',
          namespace: null,
          labels: { 'app.kubernetes.io/name': call.name, 'app.kubernetes.io/component': 'web' },
        },
        ports: tcp(call.port ?? platform.servicePorts[call.name] ?? 'http'),
        components,
        why: `needs.services: calls ${call.name}`,
        hosts: [],
      }),
    ),
  );
  if (isTraced(settings, platform)) {
    edges.push({
      name: 'tracing',
      peer: { kind: 'pods', namespace: monitoringNamespace, labels: tracePods },
      ports: tcp(tracePort),
      components,
      why: 'observability.tracing: traces are sent to the APM server',
      hosts: [],
    });
  }
  if (settings.outside.length > 0) {
    const ports = [...new Set(settings.outside.map((origin) => Number(/:([0-9]+)$/.exec(origin)?.[1] ?? 443)))].sort(
      (a, b) => a - b,
    );
    edges.push({
      name: 'outside',
      peer: { kind: 'addresses', cidr: '0.0.0.0/0', except: privateRanges },
      ports: ports.map((port) => ({ port, protocol: 'TCP' })),
      components,
      why: 'needs.http: a NetworkPolicy knows addresses, not names, so every public address on these ports is open',
      hosts: settings.outside.map((origin) => origin.replace('https://', '')),
    });
  }
  if (podRole && environment.runs === 'kubernetes') {
    edges.push({
      name: 'pod-identity',
      peer: { kind: 'addresses', cidr: podIdentityAgent, except: [] },
      ports: tcp(80),
      components,
      why: 'the EKS Pod Identity agent gives the pod its credentials',
      hosts: [],
    });
  }
  return edges;
}

function ingress(settings: ServiceSettings, platform: PlatformFacts, environment: EnvironmentFacts): NetworkEdge[] {
  const port = settings.http?.port ?? (settings.runtime.static === null ? null : 8080);
  if (environment.runs !== 'kubernetes' || port === null) return [];
  const edges: NetworkEdge[] = [
    {
      name: 'callers',
      peer: { kind: 'pods', namespace: null, labels: { [callLabel(settings.name)]: 'true' } },
      ports: tcp(port),
      components: ['web'],
      why: 'services that declare in needs.services that they call this one',
      hosts: [],
    },
  ];
  if (settings.http?.public != null) {
    edges.push({
      name: 'gateway',
      peer: { kind: 'namespace', namespace: platform.gateway.namespace },
      ports: tcp(port),
      components: ['web'],
      why: 'http.public: requests from the internet come through the gateway',
      hosts: [],
    });
  }
  if (settings.http?.metrics != null) {
    edges.push({
      name: 'scrape',
      peer: { kind: 'pods', namespace: monitoringNamespace, labels: { 'app.kubernetes.io/name': 'prometheus' } },
      ports: tcp(port),
      components: ['web'],
      why: 'http.metrics: Prometheus reads them',
      hosts: [],
    });
  }
  return edges;
}

export function planNetwork(
  settings: ServiceSettings,
  platform: PlatformFacts,
  environment: EnvironmentFacts,
  uses: readonly Use[],
  podRole: boolean,
): NetworkPlan {
  return {
    ingress: ingress(settings, platform, environment),
    egress: egress(settings, platform, environment, uses, podRole),
    callLabels: Object.fromEntries(settings.calls.map((call) => [callLabel(call.name), 'true'])),
  };
}
