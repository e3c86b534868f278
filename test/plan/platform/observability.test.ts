import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { metricNames } from '../../../src/plan/promql/metric-names';
import { parseMetricExpression } from '../../../src/plan/promql/parse-metric';
import type { DashboardPlan, RuleGroupPlan, RuleTestPlan } from '../../../src/plan/types';
import type { ObservabilityPlan, PlatformPlan } from '../../../src/plan/types/platform';
import { examplesFolder, generateFolder } from '../../support/platform-examples';
import { components, exporters, kubelet, openTelemetry, promClient, watching } from './observability-metrics';

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));
if (outcome.plan === null) throw new Error('the example platform has no plan');
const plan: PlatformPlan = outcome.plan;
const services = outcome.services.map((service) => service.plan);
const nameOf = ({ environment, runs }: ObservabilityPlan): string => `${environment} (${runs})`;

/** Groups of services and of the platform, as the environment's Prometheus loads them. */
function groupsOf(
  monitoring: ObservabilityPlan,
): { groups: readonly RuleGroupPlan[]; tests: readonly RuleTestPlan[] }[] {
  const own = [{ groups: monitoring.groups, tests: monitoring.tests }];
  if (monitoring.runs === 'compose') return [...own, ...monitoring.serviceRules];
  return [
    ...own,
    ...services.flatMap(({ environments }) =>
      environments.filter(({ name }) => name === monitoring.environment).map((environment) => environment.monitoring),
    ),
  ];
}

const panelsOf = (dashboard: DashboardPlan) => dashboard.rows.flatMap(({ panels }) => panels);
const instancesOf = ({ environment, runs }: ObservabilityPlan) =>
  (runs === 'compose' ? plan.laptops : plan.clusters).find(({ name }) => name === environment)?.instances ?? [];

/** Metrics that the teams declare under `alerts`: shown by each expression's own text on the dashboard of its service. */
function declaredMetrics(): string[] {
  const texts = services.flatMap(({ environments }) =>
    environments.flatMap(({ monitoring }) =>
      (monitoring.dashboard?.rows ?? [])
        .filter(({ title }) => title === 'Declared alerts')
        .flatMap(({ panels }) => panels.map(({ description }) => description.replace(/; the line is.*$/, ''))),
    ),
  );
  return texts.flatMap((text) => {
    const expression = parseMetricExpression(text);
    return expression === null ? [] : [expression.part.metric, expression.whole?.metric ?? expression.part.metric];
  });
}

function knownIn(monitoring: ObservabilityPlan): Set<string> {
  const groups = groupsOf(monitoring).flatMap((rules) => rules.groups);
  const exported = instancesOf(monitoring).filter(({ exporter }) => exporter !== null);
  return new Set([
    ...watching,
    ...promClient,
    ...openTelemetry,
    ...declaredMetrics(),
    ...groups.flatMap(({ recording }) => recording.map(({ record }) => record)),
    ...exported.flatMap(({ kind }) => exporters[kind] ?? []),
    ...(monitoring.runs === 'kubernetes' ? kubelet.filter((name) => monitoring.nodeMetrics.includes(name)) : []),
    ...monitoring.components.flatMap(({ name }) => components[name] ?? []),
  ]);
}

describe('names of metrics', () => {
  it('are read from an expression without its labels, functions and windows', () => {
    const expression =
      'sum by (le, pod) (rate(a_bucket{job="b{}",pod=~"c(d)"}[5m])) / on (e) group_left (f) (g:h:ratio > 0 or absent(up{x!="\\"y"}) == 1) and time() - i offset 5m < 1e3';
    expect(metricNames(expression)).toEqual(['a_bucket', 'g:h:ratio', 'i', 'up']);
  });
});

it('plans one Prometheus for every cluster and every laptop', () => {
  expect(plan.monitoring.map(nameOf)).toEqual([
    'staging (kubernetes)',
    'production (kubernetes)',
    'development (compose)',
    'staging (compose)',
    'production (compose)',
  ]);
});

