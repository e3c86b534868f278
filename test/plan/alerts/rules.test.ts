import { describe, expect, it } from 'vitest';
import { kinds } from '../../../src/catalog';
import { type AlertInput, type BusinessAlertInput, planAlerts } from '../../../src/plan/alerts';
import { exampleInput, web, worker } from './example-input';

const plan = planAlerts(exampleInput);
const alerts = plan.groups.flatMap((group) => group.alerts);
const named = (name: string, input: AlertInput = exampleInput) =>
  planAlerts(input)
    .groups.flatMap((group) => group.alerts)
    .filter(({ alert }) => alert === name);

describe('every alert', () => {
  it('has severity, owner, texts, a chapter in the runbook and a dashboard', () => {
    expect(alerts.length).toBeGreaterThan(50);
    for (const rule of alerts) {
      expect(rule.labels).toMatchObject({
        severity: rule.severity,
        team: 'team-finance',
        service: 'financial-service',
        environment: 'production',
      });
      expect(rule.summary).not.toBe('');
      expect(rule.description).not.toBe('');
      expect(rule.meaning).not.toBe('');
      expect(rule.runbookUrl).toBe(`${exampleInput.runbookUrl}#${rule.runbookAnchor}`);
      expect(rule.dashboardUrl).toBe(exampleInput.dashboardUrl);
      expect(rule.diagnosis.length).toBeGreaterThan(0);
      expect(rule.mitigation.length).toBeGreaterThan(0);
      expect(
        rule.diagnosis.concat(rule.mitigation).every(({ code, language }) => (code === null) === (language === null)),
      ).toBe(true);
    }
  });

  it('is proved to fire and to stay quiet, with the labels that it will have', () => {
    for (const { alert, labels } of alerts) {
      const own = plan.tests.filter((test) => test.alert === alert);
      const firing = own.filter(({ fires }) => fires).flatMap(({ expected }) => expected);
      expect(firing.some((found) => Object.entries(labels).every(([name, text]) => found.labels[name] === text))).toBe(
        true,
      );
      expect(own.some(({ fires, expected }) => !fires && expected.length === 0)).toBe(true);
    }
    expect(plan.tests.every(({ fires, expected }) => fires === expected.length > 0)).toBe(true);
  });

  it('is one rule of its name and labels', () => {
    const keys = alerts.map(({ alert, labels }) => JSON.stringify([alert, labels]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(plan.groups.map(({ name }) => name)).size).toBe(plan.groups.length);
    expect(new Set(plan.tests.map(({ name }) => name)).size).toBe(plan.tests.length);
  });

  it('reads only recorded series that the same file records', () => {
    const recorded = new Set(plan.groups.flatMap(({ recording }) => recording.map(({ record }) => record)));
    const read = [
      ...alerts.map(({ expr }) => expr),
      ...plan.dashboard.rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(({ expr }) => expr))),
    ]
      .flatMap((expr) => [...expr.matchAll(/slo:[a-z_]+:[a-z0-9_]+/g)])
      .map(([record]) => record);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((record) => !recorded.has(record))).toEqual([]);
  });

  it('does not wake anybody for a background service', () => {
    const severities = planAlerts({ ...exampleInput, tier: 'background' }).groups.flatMap((group) =>
      group.alerts.map(({ severity }) => severity),
    );
    expect(severities).not.toContain('critical');
  });
});

describe('saturation', () => {
  it('is measured against the numbers of the plan', () => {
    expect(named('HeapNearlyFull')[0]?.expr).toMatch(/\/ 805306368 > 0\.85$/);
    expect(named('ContainerMemoryNearLimit')[0]?.expr).toMatch(/\/ 1073741824 > 0\.9$/);
    // Half of the tightest latency objective.
    expect(named('EventLoopLags')[0]?.expr).toMatch(/> 0\.1$/);
  });

  it('of heap and event loop is watched only where the workload serves metrics', () => {
    expect(named('HeapNearlyFull').map(({ labels }) => labels.workload)).toEqual(['financial-service']);
    expect(named('ContainerMemoryNearLimit').map(({ labels }) => labels.workload)).toEqual([web.name, worker.name]);
  });

  it('of replicas is watched where an autoscaler exists, by the name that it has', () => {
    expect(named('AutoscalerAtCeiling')[0]?.expr).toContain('horizontalpodautoscaler="financial-service"');
    expect(named('AutoscalerAtCeiling')[1]?.expr).toContain(
      'horizontalpodautoscaler="keda-hpa-financial-service-ledger"',
    );
    const fixed = { ...web, scale: { ...web.scale, signals: [] } };
    expect(named('AutoscalerAtCeiling', { ...exampleInput, workloads: [fixed] })).toEqual([]);
  });

  it('of a worker is its lag against what all replicas are meant for', () => {
    expect(named('ConsumerLagAboveCapacity')[0]?.expr).toMatch(/> 4000$/);
  });
});

