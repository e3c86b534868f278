import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { PlatformPlan } from '../../src/plan/types/platform';
import { examplesFolder, generateFolder } from '../support/platform-examples';

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));
if (outcome.plan === null) throw new Error('the example platform has no plan');
const plan: PlatformPlan = outcome.plan;
const files = new Map(outcome.files.map(({ path: at, body }) => [at, body]));
const text = (at: string): string => {
  const body = files.get(at);
  if (body === undefined) throw new Error(`nothing generates ${at}`);
  return body;
};
const below = (folder: string): string[] => [...files.keys()].filter((at) => at.startsWith(`${folder}/`));
const environments = plan.laptops.map(({ name }) => name);
const clusters = plan.clusters.map(({ name }) => name);

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Record<string, never>;
}
const objectsIn = (folder: string): KubernetesObject[] =>
  below(folder)
    .filter((at) => at.endsWith('.yaml') && !/kustomization|\.test\.|\/grafana\//.test(at))
    .flatMap((at) => parseAllDocuments(text(at)).map((document) => document.toJS() as KubernetesObject));

interface Rule {
  readonly alert?: string;
  readonly annotations?: Record<string, string>;
}
const rulesOf = (groups: readonly { readonly rules: readonly Rule[] }[]): Rule[] =>
  groups.flatMap(({ rules }) => rules);

/** As GitHub makes them. */
const anchors = (markdown: string): Set<string> =>
  new Set(
    [...markdown.matchAll(/^#+ +(.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

const repository = 'https://github.com/daorsagro/agro-main/blob/main/';
function runbookTrouble(url: string | undefined): string | null {
  const [page = '', anchor] = (url ?? '').split('#');
  if (!page.startsWith(repository)) return `${url} is not in the repository`;
  const markdown = files.get(page.slice(repository.length));
  if (markdown === undefined) return `${url}: nothing generates the page`;
  return anchor === undefined || anchors(markdown).has(anchor) ? null : `${url}: no such section`;
}

/** Rules that an environment's Prometheus loads, and the ids of the dashboards beside it. */
const places = [
  ...environments.map((name) => ({
    name: `${name} on a laptop`,
    grafana: 'http://127.0.0.1:3030/d/',
    rules: below(`platform/compose/${name}/prometheus/rules`).flatMap((at) => rulesOf(parse(text(at)).groups)),
    dashboards: below(`platform/compose/${name}/grafana/dashboards`),
  })),
  ...clusters.map((name) => ({
    name,
    grafana: `${plan.monitoring.find((each) => each.environment === name && each.runs === 'kubernetes')?.grafanaUrl}/d/`,
    rules: [...files]
      .filter(([at]) => at.endsWith(`monitoring/${name}/rules.yaml`))
      .flatMap(([, body]) => rulesOf(parse(body).groups)),
    dashboards: below(`platform/dashboards/${name}`).filter((at) => at.endsWith('.json')),
  })),
];

describe('the dashboards of a cluster', () => {
  const watching = plan.monitoring.filter(({ runs }) => runs === 'kubernetes');
  const commands = watching.map(({ grafanaCommand }) => grafanaCommand ?? '');

  it('are opened by a command of the runbooks, each at a port of its own, where its links lead', () => {
    expect(new Set(commands).size).toBe(clusters.length);
    for (const [index, { grafanaUrl }] of watching.entries()) {
      const port = new URL(grafanaUrl).port;
      expect(commands[index]).toBe(`kubectl --namespace monitoring port-forward service/grafana ${port}:3000`);
      for (const at of ['platform/runbook.md', 'backend/services/weather-service/docs/runbook.md'])
        expect(text(at)).toContain(`${commands[index]}\n`);
    }
  });

  it('have no name that nothing leads to', () => {
    for (const [at, body] of files) expect(body.includes('grafana.daorsagro.com'), at).toBe(false);
  });

  it('are reached by the Service that the command names', () => {
    for (const name of clusters) {
      const [service] = objectsIn(`platform/kubernetes/${name}/monitoring`).filter(
        ({ kind, metadata }) => kind === 'Service' && metadata.name === 'grafana',
      );
      expect(service?.metadata.namespace).toBe('monitoring');
      expect(service?.spec).toMatchObject({ ports: [{ port: 3000 }] });
    }
  });
});

describe.each(places)('links in $name', ({ rules, dashboards, grafana }) => {
  const alerts = rules.filter(({ alert }) => alert !== undefined);
  const boards = dashboards.map((at) => JSON.parse(text(at)) as { uid: string; links: { url: string }[] });

  it('of every alert lead to a section of a runbook that is generated', () => {
    expect(alerts.length).toBeGreaterThan(100);
    const troubles = alerts
      .map(({ annotations }) => runbookTrouble(annotations?.runbook_url))
      .filter((found) => found !== null);
    expect([...new Set(troubles)]).toEqual([]);
  });

  it('of every alert lead to a dashboard that is generated for the same Grafana', () => {
    const known = new Set(boards.map(({ uid }) => `${grafana}${uid}`));
    const lost = alerts.map(({ annotations }) => annotations?.dashboard_url ?? '').filter((url) => !known.has(url));
    expect([...new Set(lost)]).toEqual([]);
  });

  it('of every dashboard lead to a runbook', () => {
    expect(boards.length).toBeGreaterThan(15);
    const troubles = boards
      .flatMap(({ links }) => links.map(({ url }) => runbookTrouble(url)))
      .filter((found) => found !== null);
    expect([...new Set(troubles)]).toEqual([]);
  });
});

describe('Prometheus on a laptop', () => {
  it('loads the rules of every service that is measured, and the platform’s', () => {
    const config = parse(text('platform/compose/development/prometheus/prometheus.yml'));
    expect(config.rule_files).toEqual(['rules/*.yaml']);
    const names = below('platform/compose/development/prometheus/rules').map((at) => path.posix.basename(at, '.yaml'));
    const measured = plan.monitoring.find(({ runs }) => runs === 'compose')?.serviceRules.map(({ service }) => service);
    expect(names.sort()).toEqual(['platform', ...(measured ?? [])].sort());
    for (const name of names)
      expect(files.has(`platform/compose/development/prometheus/tests/${name}.test.yaml`)).toBe(true);
  });

  it('reads each target once, under a job of one path', () => {
    const { scrape_configs: jobs } = parse(text('platform/compose/development/prometheus/prometheus.yml'));
    const names = jobs.map(({ job_name }: { job_name: string }) => job_name);
    expect(new Set(names).size).toBe(names.length);
    const targets = jobs.flatMap((job: { static_configs: { targets: string[] }[] }) =>
      job.static_configs.flatMap(({ targets: own }) => own),
    );
    expect(new Set(targets).size).toBe(targets.length);
  });
});

describe.each([
  ...environments.map((name) => `platform/compose/${name}/alertmanager`),
  ...clusters.map((name) => `platform/kubernetes/${name}/monitoring`),
])('Alertmanager in %s', (folder) => {
  const config = parse(text(`${folder}/alertmanager.yml`));

  it('names a secret file for each channel, and no URL', () => {
    const slack = config.receivers.flatMap(({ slack_configs: own = [] }: { slack_configs?: object[] }) => own);
    expect(slack.length).toBeGreaterThan(3);
    for (const one of slack)
      expect(Object.keys(one)).toEqual(['channel', 'api_url_file', 'send_resolved', 'title', 'text']);
    expect(text(`${folder}/alertmanager.yml`)).not.toMatch(/hooks\.slack\.com|https?:\/\//);
  });

  it('has a case for every owner and severity, one for the watchdog and one for what nobody owns', () => {
    const cases = parse(text(`${folder}/alertmanager-routes.test.yaml`));
    expect(cases).toHaveLength(2 + 3 * plan.channels.length);
    const reached = new Set(cases.flatMap(({ receivers }: { receivers: string[] }) => receivers));
    expect(reached).toEqual(new Set(config.receivers.map(({ name }: { name: string }) => name)));
  });

  it('holds back what another alert explains', () => {
    const rules: { source_matchers: string[]; target_matchers: string[]; equal: string[] }[] = config.inhibit_rules;
    expect(rules).toContainEqual({
      source_matchers: ['alertname=~"ResourceDown|ExporterDown"'],
      target_matchers: ['team!="platform"', 'resource!=""'],
      equal: ['environment', 'resource'],
    });
    // An alert must not silence itself, nor what differs in a label that neither has.
    for (const { source_matchers: source, target_matchers: target, equal } of rules) {
      expect(source).not.toEqual(target);
      expect(equal).toContain('environment');
    }
  });
});

describe('watching servers on a laptop', () => {
  const { services, networks } = parse(text('platform/compose/development/observability.yaml'));

  it('have no privilege, limits, and a port at 127.0.0.1 only', () => {
    expect(Object.keys(services)).toEqual(['prometheus', 'alertmanager', 'grafana']);
    for (const service of Object.values<Record<string, never>>(services)) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
      expect(service).toHaveProperty('deploy.resources.limits.memory');
      expect(service).toHaveProperty('healthcheck.test');
      for (const port of (service.ports ?? []) as { host_ip: string }[]) expect(port.host_ip).toBe('127.0.0.1');
    }
  });

  it('declare their own networks, which lead nowhere outside', () => {
    expect(Object.keys(networks).sort()).toEqual([
      'grafana.prometheus',
      'prometheus.alertmanager',
      'prometheus.grafana',
    ]);
    for (const network of Object.values(networks)) expect(network).toMatchObject({ internal: true });
  });

  it('let nobody in without a password', () => {
    const { environment } = services.grafana;
    expect(environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: 'false',
      GF_USERS_ALLOW_SIGN_UP: 'false',
      GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/admin.password',
    });
    expect(Object.keys(environment)).not.toContain('GF_SECURITY_ADMIN_PASSWORD');
  });
});

describe.each(clusters)('the cluster %s', (environment) => {
  const folder = `platform/kubernetes/${environment}/monitoring`;
  const objects = objectsIn(folder);
  const one = (kind: string, name: string): KubernetesObject => {
    const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
    if (found === undefined) throw new Error(`no ${kind} ${name}`);
    return found;
  };

  it('takes rules and monitors of the platform’s namespaces, whatever their labels', () => {
    const namespaces = {
      matchExpressions: [
        { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['daorsagro', 'daorsagro-data', 'monitoring'] },
      ],
    };
    expect(one('Prometheus', 'prometheus').spec).toMatchObject({
      ruleSelector: {},
      ruleNamespaceSelector: namespaces,
      podMonitorSelector: {},
      podMonitorNamespaceSelector: namespaces,
      podMetadata: { labels: { 'app.kubernetes.io/name': 'prometheus' } },
      retention: '1296000s',
    });
  });

  it('holds no secret: each is fetched from the store', () => {
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(objects.filter(({ kind }) => kind === 'ExternalSecret').map(({ metadata }) => metadata.name)).toEqual([
      'alertmanager-receivers',
      'apm-server-token',
      'grafana-admin',
    ]);
  });

  it('lets Prometheus read what the declared edges allow, and every namespace-bound object says where it is', () => {
    const policy = JSON.stringify(one('NetworkPolicy', 'prometheus').spec);
    const edges = plan.clusters.find(({ name }) => name === environment)?.edges ?? [];
    const read = edges.filter(({ from }) => from.kind === 'platform' && from.name === 'prometheus');
    expect(read.length).toBeGreaterThan(10);
    for (const { to, port } of read) {
      if (to.kind === 'service')
        expect(policy).toContain(
          `"app.kubernetes.io/name":"${to.name}"}}}],"ports":[{"protocol":"TCP","port":${port}}]`,
        );
    }
    const unplaced = objects.filter(
      ({ kind, metadata }) =>
        !kind.startsWith('ClusterRole') && !['monitoring', 'elastic-system'].includes(metadata.namespace ?? ''),
    );
    expect(unplaced.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([]);
  });

  it('closes what reads the logs of the nodes: its namespace denies nothing', () => {
    const { metadata, spec } = one('NetworkPolicy', 'filebeat');
    expect(metadata.namespace).toBe('elastic-system');
    expect(spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'], ingress: [] });
    const { egress } = spec as unknown as { egress: { ports: { port: number }[] }[] };
    expect(egress.flatMap(({ ports }) => ports.map(({ port }) => port)).sort((a, b) => a - b)).toEqual([
      53, 53, 443, 9200,
    ]);
  });

  it('mounts each dashboard that it generates', () => {
    const kustomization = parse(text(`platform/dashboards/${environment}/kustomization.yaml`));
    const generated = kustomization.configMapGenerator.map(({ name }: { name: string }) => name);
    const deployment = JSON.stringify(one('Deployment', 'grafana').spec);
    expect(generated.length).toBeGreaterThan(15);
    for (const name of generated) expect(deployment).toContain(`{"configMap":{"name":"${name}"}}`);
    const listed = parse(text(`${folder}/kustomization.yaml`)).resources;
    expect(listed).toContain(`../../../dashboards/${environment}`);
  });

  it('keeps of the kubelets what rules and dashboards ask for', () => {
    const { endpoints } = one('ServiceMonitor', 'kubelet').spec as unknown as {
      endpoints: { metricRelabelings: { action: string; regex: string }[] }[];
    };
    for (const { metricRelabelings } of endpoints) {
      expect(metricRelabelings[0]).toMatchObject({ action: 'keep' });
      expect(metricRelabelings[0]?.regex.split('|')).toContain('kubelet_volume_stats_available_bytes');
      expect(metricRelabelings[0]?.regex.split('|')).toContain('container_memory_working_set_bytes');
    }
  });
});

describe('logging and tracing on a laptop', () => {
  const part = (name: string) =>
    parse(text(`platform/compose/development/${name}.yaml`)).services as Record<string, Record<string, never>>;

  it('start by their profiles, and the store by either', () => {
    expect(
      Object.entries({ ...part('logging'), ...part('tracing') }).map(([name, { profiles }]) => [name, profiles]),
    ).toEqual([
      ['logs-elasticsearch', ['logging', 'tracing']],
      ['logs-setup', ['logging', 'tracing']],
      ['logs-kibana', ['logging', 'tracing']],
      ['logs-filebeat', ['logging']],
      ['apm-server', ['tracing']],
    ]);
  });

  it('take every privilege away but the one that reads the engine’s logs', () => {
    for (const [name, service] of Object.entries({ ...part('logging'), ...part('tracing') })) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(service.cap_add ?? []).toEqual(name === 'logs-filebeat' ? ['DAC_READ_SEARCH'] : []);
      for (const mount of (service.volumes ?? []) as { type: string; source: string; read_only?: boolean }[])
        if (mount.type === 'bind') expect(mount.read_only, `${name} ${mount.source}`).toBe(true);
    }
    expect(text('platform/compose/development/logging.yaml')).not.toContain('docker.sock');
  });

  it('delete an index after the retention that the platform declares', () => {
    const { policy } = JSON.parse(text('platform/compose/development/logging/setup/lifecycle.json'));
    expect(policy.phases.delete.min_age).toBe(`${plan.observability.logRetentionSeconds / 86_400}d`);
    for (const name of clusters)
      expect(JSON.parse(text(`platform/kubernetes/${name}/monitoring/elastic/lifecycle.json`)).policy).toEqual(policy);
  });

  it('read each secret from a file that is generated for them', () => {
    const folders = new Map(
      (plan.laptops[0]?.containerSecrets ?? []).map(({ container, files: own }) => [container, own]),
    );
    const scripts = below('platform/compose/development').filter((at) => /\/(?:logging|tracing)\/.*\.sh$/.test(at));
    expect(scripts.length).toBe(5);
    const owner: Record<string, string> = {
      store: 'logs-elasticsearch',
      setup: 'logs-setup',
      kibana: 'logs-kibana',
      filebeat: 'logs-filebeat',
      'apm-server': 'apm-server',
    };
    for (const at of scripts) {
      const names = (folders.get(owner[path.posix.basename(path.posix.dirname(at))] ?? '') ?? []).map(
        ({ name }) => name,
      );
      const read = [...text(at).matchAll(/\/run\/secrets\/([\w.-]+)/g)].map(([, name]) => name);
      expect(read.length, at).toBeGreaterThan(0);
      expect(names, at).toEqual(expect.arrayContaining(read));
    }
  });
});

describe('the runbook', () => {
  const runbook = text('platform/runbook.md');

  it('has a section for each alert of the platform and each resource', () => {
    const found = anchors(runbook);
    for (const { groups, resources } of plan.monitoring) {
      for (const { runbookAnchor } of groups.flatMap(({ alerts }) => alerts)) expect(found).toContain(runbookAnchor);
      for (const { anchor } of resources) expect(found).toContain(anchor);
    }
  });
});
