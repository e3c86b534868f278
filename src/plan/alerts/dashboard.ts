// Decides the dashboard of a service: golden signals, objectives, saturation and the resources that it needs.
import { aggregate, over, quantile, select } from '../promql/expression';
import type { DashboardPlan, WorkloadPlan } from '../types';
import { businessMeasure } from './business';
import { consumerLag } from './consumer-lag';
import { alertName } from './draft';
import type { AlertInput, MetricsInput } from './input';
import { measurePanels } from './measure-panels';
import { budgetLeft, currentBurnRate, type ObjectiveRules } from './objective-rules';
import { critical, laidOut, type Panel, panel, type Topic, warning } from './panel-layout';
import { readyPods } from './pods';
import { badShare, requestMatchers } from './request-ratio';
import { containerMatchers, eventLoopLag, heapUsed, lagBoundText, throttledShare, workingSet } from './saturation';

const bytesPerMiB = 1_048_576;

/** Title of the row that shows what the team declared under `alerts`. */
export const declaredAlertsRow = 'Declared alerts';

export function dashboard(input: AlertInput, rules: readonly ObjectiveRules[]): DashboardPlan {
  const topics: readonly Topic[] = [
    { title: 'Requests', panels: requestPanels(input) },
    { title: 'Objectives', panels: rules.flatMap((objective) => objectivePanels(objective)) },
    { title: declaredAlertsRow, panels: businessPanels(input) },
    ...input.workloads.map((workload) => ({
      title: `Saturation: ${workload.name}`,
      panels: workloadPanels(input, workload),
    })),
    ...input.bindings.map((binding) => ({ title: `Needs: ${binding.instance}`, panels: measurePanels(binding) })),
  ];
  return {
    uid: input.dashboardUid,
    title: `${input.service} (${input.environment})`,
    tags: [input.platform, input.service, input.environment],
    rows: laidOut(topics),
  };
}

function requestPanels(input: AlertInput): Panel[] {
  const { metrics } = input;
  if (metrics === null) return [];
  const { throughputPerSecond, latency } = input.objectives;
  const bucket = select(`${metrics.histogram}_bucket`, requestMatchers(input, metrics));
  const byStatus = aggregate(
    'sum',
    over('rate', select(`${metrics.histogram}_count`, requestMatchers(input, metrics)), 300),
    [metrics.statusLabel],
  );
  const tightest = latency.map(({ thresholdSeconds }) => thresholdSeconds).sort((a, b) => a - b)[0];
  return [
    panel({
      title: 'Traffic',
      description: 'Requests of users each second, probes left out. The line is the declared throughput.',
      unit: 'requests-per-second',
      queries: [{ expr: byStatus, legend: `{{${metrics.statusLabel}}}` }],
      thresholds: throughputPerSecond === null ? [] : [warning(throughputPerSecond)],
    }),
    panel({
      title: 'Errors',
      description: 'Share of requests with a server error.',
      unit: 'ratio',
      queries: [{ expr: badShare(input, metrics, { kind: 'availability' }, 300), legend: 'server errors' }],
    }),
    panel({
      title: 'Latency',
      description:
        'Time within which half, 95 % and 99 % of the requests are answered. The line is the tightest promise.',
      unit: 'seconds',
      queries: ['0.5', '0.95', '0.99'].map((share) => ({
        expr: quantile(share, bucket, 300),
        legend: `p${share.slice(2).padEnd(2, '0')}`,
      })),
      thresholds: tightest === undefined ? [] : [warning(tightest)],
    }),
  ];
}

function objectivePanels(rules: ObjectiveRules): Panel[] {
  const days = rules.input.objectives.periodDays;
  return [
    panel({
      kind: 'stat',
      title: `${rules.name}: budget left`,
      description: `Share of the error budget of ${days} days that is left; the objective is ${rules.objectiveText}.`,
      unit: 'ratio',
      queries: [{ expr: budgetLeft(rules), legend: rules.name }],
      thresholds: [critical(0), warning(0.25)],
      lowIsBad: true,
    }),
    panel({
      title: `${rules.name}: burn rate`,
      description:
        'How many times faster than allowed the budget burns; the lines are where a ticket is made and where somebody is paged.',
      unit: 'count',
      queries: [{ expr: currentBurnRate(rules), legend: rules.name }],
      thresholds: (['warning', 'critical'] as const).flatMap((severity) => {
        const factors = rules.alive
          .filter((rate) => rate.severity === severity)
          .map(({ factorText }) => Number(factorText));
        return factors.length === 0 ? [] : [{ value: Math.min(...factors), state: severity }];
      }),
    }),
    panel({
      title: `${rules.name}: bad requests`,
      description: 'Share of bad requests over five minutes.',
      unit: 'ratio',
      queries: [{ expr: badShare(rules.input, rules.metrics, rules.measured, 300), legend: rules.name }],
      thresholds: [warning(Number(rules.budgetText))],
    }),
  ];
}

