// Refuses promises that the output cannot keep: availability, latency, recovery, alerts.
import { spellDuration } from '../model/quantities';
import type { DeadAlertReason, EnvironmentPlan, ServicePlan } from '../plan/types';
import { type Finding, inClusters, type Refusal } from './refusal';

/** The environment that the promises are made for: the last one, which a person approves. */
const promised = (plan: ServicePlan): readonly EnvironmentPlan[] => {
  const gated = new Set(plan.delivery.stages.filter((stage) => stage.gated).map((stage) => stage.environment));
  return plan.environments.filter(({ name }) => gated.has(name));
};

const availabilityNeedsReplicas: Refusal = {
  code: 'availability-needs-replicas',
  severity: 'error',
  title: 'An availability of 99% or more from one replica',
  why: 'One replica is away whenever its node is drained or its pod is replaced.',
  check: (plan) =>
    promised(plan).flatMap((environment): Finding[] => {
      const { availability } = environment.promises;
      const web = environment.workloads.find(({ component }) => component === 'web');
      if (
        availability === null ||
        web === undefined ||
        Number(availability.slice(0, -1)) < 99 ||
        web.scale.minReplicas >= 2
      )
        return [];
      const minutes = Number(((1 - Number(availability.slice(0, -1)) / 100) * 30 * 24 * 60).toFixed(1));
      return [
        {
          environment: environment.name,
          path: ['objectives', 'availability'],
          message: `${availability} over 30 days allows ${minutes} minutes without an answer, but scale.min is ${web.scale.minReplicas}: each drained node and each eviction takes the only replica away.`,
          fix: 'Raise scale.min to 2.',
        },
      ];
    }),
};

const latencyExceedsTimeout: Refusal = {
  code: 'latency-exceeds-timeout',
  severity: 'error',
  title: 'A promised latency above the request timeout',
  why: 'Every request that takes so long has failed by then: the promise says nothing.',
  check: (plan) =>
    inClusters(plan, ({ promises, requests }) =>
      promises.latency.flatMap(({ percentile, thresholdSeconds }) =>
        requests !== null && thresholdSeconds > requests.timeoutSeconds
          ? [
              {
                path: ['objectives', 'latency', `p${percentile}`],
                message: `p${percentile} is ${spellDuration(thresholdSeconds)}, but http.timeout ends a request after ${spellDuration(requests.timeoutSeconds)}.`,
                fix: `Raise http.timeout above ${spellDuration(thresholdSeconds)}, or promise less.`,
              },
            ]
          : [],
      ),
    ),
};

const drainShorterThanTimeout: Refusal = {
  code: 'drain-shorter-than-timeout',
  severity: 'error',
  title: 'A drain shorter than the longest request',
  why: 'A rollout then cuts off requests that the timeout still allows.',
  check: (plan) =>
    inClusters(plan, ({ requests }) =>
      requests !== null && requests.drainSeconds < requests.timeoutSeconds
        ? [
            {
              path: ['http', 'drain'],
              message: `http.drain is ${spellDuration(requests.drainSeconds)}, but a request may take ${spellDuration(requests.timeoutSeconds)} (http.timeout).`,
              fix: `Raise http.drain to ${spellDuration(requests.timeoutSeconds)}, or lower http.timeout.`,
            },
          ]
        : [],
    ),
};

const rpoUnreachable: Refusal = {
  code: 'rpo-unreachable',
  severity: 'error',
  title: 'A recovery point that the backups cannot reach',
  why: 'What was written after the newest backup is lost: a schedule cannot give a shorter loss than its interval.',
  check: (plan) =>
    promised(plan).flatMap((environment) =>
      environment.bindings.flatMap((binding): Finding[] => {
        const rpo = environment.recovery?.rpoSeconds ?? null;
        const reach = binding.recoveryPointSeconds;
        if (rpo === null || reach === null || reach <= rpo) return [];
        return [
          {
            environment: environment.name,
            path: ['recovery', 'rpo'],
            message: `an RPO of ${spellDuration(rpo)} is promised, but ${binding.kind} "${binding.key}" is backed up by ${binding.recoveryMethod}: up to ${spellDuration(reach)} can be lost.`,
            fix: `Promise at least ${spellDuration(reach)}, or let another resource hold what must not be lost.`,
          },
        ];
      }),
    ),
};

