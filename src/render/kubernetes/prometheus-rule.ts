// Turns the rule groups of an environment into a PrometheusRule of the Prometheus Operator.
import type { AlertRulePlan, RuleGroupPlan } from '../../plan/types';
import type { YamlComments } from '../shared/yaml';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

export function prometheusRule(scope: Scope): Manifest {
  const { groups } = scope.environment.monitoring;
  const comments: YamlComments = Object.fromEntries(groups.map(({ why }, index) => [`spec.groups.${index}`, why]));
  return manifest(
    'prometheus-rule.yaml',
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: metadata(scope, { name: scope.plan.identity.name, phase: 'run' }),
      spec: { groups: groups.map(groupOf) },
    },
    comments,
  );
}

function groupOf({ name, interval, recording, alerts }: RuleGroupPlan): object {
  const recorded = recording.map(({ record, expr, labels }) => ({
    record,
    expr,
    labels: Object.keys(labels).length > 0 ? labels : undefined,
  }));
  return { name, interval, rules: [...recorded, ...alerts.map(alertOf)] };
}

function alertOf(rule: AlertRulePlan): object {
  return {
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
  };
}
