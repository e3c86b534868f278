// Turns rule groups of the plan, and their proofs, into Prometheus' rule file and promtool's test file.
import type { AlertRulePlan, RecordingRulePlan, RuleGroupPlan, RuleTestPlan } from '../../../plan/types';
import type { YamlComments } from '../yaml';

/** The object of a rule file. */
export const ruleFile = (groups: readonly RuleGroupPlan[]): object => ({ groups: groups.map(groupOf) });

const groupOf = ({ name, interval, recording, alerts }: RuleGroupPlan): object => ({
  name,
  interval,
  rules: [...recording.map(recordingOf), ...alerts.map(alertOf)],
});

const recordingOf = ({ record, expr, labels }: RecordingRulePlan): object => ({ record, expr, labels });

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
