// Turns rule groups of the plan, and their proofs, into Prometheus' rule file and promtool's test file.
import type {
  AlertRulePlan,
  EnvironmentPlan,
  RecordingRulePlan,
  RuleGroupPlan,
  RuleTestPlan,
} from '../../../plan/types';
import { applyPatch, explainFailure, isObject, overrideError } from '../json-patch';
import type { YamlComments } from '../yaml';

/** The object of a rule file. */
export const ruleFile = (groups: readonly RuleGroupPlan[]): object => ({ groups: groups.map(groupOf) });

const groupOf = ({ name, interval, recording, alerts }: RuleGroupPlan): object => ({
  name,
  interval,
  rules: [...recording.map(recordingOf), ...alerts.map(alertOf)],
});

const recordingOf = ({ record, expr, labels }: RecordingRulePlan): object => ({
  record,
  expr,
  ...(Object.keys(labels).length === 0 ? {} : { labels }),
});

const alertOf = (rule: AlertRulePlan): object => ({
  alert: rule.alert,
  expr: rule.expr,
  for: rule.for ?? undefined,
  labels: rule.labels,
  annotations: {
    summary: rule.summary,
    description: rule.description,
    runbook_url: rule.runbookUrl,
    dashboard_url: rule.dashboardUrl,
  },
});

/** Run by `promtool test rules`: each alert fires on the series of one case and stays quiet on those of another. */
export const ruleTestFile = (
  file: string,
  evaluationInterval: string,
  groups: readonly RuleGroupPlan[],
  cases: readonly RuleTestPlan[],
): object => ({
  rule_files: [file],
  evaluation_interval: evaluationInterval,
  group_eval_order: groups.map(({ name }) => name),
  tests: cases.map(testOf),
});

export const ruleTestComments: YamlComments = {
  group_eval_order: 'Alerts read what the groups before them record; without an order promtool takes any.',
};

const testOf = (test: RuleTestPlan): object => ({
  name: test.name,
  interval: test.interval,
  input_series: test.series.map(({ series, values }) => ({ series, values })),
  alert_rule_test: [
    {
      eval_time: test.evaluateAt,
      alertname: test.alert,
      exp_alerts: test.expected.map(({ labels, annotations }) => ({
        exp_labels: labels,
        exp_annotations: annotations,
      })),
    },
  ],
});

/** A rule file with the overrides of its environment, and the reason of each group that is still there, by path. */
export interface OverriddenRules {
  readonly file: { readonly groups: readonly unknown[] };
  readonly comments: YamlComments;
}

/** The rules of an environment as they are written, in a rule file and in a cluster alike; throws when an override does not apply. */
export function environmentRules({ monitoring, overrides }: EnvironmentPlan): OverriddenRules {
  const { groups } = monitoring;
  const operations = overrides.flatMap((override) => (override.artifact === 'rules' ? override.operations : []));
  const result = applyPatch(ruleFile(groups), operations);
  if (!result.applied) throw overrideError(explainFailure('rules', '', result.failure));
  const { value } = result;
  const written = isObject(value) && Array.isArray(value.groups) ? value.groups : [];
  const why = new Map(groups.map((group) => [group.name, group.why]));
  // By name, since an override may have moved a group.
  const comments = written.flatMap((group, index) => {
    const reason = why.get(isObject(group) ? String(group.name) : '');
    return reason === undefined ? [] : [[`groups.${index}`, reason] as const];
  });
  return { file: { ...(isObject(value) ? value : {}), groups: written }, comments: Object.fromEntries(comments) };
}