describe('releases, jobs and certificates', () => {
  it('watch a Rollout where there is one, and a Deployment elsewhere', () => {
    expect(named('RolloutStuck').map(({ expr }) => expr.includes('rollout_info'))).toEqual([true, false]);
    expect(named('RolloutStuck')[0]?.mitigation[0]?.code).toBe(
      'kubectl argo rollouts undo financial-service --namespace daorsagro',
    );
    expect(named('RolloutStuck')[1]?.mitigation[0]?.code).toBe(
      'kubectl --namespace daorsagro rollout undo deployment/financial-service-ledger',
    );
  });

  it('call a job late after its longest pause and its time limit', () => {
    expect(named('JobLate')[0]?.expr).toMatch(new RegExp(`> ${31 * 86_400 + 3600}$`));
  });

  it('look at the planned renewal of a certificate, and only of an exposed service', () => {
    expect(named('CertificateRenewalOverdue')[0]?.expr).toContain(
      'certmanager_certificate_renewal_timestamp_seconds{name="api-daorsagro-com-tls",exported_namespace="gateway"}',
    );
    expect(named('CertificateRenewalOverdue', { ...exampleInput, certificate: null })).toEqual([]);
  });
});

describe('the resources that a service needs', () => {
  it('are watched where an exporter exists', () => {
    const on = (runs: 'operator' | 'aws' | 'external') => {
      const bindings = [{ key: 'postgres', kind: 'postgres', instance: 'main', runs, values: { database: 'shop' } }];
      return (
        planAlerts({ ...exampleInput, bindings })
          .groups.find(({ name }) => name.endsWith('-needs'))
          ?.alerts.map(({ alert }) => alert) ?? []
      );
    };
    expect(on('operator')).toContain('PostgresArchivingFails');
    expect(on('aws')).toContain('PostgresDown');
    expect(on('aws')).not.toContain('PostgresArchivingFails');
    expect(on('external')).toEqual([]);
  });

  it('are told apart by their name', () => {
    const bindings = ['main', 'ledger'].map((instance) => ({
      key: instance,
      kind: 'postgres',
      instance,
      runs: 'operator' as const,
      values: { database: 'shop' },
    }));
    const down = named('PostgresDown', { ...exampleInput, bindings });
    expect(down.map(({ labels }) => labels.resource)).toEqual(['main', 'ledger']);
    expect(down.map(({ expr }) => expr)).toEqual([
      'min by (instance) (pg_up{service="main"}) == 0',
      'min by (instance) (pg_up{service="ledger"}) == 0',
    ]);
  });

  it('alert on lost data only where data is kept', () => {
    const redis = (use: string) => [
      { key: 'redis', kind: 'redis', instance: 'redis', runs: 'operator' as const, values: { use } },
    ];
    expect(named('RedisEvictsKeys', { ...exampleInput, bindings: redis('cache') })).toEqual([]);
    expect(named('RedisEvictsKeys', { ...exampleInput, bindings: redis('sessions') })).toHaveLength(1);
  });

  it.each(Object.values(kinds))(
    '$kind: names begin with the kind, and every placeholder is known',
    ({ kind, alerts: watched }) => {
      for (const alert of watched) {
        expect(alert.name.startsWith(`${kind}-`)).toBe(true);
        expect(alert.proof.quiet.length).toBeGreaterThan(0);
        for (const text of [alert.summary, alert.description]) {
          for (const [, placeholder] of text.matchAll(/\{([^}]+)\}/g))
            expect(placeholder).toMatch(/^(value|resource|label:[a-z_]+)$/);
          for (const [, label] of text.matchAll(/\{label:([^}]+)\}/g)) expect(alert.per).toContain(label);
        }
      }
    },
  );
});

