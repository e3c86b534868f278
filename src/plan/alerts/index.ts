// Decides everything that watches one environment: objectives, rules, their proofs and the dashboard.
import type {
  AlertRulePlan,
  DashboardPlan,
  DeadAlertPlan,
  Decision,
  ObjectivePlan,
  RuleGroupPlan,
  RuleTestPlan,
} from '../types';
import { backingAlerts } from './backing';
import { businessAlert } from './business';
import { certificateAlerts } from './certificate';
import { consumerLagAlerts } from './consumer-lag';
import { dashboard } from './dashboard';
import { type AlertDraft, alertName, finishProofs, finishRule } from './draft';
import type { AlertInput } from './input';
import { jobAlerts } from './jobs';
import { objectiveAlerts } from './objectives';
import { podAlerts } from './pods';
import { migrationFailed, rolloutStuck } from './releases';
import { saturationAlerts } from './saturation';
import { scrapeAlerts } from './scraping';

export { histogramBuckets } from './buckets';
export type { AlertInput, BackingInput, BusinessAlertInput, MetricsInput, ObjectivesInput } from './input';

export interface AlertsPlan {
  readonly objectives: readonly ObjectivePlan[];
  readonly groups: readonly RuleGroupPlan[];
  readonly tests: readonly RuleTestPlan[];
  readonly dashboard: DashboardPlan;
  /** Alerts, or pairs of windows of one, that were left out since they could never fire. */
  readonly neverFires: readonly DeadAlertPlan[];
  readonly evaluationInterval: string;
  readonly decisions: readonly Decision[];
}

/** Every proof holds its series long enough for this; each minute would take five times as long and show the same. */
const evaluationInterval = '5m';

interface Topic {
  readonly suffix: string;
  readonly why: string;
  readonly drafts: readonly AlertDraft[];
}

export function planAlerts(input: AlertInput): AlertsPlan {
  const objectives = objectiveAlerts(input);
  const own: readonly Topic[] = [
    {
      suffix: 'objectives',
      why: 'The promises to users: both windows of a pair must burn the error budget too fast, on enough requests to tell.',
      drafts: objectives.drafts,
    },
    {
      suffix: 'saturation',
      why: 'Limits that the pods come near, before users notice.',
      drafts: input.workloads.flatMap((workload) => saturationAlerts(input, workload)),
    },
    {
      suffix: 'pods',
      why: 'Pods that do not do their work.',
      drafts: input.workloads.flatMap((workload) => podAlerts(input, workload)),
    },
    {
      suffix: 'measuring',
      why: 'Without samples no other alert can fire: their absence must.',
      drafts: scrapeAlerts(input),
    },
    {
      suffix: 'releases',
      why: 'Releases that do not come to their end.',
      drafts: [
        ...input.workloads.map((workload) => rolloutStuck(input, workload)),
        ...(input.migration === null ? [] : [migrationFailed(input, input.migration)]),
      ],
    },
    {
      suffix: 'jobs',
      why: 'Scheduled jobs: what nobody waits for fails unseen.',
      drafts: input.jobs.flatMap((job) => jobAlerts(input, job)),
    },
    {
      suffix: 'consumers',
      why: 'Workers that fall behind although they are scaled to the most.',
      drafts: input.workloads.flatMap((workload) => consumerLagAlerts(input, workload)),
    },
    {
      suffix: 'certificate',
      why: 'The public certificate. The planned renewal counts, since lifetimes differ between issuers and shrink.',
      drafts: certificateAlerts(input),
    },
    {
      suffix: 'needs',
      why: 'The resources that the service needs, by the metrics of their exporters.',
      drafts: backingAlerts(input),
    },
  ];
  const taken = new Set(own.flatMap(({ drafts }) => drafts.map(({ name }) => alertName(name))));
  const { drafts, dead } = declared(input, taken);
  const topics = [...own, { suffix: 'business', why: 'Declared by the team under `alerts`.', drafts }].filter(
    (topic) => topic.drafts.length > 0,
  );
  return {
    objectives: objectives.objectives,
    groups: [...objectives.recording, ...topics.map((topic) => alertGroup(input, topic))],
    tests: topics.flatMap((topic) => topic.drafts.flatMap((draft) => finishProofs(input, draft))),
    dashboard: dashboard(input, objectives.rules),
    neverFires: [...objectives.dead, ...dead],
    evaluationInterval,
    decisions: objectives.decisions,
  };
}

function declared(input: AlertInput, taken: ReadonlySet<string>): { drafts: AlertDraft[]; dead: DeadAlertPlan[] } {
  const drafts: AlertDraft[] = [];
  const dead: DeadAlertPlan[] = [];
  for (const alert of input.business) {
    const name = alertName(alert.name);
    const result = businessAlert(input, alert);
    if (taken.has(name)) {
      const arithmetic = `${name} is the name of an alert that every service of this shape has; both would share one section of the runbook.`;
      dead.push({ alert: name, reason: 'name-taken', from: `alerts.${alert.name}`, whole: true, arithmetic });
    } else if (result.dead !== null) dead.push(result.dead);
    else drafts.push(result.draft);
  }
  return { drafts, dead };
}

function alertGroup(input: AlertInput, topic: Topic): RuleGroupPlan {
  const alerts: AlertRulePlan[] = topic.drafts.map((draft) => finishRule(input, draft));
  return { name: `${input.service}-${topic.suffix}`, interval: '30s', recording: [], alerts, why: topic.why };
}
