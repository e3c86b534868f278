// Decides who talks to whom among what watches a laptop, beside the targets that services and data stores are.
import type { PlatformFacts } from '../../../model/platform-facts';
import { traceServer } from '../../tracing';
import type { PlatformEdgePlan, ProxyPlan } from '../../types/platform';
import { logSetup, logStore } from './elastic';
import { proxyJob } from './targets';

const edge = (from: string, to: string, port: number, why: string): PlatformEdgePlan => ({
  from: { kind: 'platform', name: from },
  to: { kind: 'platform', name: to },
  port,
  protocol: 'TCP',
  components: [],
  by: 'platform',
  optional: true,
  why,
});

/** Ports are those of the containers: src/plan/platform/observability/{watchers,elastic}.ts. */
export function laptopWatchingEdges({ observability }: PlatformFacts, proxy: ProxyPlan): PlatformEdgePlan[] {
  const { metrics, dashboards, logging, tracing } = observability;
  if (metrics === 'none') return [];
  const measured: PlatformEdgePlan[] = [
    edge('prometheus', 'alertmanager', 9093, 'sends alerts, and reads its metrics'),
    ...(dashboards === 'none'
      ? []
      : [
          edge('prometheus', 'grafana', 3000, 'metrics of Grafana'),
          edge('grafana', 'prometheus', 9090, 'asks what the dashboards show'),
        ]),
    ...(proxy.exporter === null
      ? []
      : [
          edge('prometheus', proxyJob, proxy.exporter.port, 'metrics of the proxy'),
          edge(proxyJob, 'proxy', proxy.listen.status, 'reads the state of the proxy'),
        ]),
  ];
  const kept = logging !== 'none' || tracing !== 'none';
  return [
    ...measured,
    ...(kept
      ? [
          edge(logSetup, logStore, 9200, 'makes accounts, rights and the life of indices'),
          edge('logs-kibana', logStore, 9200, 'shows logs and traces'),
        ]
      : []),
    ...(logging === 'none' ? [] : [edge('logs-filebeat', logStore, 9200, 'writes logs')]),
    ...(tracing === 'none' ? [] : [edge(traceServer, logStore, 9200, 'writes traces')]),
  ];
}