describe.each(plan.monitoring.map((monitoring) => [nameOf(monitoring), monitoring] as const))('%s', (_, monitoring) => {
  it('asks only for metrics that something provides', () => {
    const known = knownIn(monitoring);
    const queries = [
      ...groupsOf(monitoring).flatMap(({ groups }) =>
        groups.flatMap(({ name, recording, alerts }) =>
          [...recording, ...alerts].map(({ expr }) => ({ in: name, expr })),
        ),
      ),
      ...monitoring.dashboards.flatMap(({ name, dashboard }) =>
        panelsOf(dashboard).flatMap(({ title, queries: asked }) =>
          asked.map(({ expr }) => ({ in: `${name}: ${title}`, expr })),
        ),
      ),
    ];
    const unknown = queries.flatMap((query) =>
      metricNames(query.expr)
        .filter((metric) => !known.has(metric))
        .map((metric) => `${query.in}: ${metric}`),
    );
    expect(queries.length).toBeGreaterThan(300);
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('proves every alert both ways', () => {
    for (const { groups, tests } of groupsOf(monitoring)) {
      for (const { alert } of groups.flatMap(({ alerts }) => alerts)) {
        const own = tests.filter((test) => test.alert === alert);
        expect(
          own.some(({ fires }) => fires),
          `${alert} fires`,
        ).toBe(true);
        expect(
          own.some(({ fires }) => !fires),
          `${alert} stays quiet`,
        ).toBe(true);
      }
    }
  });

  it('says of each of its own alerts who it is for and where to read on', () => {
    const alerts = monitoring.groups.flatMap((group) => group.alerts);
    expect(alerts.length).toBeGreaterThan(15);
    for (const { labels, runbookUrl, dashboardUrl, severity } of alerts) {
      expect(labels).toMatchObject({
        team: 'platform',
        service: 'platform',
        environment: monitoring.environment,
        severity,
      });
      expect(runbookUrl).toMatch(
        /^https:\/\/github\.com\/daorsagro\/agro-main\/blob\/main\/platform\/runbook\.md#[a-z-]+$/,
      );
      expect(dashboardUrl.startsWith(`${monitoring.grafanaUrl}/d/`)).toBe(true);
    }
  });

  it('routes every owner and severity to its channel', () => {
    const { routing } = monitoring;
    for (const { owner, ...channels } of plan.channels) {
      for (const severity of ['critical', 'warning', 'info'] as const) {
        const route = routing.routes.find((found) => found.owner === owner && found.severity === severity);
        const receiver = routing.receivers.find(({ name }) => name === route?.receiver);
        expect(receiver?.channel, `${owner} ${severity}`).toBe(channels[severity]);
      }
    }
    expect(new Set(routing.receivers.map(({ secretFile }) => secretFile)).size).toBe(routing.receivers.length);
  });

  it('has dashboards with ids of their own', () => {
    const ids = monitoring.dashboards.map(({ dashboard }) => dashboard.uid);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id.length).toBeLessThanOrEqual(40);
    const names = monitoring.dashboards.map(({ name }) => name);
    for (const name of ['business', 'objectives', 'resource-postgres', 'financial-service'])
      expect(names).toContain(name);
  });
});

describe('on a laptop', () => {
  const laptops = plan.monitoring.filter(({ runs }) => runs === 'compose');

  it('a data store is never read at its own port', () => {
    for (const monitoring of laptops) {
      const stores = instancesOf(monitoring).map(({ name, port }) => `${name}:${port}`);
      const targets = monitoring.targets.map(({ host, port }) => `${host}:${port}`);
      expect(targets.filter((target) => stores.includes(target))).toEqual([]);
      expect(targets.length).toBeGreaterThan(15);
    }
  });

  it('each service is read at its own port', () => {
    const ports = new Map(plan.services.map(({ name, port }) => [name, port]));
    for (const { targets } of laptops)
      for (const { host, port, job } of targets.filter(({ job: name }) => ports.has(name)))
        expect([host, port]).toEqual([job, ports.get(job)]);
  });

  it('targets carry the labels that rules select by', () => {
    for (const { targets, serviceRules } of laptops) {
      for (const { service, groups } of serviceRules) {
        const target = targets.find(({ job }) => job === service);
        const namespace = target?.labels.namespace ?? 'missing';
        const expressions = groups.flatMap(({ alerts }) => alerts.map(({ expr }) => expr));
        const selected = expressions.flatMap((expr) =>
          [...expr.matchAll(/namespace="([^"]*)"/g)].map(([, value]) => value),
        );
        expect(new Set(selected)).toEqual(new Set([namespace]));
        const pods = expressions.flatMap((expr) =>
          [...expr.matchAll(/pod=~"([^"]*)"/g)].map(([, value = '']) => value),
        );
        const own = pods.filter((pattern) => pattern.startsWith(`${service}-[`));
        for (const pattern of own)
          expect(target?.labels.pod).toMatch(new RegExp(`^(?:${pattern.replaceAll('\\\\', '\\')})$`));
      }
    }
  });

  it('no two servers want one port of the host', () => {
    for (const { watchers, environment } of laptops) {
      const laptop = plan.laptops.find(({ name }) => name === environment);
      const published = [
        ...watchers.map(({ publishedPort }) => publishedPort),
        laptop?.proxy.httpPort ?? null,
        laptop?.proxy.httpsPort ?? null,
      ].filter((port) => port !== null);
      expect(new Set(published).size).toBe(published.length);
    }
  });
});
