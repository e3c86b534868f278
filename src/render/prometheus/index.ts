// Turns the monitoring part of each Kubernetes environment into Prometheus rules and their promtool tests.
import type {
  AlertRulePlan,
  EnvironmentPlan,
  RecordingRulePlan,
  RuleGroupPlan,
  RuleTestPlan,
  ServicePlan,
} from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { applyPatch, explainFailure, isObject, overrideError } from '../shared/json-patch';
import { toYaml, type YamlComments } from '../shared/yaml';

export function renderPrometheus(plan: ServicePlan): GeneratedFile[] {
  return plan.environments
    .filter(({ runs, monitoring }) => runs === 'kubernetes' && monitoring.groups.length > 0)
    .flatMap((environment) => [rules(environment), tests(environment)]);
}

const file = (environment: EnvironmentPlan, name: string, body: string): GeneratedFile => ({
  at: 'service',
  path: `monitoring/${environment.name}/${name}`,
  body,
  comment: 'hash',
  executable: false,
});

function rules(environment: EnvironmentPlan): GeneratedFile {
  const { groups } = environment.monitoring;
  const operations = environment.overrides.flatMap((override) =>
    override.artifact === 'rules' ? override.operations : [],
  );
  const result = applyPatch({ groups: groups.map(groupOf) }, operations);
  if (!result.applied) throw overrideError(explainFailure('rules', '', result.failure));
  const why = new Map(groups.map((group) => [group.name, group.why]));
  const names = isObject(result.value) && Array.isArray(result.value.groups) ? result.value.groups.map(nameOf) : [];
  // By name, since an override may have moved a group.
  const comments: YamlComments = Object.fromEntries(
    names.flatMap((name, index) => {
      const reason = why.get(name);
      return reason === undefined ? [] : [[`groups.${index}`, reason]];
    }),
  );
  return file(environment, 'rules.yaml', toYaml(result.value, comments));
}

const nameOf = (group: unknown): string => (isObject(group) ? String(group.name) : '');

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
function tests(environment: EnvironmentPlan): GeneratedFile {
  const { groups, tests: cases, evaluationInterval } = environment.monitoring;
  const body = {
    rule_files: ['rules.yaml'],
    evaluation_interval: evaluationInterval,
    group_eval_order: groups.map(({ name }) => name),
    tests: cases.map(testOf),
  };
  const comments: YamlComments = {
    group_eval_order: 'Alerts read what the groups before them record; without an order promtool takes any.',
  };
  return file(environment, 'rules.test.yaml', toYaml(body, comments));
}

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
