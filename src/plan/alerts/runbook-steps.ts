// Steps of the runbook with the names of this environment filled in.
import { aggregate, highest, over, quantile, select } from '../promql/expression';
import type { RunbookStep, WorkloadPlan } from '../types';
import type { AlertInput, MetricsInput } from './input';
import { requestMatchers, requestRate, serverErrors } from './request-ratio';

export const say = (text: string): RunbookStep => ({ text, code: null, language: null });
export const run = (text: string, code: string): RunbookStep => ({ text, code, language: 'sh' });
export const query = (text: string, code: string): RunbookStep => ({ text, code, language: 'promql' });

export const kubectl = (input: AlertInput, command: string): string =>
  `kubectl --namespace ${input.namespace} ${command}`;

/** The pods of a workload carry its name as this label. */
const selector = (name: string): string => `--selector app.kubernetes.io/instance=${name}`;

export const lookAtPods = (input: AlertInput, name: string): RunbookStep[] => [
  run('State of the pods, and where they run.', kubectl(input, `get pods ${selector(name)} --output wide`)),
  run('Events: failed probes, failed scheduling, kills.', kubectl(input, `describe pods ${selector(name)}`)),
];

export const readLog = (input: AlertInput, name: string): RunbookStep =>
  run('The log of all its pods.', kubectl(input, `logs ${selector(name)} --all-containers --since 1h --prefix`));

export const readPreviousLog = (input: AlertInput, name: string): RunbookStep =>
  run(
    'The log of the container before its last restart.',
    kubectl(input, `logs ${selector(name)} --previous --tail 100 --prefix`),
  );

export const usesArgoRollouts = (workload: WorkloadPlan): boolean => workload.rollout.strategy !== 'rolling';

export function rollBack(input: AlertInput, workload: WorkloadPlan): RunbookStep {
  const command = usesArgoRollouts(workload)
    ? `kubectl argo rollouts undo ${workload.name} --namespace ${input.namespace}`
    : kubectl(input, `rollout undo deployment/${workload.name}`);
  return run(
    'Roll back to the version before. Revert the change in git too, or the next deployment brings it again.',
    command,
  );
}

export function rolloutStatus(input: AlertInput, workload: WorkloadPlan): RunbookStep {
  const command = usesArgoRollouts(workload)
    ? `kubectl argo rollouts get rollout ${workload.name} --namespace ${input.namespace}`
    : kubectl(input, `rollout status deployment/${workload.name} --timeout 10s`);
  return run('How far the newest release is.', command);
}

const web = (input: AlertInput): WorkloadPlan | undefined =>
  input.workloads.find(({ component }) => component === 'web');

export function mendRelease(input: AlertInput): RunbookStep[] {
  const workload = web(input);
  if (workload === undefined) return [];
  return [
    run(
      'When did the last release begin? A cause that began with a release ends with it.',
      kubectl(input, `get replicasets ${selector(workload.name)} --sort-by .metadata.creationTimestamp`),
    ),
    rollBack(input, workload),
    say(
      'Without a release: look at the resources that the service needs, on its dashboard, and at the services that it calls.',
    ),
  ];
}

export const lookAtErrors = (input: AlertInput, metrics: MetricsInput): RunbookStep[] => [
  query(
    'Which routes fail?',
    highest(
      5,
      aggregate(
        'sum',
        over(
          'rate',
          select(`${metrics.histogram}_count`, [...requestMatchers(input, metrics), serverErrors(metrics)]),
          300,
        ),
        [metrics.routeLabel],
      ),
    ),
  ),
  query('How many requests fail each second?', requestRate(input, metrics, 300, [serverErrors(metrics)])),
  readLog(input, input.service),
];

export const lookAtSlowness = (input: AlertInput, metrics: MetricsInput): RunbookStep[] => [
  query(
    'Which routes are slow?',
    highest(
      5,
      quantile('0.95', select(`${metrics.histogram}_bucket`, requestMatchers(input, metrics)), 300, [
        metrics.routeLabel,
      ]),
    ),
  ),
  query(
    'How slow is it as a whole?',
    quantile('0.95', select(`${metrics.histogram}_bucket`, requestMatchers(input, metrics)), 300),
  ),
  run('Are the pods short of CPU or memory?', kubectl(input, `top pods ${selector(input.service)} --containers`)),
];