const rtoUnreachable: Refusal = {
  code: 'rto-unreachable',
  severity: 'error',
  title: 'A recovery time shorter than a restore',
  why: 'Data flows no faster in a disaster.',
  check: (plan) =>
    promised(plan).flatMap((environment) =>
      environment.bindings.flatMap((binding): Finding[] => {
        const rto = environment.recovery?.rtoSeconds ?? null;
        if (rto === null || binding.restoreSeconds === null || binding.restoreSeconds <= rto) return [];
        return [
          {
            environment: environment.name,
            path: ['recovery', 'rto'],
            message: `an RTO of ${spellDuration(rto)} is promised, but restoring ${binding.dataSizeGiB} GiB of ${binding.kind} "${binding.key}" takes ${spellDuration(binding.restoreSeconds)}.`,
            fix: `Promise at least ${spellDuration(binding.restoreSeconds)}, or lower needs.${binding.key}.dataSize if there is less.`,
          },
        ];
      }),
    ),
};

/** Each reason why an alert could never fire is a refusal of its own. A bucket is never missing: the plan adds one for each bound. */
const deadAlerts: Readonly<
  Record<
    Exclude<DeadAlertReason, 'bucket-missing'>,
    { readonly code: string; readonly title: string; readonly why: string; readonly fix: string }
  >
> = {
  'burn-rate-impossible': {
    code: 'burn-rate-impossible',
    title: 'An objective so low that its alert can never fire',
    why: 'The alert asks for a share of failed requests above 100%.',
    fix: 'Promise more, or leave the objective out.',
  },
  'traffic-too-low': {
    code: 'traffic-too-low',
    title: 'So little traffic that an alert can never fire',
    why: 'The window never holds enough requests to say anything about a share.',
    fix: 'Declare the throughput at the peak, or promise less.',
  },
  'bound-out-of-range': {
    code: 'bound-out-of-range',
    title: 'A bound that can never be crossed',
    why: 'A share stays between 0% and 100%, a count above 0.',
    fix: 'Choose a bound that the measure can cross.',
  },
  'bound-unit': {
    code: 'bound-unit',
    title: 'A bound in a unit that the measure does not have',
    why: 'A share is a percentage, a rate is per unit of time.',
    fix: 'Write a percentage for a share, and /s, /min or /h for a rate.',
  },
  'expression-malformed': {
    code: 'expression-malformed',
    title: 'An alert on something that is no metric',
    why: 'Only a metric, or the share of two, can be watched.',
    fix: 'Give exactly one of ratio, rate and value, and exactly one of above and below.',
  },
  'metrics-missing': {
    code: 'metrics-missing',
    title: 'A promise about metrics that the service does not serve',
    why: 'Nothing is there to measure the promise with: the alert would stay silent for ever.',
    fix: 'Declare http.metrics: /metrics, and serve them.',
  },
  'name-taken': {
    code: 'alert-name-taken',
    title: 'Two alerts of one name',
    why: 'The runbook could not tell them apart.',
    fix: 'Rename the declared alert.',
  },
};

const deadAlertRefusals = (Object.keys(deadAlerts) as (keyof typeof deadAlerts)[]).map(
  (reason): Refusal => ({
    ...deadAlerts[reason],
    severity: 'error',
    check: (plan) =>
      inClusters(plan, ({ monitoring }) => {
        const dead = monitoring.neverFires.filter((found) => found.reason === reason && found.whole);
        // One objective has several alerts: their common cause is said once.
        return [...new Set(dead.map(({ from }) => from))].map((from) => {
          const own = dead.filter((found) => found.from === from);
          const alerts = [...new Set(own.map(({ alert }) => alert))].join(' and ');
          const arithmetic = [...new Set(own.map((found) => found.arithmetic))].join(' ');
          return {
            path: from.split('.'),
            message: `${alerts} ${reason === 'name-taken' ? 'is left out' : 'could never fire'}: ${arithmetic}`,
            fix: deadAlerts[reason].fix,
          };
        });
      }),
  }),
);

const alertPartlyDead: Refusal = {
  code: 'alert-partly-dead',
  severity: 'warning',
  title: 'One pair of windows of an alert can never fire',
  why: 'The other pairs still do; this one is left out.',
  check: (plan) =>
    inClusters(plan, ({ monitoring }) =>
      monitoring.neverFires
        .filter((dead) => !dead.whole)
        .map((dead) => ({
          path: dead.from.split('.'),
          message: `a part of ${dead.alert} could never fire and is left out: ${dead.arithmetic}`,
          fix: null,
        })),
    ),
};

export const promiseRefusals: readonly Refusal[] = [
  alertPartlyDead,
  availabilityNeedsReplicas,
  ...deadAlertRefusals,
  drainShorterThanTimeout,
  latencyExceedsTimeout,
  rpoUnreachable,
  rtoUnreachable,
];