function businessPanels(input: AlertInput): Panel[] {
  return input.business.flatMap((alert) => {
    const measure = businessMeasure(input, alert);
    if (measure === null) return [];
    return [
      panel({
        title: alertName(alert.name),
        description: `${alert.expression}; the line is where it alerts.`,
        unit: measure.isShare ? 'ratio' : 'count',
        queries: [{ expr: measure.expr, legend: alert.name }],
        thresholds: [alert.severity === 'critical' ? critical(measure.bound) : warning(measure.bound)],
        lowIsBad: measure.lowIsBad,
      }),
    ];
  });
}

function workloadPanels(input: AlertInput, workload: WorkloadPlan): Panel[] {
  const { limit } = workload.resources;
  const cpu = aggregate(
    'sum',
    over('rate', select('container_cpu_usage_seconds_total', containerMatchers(input, workload)), 300),
    ['pod'],
  );
  const restarts = aggregate(
    'sum',
    over('increase', select('kube_pod_container_status_restarts_total', containerMatchers(input, workload)), 3600),
    ['pod'],
  );
  return [
    panel({
      title: 'Ready pods',
      description: `Between ${workload.scale.minReplicas} and ${workload.scale.maxReplicas} are planned.`,
      unit: 'count',
      queries: [{ expr: readyPods(input, workload), legend: 'ready' }],
    }),
    panel({
      title: 'CPU',
      description: 'Cores used by each pod; the line is the limit.',
      unit: 'cores',
      queries: [{ expr: cpu, legend: '{{pod}}' }],
      thresholds: [warning(limit.cpuMillis / 1000)],
    }),
    panel({
      title: 'CPU throttling',
      description: 'Share of the periods in which a pod wanted more than its limit.',
      unit: 'ratio',
      queries: [{ expr: throttledShare(input, workload), legend: '{{pod}}' }],
      thresholds: [warning(0.25)],
    }),
    panel({
      title: 'Memory',
      description: 'Working set of each pod; the lines are 90 % of the limit and the limit.',
      unit: 'bytes',
      queries: [{ expr: workingSet(input, workload), legend: '{{pod}}' }],
      thresholds: [warning(limit.memoryMiB * bytesPerMiB * 0.9), critical(limit.memoryMiB * bytesPerMiB)],
    }),
    ...runtimePanels(input, input.metrics, workload),
    panel({
      title: 'Restarts',
      description: 'Restarts of each pod in an hour.',
      unit: 'count',
      queries: [{ expr: restarts, legend: '{{pod}}' }],
      thresholds: [warning(3)],
    }),
    ...lagPanels(input, workload),
  ];
}

function runtimePanels(input: AlertInput, metrics: MetricsInput | null, workload: WorkloadPlan): Panel[] {
  if (metrics === null || workload.metricsPath === null) return [];
  const heapBytes = workload.heapMiB === null ? null : workload.heapMiB * bytesPerMiB;
  return [
    panel({
      title: 'Heap',
      description: 'JavaScript heap of each pod; the lines are 85 % of its limit and the limit.',
      unit: 'bytes',
      queries: [{ expr: heapUsed(input, workload, metrics.library), legend: '{{pod}}' }],
      thresholds: heapBytes === null ? [] : [warning(heapBytes * 0.85), critical(heapBytes)],
    }),
    panel({
      title: 'Event loop lag',
      description: 'Delay of the slowest 1 % of the turns of the event loop.',
      unit: 'seconds',
      queries: [{ expr: eventLoopLag(input, workload, metrics.library), legend: '{{pod}}' }],
      thresholds: [warning(Number(lagBoundText(input)))],
    }),
  ];
}

function lagPanels(input: AlertInput, workload: WorkloadPlan): Panel[] {
  return workload.scale.signals.flatMap((signal) =>
    signal.kind === 'kafka-lag'
      ? [
          panel({
            title: 'Consumer lag',
            description: 'Messages that wait; the line is what all replicas are meant for.',
            unit: 'count',
            queries: [{ expr: consumerLag(input, workload), legend: signal.consumerGroup }],
            thresholds: [warning(signal.messagesPerReplica * workload.scale.maxReplicas)],
          }),
        ]
      : [],
  );
}
