import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderPrometheus } from '../../src/render/prometheus';
import { monitoringPlan } from './monitoring-plan';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

const body = (path: string, plan = monitoringPlan()): string =>
  renderPrometheus(plan).find((file) => file.path === path)?.body ?? '';
const groups = (text: string): { name: string; rules: Rule[] }[] => parse(text).groups;

describe('Prometheus rules', () => {
  it('are made for each Kubernetes environment, with their tests', () => {
    expect(renderPrometheus(monitoringPlan()).map(({ at, path, comment }) => [at, path, comment])).toEqual([
      ['service', 'monitoring/staging/rules.yaml', 'hash'],
      ['service', 'monitoring/staging/rules.test.yaml', 'hash'],
      ['service', 'monitoring/production/rules.yaml', 'hash'],
      ['service', 'monitoring/production/rules.test.yaml', 'hash'],
    ]);
  });

  it('hold the plan as it is, each group with its reason above it', () => {
    const plan = monitoringPlan();
    const text = body('monitoring/production/rules.yaml', plan);
    const planned = plan.environments[2]?.monitoring.groups ?? [];
    expect(groups(text).map(({ name }) => name)).toEqual(planned.map(({ name }) => name));
    for (const { why } of planned) expect(text).toContain(`# ${why}`);
    const rules = groups(text).flatMap((group) => group.rules);
    expect(rules.filter(({ record }) => record !== undefined)).toEqual(planned.flatMap(({ recording }) => recording));
    const alert = rules.find((rule) => rule.alert === 'JobLate');
    expect(Object.keys(alert ?? {})).toEqual(['alert', 'expr', 'for', 'labels', 'annotations']);
    expect(Object.keys(alert?.annotations ?? {})).toEqual(['summary', 'description', 'runbook_url', 'dashboard_url']);
    expect(rules.find((rule) => rule.alert === 'ContainerRestarts')).not.toHaveProperty('for');
  });

  it('name the order of groups for promtool, which takes any order otherwise', () => {
    const tests = parse(body('monitoring/production/rules.test.yaml'));
    expect(tests.rule_files).toEqual(['rules.yaml']);
    expect(tests.group_eval_order).toEqual(groups(body('monitoring/production/rules.yaml')).map(({ name }) => name));
    expect(tests.tests.every((test: { alert_rule_test: unknown[] }) => test.alert_rule_test.length === 1)).toBe(true);
  });

  it('take overrides, and keep each reason at its group', () => {
    const override = {
      artifact: 'rules',
      target: '',
      operations: [{ op: 'remove', path: '/groups/0', value: null }],
    } as const;
    const text = body('monitoring/production/rules.yaml', monitoringPlan({}, [override]));
    expect(groups(text)[0]?.name).toBe('financial-service-availability-sli-long');
    expect(text.indexOf('# Windows of days')).toBeLessThan(
      text.indexOf('name: financial-service-availability-sli-long'),
    );
    const wrong = { ...override, operations: [{ op: 'remove', path: '/groups/99', value: null }] } as const;
    expect(() => renderPrometheus(monitoringPlan({}, [wrong]))).toThrow('override of rules does not apply');
  });

  it('stay the same rules whatever the free text says', () => {
    const hostile = '" }}\n{{ .Labels }}\n  - alert: Owned # x\n\u2028: &a *a !!js/function';
    const plain = groups(body('monitoring/production/rules.yaml'));
    const business = monitoringPlan({
      owner: hostile,
      business: [
        {
          name: 'odd',
          measure: 'rate',
          expression: 'x_total',
          above: '1/h',
          below: null,
          forSeconds: 300,
          severity: 'info',
          summary: hostile,
        },
      ],
    });
    const changed = groups(body('monitoring/production/rules.yaml', business));
    expect(changed.map(({ name }) => name)).toEqual(plain.map(({ name }) => name));
    expect(changed.at(-1)?.rules).toHaveLength(1);
    expect(changed.at(-1)?.rules[0]?.annotations?.summary).toBe(
      hostile.replace('{{ .Labels }}', '{{ "{{" }} .Labels }}'),
    );
    expect(changed.flatMap(({ rules }) => rules.map(({ alert }) => alert))).not.toContain('Owned');
  });

  it('are the same bytes each time', () => {
    expect(renderPrometheus(monitoringPlan())).toEqual(renderPrometheus(monitoringPlan()));
  });
});