describe('declared alerts', () => {
  const declared = (change: Partial<BusinessAlertInput>): AlertInput => ({
    ...exampleInput,
    business: [
      {
        name: 'odd',
        measure: 'rate',
        expression: 'x_total',
        above: '100/h',
        below: null,
        forSeconds: 300,
        severity: 'warning',
        summary: null,
        ...change,
      },
    ],
  });
  const dead = (change: Partial<BusinessAlertInput>) =>
    planAlerts(declared(change)).neverFires.map(({ alert, reason, from, whole }) => ({ alert, reason, from, whole }));

  it('count an hour as an hour: defect 8', () => {
    const ours = '{job="financial-service",namespace="daorsagro"}';
    expect(named('Odd', declared({}))[0]?.expr).toBe(`(sum(increase(x_total${ours}[1h]))) > 100`);
    expect(named('Odd', declared({ above: '100/min' }))[0]?.expr).toBe(`(sum(increase(x_total${ours}[5m])) / 5) > 100`);
    expect(named('Odd', declared({ above: '100/s' }))[0]?.expr).toBe(`(sum(increase(x_total${ours}[5m])) / 300) > 100`);
  });

  it('divide sums, not series by series: defect 8', () => {
    expect(named('PaymentFailures')[0]?.expr).toBe(
      '((sum(rate(payment_failures_total{job="financial-service",namespace="daorsagro"}[5m])) or 0 * sum(rate(payment_attempts_total{job="financial-service",namespace="daorsagro"}[5m])))' +
        ' / (sum(rate(payment_attempts_total{job="financial-service",namespace="daorsagro"}[5m])) > 0)) > 0.1',
    );
  });

  it.each([
    [{ above: '10%' }, 'bound-unit'],
    [{ above: '10' }, 'bound-unit'],
    [{ measure: 'value', above: '10/h' }, 'bound-unit'],
    [{ measure: 'value', above: '10%' }, 'bound-unit'],
    [{ above: null, below: null }, 'bound-unit'],
    [{ measure: 'ratio', expression: 'a / b', above: '100%' }, 'bound-out-of-range'],
    [{ measure: 'value', above: null, below: '0' }, 'bound-out-of-range'],
    [{ measure: 'ratio', expression: 'a / b', above: null, below: '101%' }, 'bound-out-of-range'],
    [{ measure: 'ratio', expression: 'a', above: '10%' }, 'expression-malformed'],
    [{ expression: 'a) or vector(1' }, 'expression-malformed'],
    [{ name: 'job-failed' }, 'name-taken'],
  ] as const)('%j could never fire, or not as meant: %s', (change, reason) => {
    const name = 'name' in change ? 'JobFailed' : 'Odd';
    expect(dead(change)).toEqual([
      { alert: name, reason, from: `alerts.${'name' in change ? change.name : 'odd'}`, whole: true },
    ]);
    expect(named('Odd', declared(change))).toEqual([]);
  });

  it('are proved clear of the bound, and of numbers that print in two ways', () => {
    const firing = (change: Partial<BusinessAlertInput>) => {
      const test = planAlerts(declared({ ...change, summary: null })).tests.find(
        ({ alert, fires }) => alert === 'Odd' && fires,
      );
      return test?.expected[0]?.annotations.summary;
    };
    expect(firing({})).toBe('odd: 150 per hour');
    expect(firing({ above: '0/s' })).toBe('odd: 3 per second');
    // Half of it is 1000, which floating point may print as `1k` or `1000`.
    expect(firing({ above: null, below: '2000/h' })).toBe('odd: 900 per hour');
    expect(firing({ measure: 'ratio', expression: 'a / b', above: '99.5%' })).toBe('odd: 99.75%');
    expect(firing({ measure: 'ratio', expression: 'a / b', above: '0%' })).toBe('odd: 50%');
  });

  it('keep hostile text as text', () => {
    const hostile = '{{ $labels.pod }}"\n- alert: Owned';
    const input = { ...declared({ summary: hostile }), owner: '{{ template "x" }}' };
    const [rule] = named('Odd', input);
    expect(rule?.summary).toBe('{{ "{{" }} $labels.pod }}"\n- alert: Owned');
    expect(rule?.labels.team).toBe('{{ "{{" }} template "x" }}');
    // What fires shows the text as it was declared.
    const firing = planAlerts(input).tests.find(({ alert, fires }) => alert === 'Odd' && fires);
    expect(firing?.expected[0]?.annotations.summary).toBe(hostile);
    expect(firing?.expected[0]?.labels.team).toBe('{{ template "x" }}');
  });
});

describe('a service without metrics', () => {
  it('is watched by what the cluster knows, and each promise is reported', () => {
    const bare = planAlerts({ ...exampleInput, metrics: null, workloads: [{ ...web, metricsPath: null }] });
    const names = bare.groups.flatMap((group) => group.alerts.map(({ alert }) => alert));
    expect(names).toContain('PodCrashLoops');
    expect(names).not.toContain('MetricsAbsent');
    expect(bare.objectives).toEqual([]);
    expect(new Set(bare.neverFires.map(({ reason }) => reason))).toEqual(new Set(['metrics-missing']));
    expect(JSON.stringify(bare.groups)).not.toContain('nodejs_');
  });
});
