// Alerts on what all services of a cluster share: quota, volumes, nodes.

import { decimal } from '../../../alerts/decimal';
import type { AlertDraft } from '../../../alerts/draft';
import { humanizePercentage } from '../../../alerts/humanize';
import { label, message, value } from '../../../alerts/message';
import { bothWays } from '../../../alerts/proofs';
import { query, run, say } from '../../../alerts/runbook-steps';
import { constantSeries, type Sample } from '../../../alerts/samples';
import { escapeRegex } from '../../../promql/escape';
import { aggregate, binary, equals, group, matches, select } from '../../../promql/expression';
import type { ObservabilityScope } from '../scope';

function quota({ namespace }: ObservabilityScope): AlertDraft {
  const amount = (type: 'used' | 'hard'): string =>
    aggregate('max', select('kube_resourcequota', [equals('namespace', namespace), equals('type', type)]), [
      'resource',
    ]);
  const share = binary(amount('used'), '/', group(binary(amount('hard'), '>', '0')));
  const series = (used: number): Sample[] => {
    const labels = { namespace, resourcequota: namespace, resource: 'limits.memory' };
    return [
      constantSeries('kube_resourcequota', { ...labels, type: 'used' }, used, 25),
      constantSeries('kube_resourcequota', { ...labels, type: 'hard' }, 100, 25),
    ];
  };
  return {
    name: 'quota-nearly-used',
    expr: binary(share, '>', '0.9'),
    forSeconds: 900,
    severity: 'warning',
    labels: {},
    summary: message`${value('percentage')} of the quota of ${label('resource')} is used`,
    description: message`${value('percentage')} of ${label('resource')} in ${namespace} is used for 15 minutes. At 100% no further pod starts, a rollout's surge among them.`,
    meaning:
      'The services scaled towards their maximum, or something runs in the namespace that the plan does not know.',
    diagnosis: [
      query('Share of each resource.', share),
      run('What is used.', `kubectl --namespace ${namespace} describe resourcequota`),
    ],
    mitigation: [
      say(
        'Raise the quota of the environment in the declaration; the sum of all services at their maximum is checked against it.',
      ),
    ],
    proofs: bothWays({
      name: 'more than 90% of the quota is used',
      minutes: 20,
      firing: series(95),
      quiet: series(80),
      shown: '95%',
      labels: { resource: 'limits.memory' },
    }),
  };
}

const volumeBounds = [
  { name: 'volume-nearly-full', below: '0.15', forSeconds: 1800, severity: 'warning', firing: 0.1 },
  { name: 'volume-full', below: '0.03', forSeconds: 60, severity: 'critical', firing: 0.02 },
] as const;

function volumes({ dataNamespace, monitoringNamespace }: ObservabilityScope): AlertDraft[] {
  const where = matches('namespace', [dataNamespace, monitoringNamespace].map(escapeRegex).join('|'));
  const by = ['namespace', 'persistentvolumeclaim'];
  const left = aggregate(
    'min',
    group(
      binary(
        select('kubelet_volume_stats_available_bytes', [where]),
        '/',
        select('kubelet_volume_stats_capacity_bytes', [where]),
      ),
    ),
    by,
  );
  const labels = { namespace: dataNamespace, persistentvolumeclaim: 'data-0' };
  const series = (available: number): Sample[] => [
    constantSeries('kubelet_volume_stats_available_bytes', labels, available, 45),
    constantSeries('kubelet_volume_stats_capacity_bytes', labels, 1000, 45),
  ];
  return volumeBounds.map(
    ({ name, below, forSeconds, severity, firing }): AlertDraft => ({
      name,
      expr: binary(left, '<', below),
      forSeconds,
      severity,
      labels: {},
      summary: message`Volume ${label('persistentvolumeclaim')} has ${value('percentage')} left`,
      description: message`${value('percentage')} of ${label('persistentvolumeclaim')} in ${label('namespace')} is free; a database whose disk is full stops.`,
      meaning:
        'Data or logs grow faster than planned, or something keeps them: a replication slot, an index, a backup.',
      diagnosis: [query('Free share of each volume.', left)],
      mitigation: [
        say(
          'Raise the storage of its kind, under backing in the declaration: the storage class grows volumes in place.',
        ),
      ],
      proofs: bothWays({
        name: `less than ${humanizePercentage(decimal(below))} is free`,
        minutes: 40,
        firing: series(firing * 1000),
        quiet: series(500),
        shown: humanizePercentage(decimal(firing)),
        labels,
      }),
    }),
  );
}

const nodeSteps = (): AlertDraft['diagnosis'] => [run('What the node says.', 'kubectl describe node')];

function nodes(): AlertDraft[] {
  const condition = 'kube_node_status_condition';
  const node = { node: 'ip-10-0-1-23' };
  const sample = (name: string, level: number): Sample =>
    constantSeries(condition, { ...node, condition: name, status: 'true' }, level, 25);
  return [
    {
      name: 'node-not-ready',
      expr: binary(
        aggregate('max', select(condition, [equals('condition', 'Ready'), equals('status', 'true')]), ['node']),
        '==',
        '0',
      ),
      forSeconds: 900,
      severity: 'critical',
      labels: {},
      summary: message`Node ${label('node')} is not ready`,
      description: message`The kubelet of ${label('node')} has not been ready for 15 minutes; its pods move away.`,
      meaning:
        'The machine is gone or overloaded, or its network is. What ran there starts elsewhere if there is room.',
      diagnosis: nodeSteps(),
      mitigation: [say('Drain and replace it. Look whether all services still have the replicas that they promise.')],
      proofs: bothWays({
        name: 'it is not ready for 15 minutes',
        minutes: 20,
        firing: [sample('Ready', 0)],
        quiet: [sample('Ready', 1)],
        shown: '0',
        labels: node,
      }),
    },
    {
      name: 'node-under-pressure',
      expr: binary(
        aggregate(
          'max',
          select(condition, [
            matches('condition', 'DiskPressure|MemoryPressure|PIDPressure'),
            equals('status', 'true'),
          ]),
          ['node', 'condition'],
        ),
        '==',
        '1',
      ),
      forSeconds: 600,
      severity: 'warning',
      labels: {},
      summary: message`Node ${label('node')} reports ${label('condition')}`,
      description: message`${label('node')} has been short for 10 minutes (${label('condition')}): the kubelet evicts pods.`,
      meaning: 'Images and logs fill the disk, or pods use more memory than they asked for.',
      diagnosis: nodeSteps(),
      mitigation: [say('Drain and replace it; look for pods without limits in the namespaces that are not ours.')],
      proofs: bothWays({
        name: 'a condition of pressure holds for 10 minutes',
        minutes: 15,
        firing: [sample('DiskPressure', 1)],
        quiet: [sample('DiskPressure', 0)],
        shown: '1',
        labels: { ...node, condition: 'DiskPressure' },
      }),
    },
  ];
}

export const clusterAlerts = (scope: ObservabilityScope): AlertDraft[] => [quota(scope), ...volumes(scope), ...nodes()];
