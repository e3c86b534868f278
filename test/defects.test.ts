// The twenty defects of the hand-written files that this library replaces: each is refused, or shown to be impossible.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareEnvironment } from '../src/source/compare-environment';
import { readEnvironmentUses } from '../src/source/read-environment-uses';
import { generateYaml } from './support/examples';
import {
  type Data,
  type Generated,
  generatedExamples,
  instructions,
  isYaml,
  ofKind,
  podOf,
  readGenerated,
  stepsOf,
  yamlDocuments,
} from './support/generated';

interface Defect {
  readonly number: number;
  readonly text: string;
  /** Codes that refuse it, each with a declaration that has the very defect. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Assertions over the whole output of one service, run on each example. */
  readonly impossible?: (generated: Generated) => void;
  /** What of it, or why all of it, is nothing that the declaration of one service can say. */
  readonly platform?: string;
}

const service = (lines: string): string => `name: auth-service\nowner: team-auth\n${lines}`;
const web = (lines: string): string => service(`http: { port: 3001, metrics: /metrics }\n${lines}`);

const platformWithQuota = {
  name: 'daorsagro',
  domain: 'daorsagro.com',
  environments: { production: { quota: { cpu: '20..40', memory: '40Gi..80Gi' } } },
};

const composeServices = ({ compose }: Generated): [string, Data][] => Object.entries(compose.services);
const pods = (generated: Generated): { readonly object: Data; readonly spec: Data; readonly container: Data }[] =>
  generated.objects.flatMap((object) => {
    const spec = podOf(object)?.spec;
    return spec === undefined ? [] : spec.containers.map((container: Data) => ({ object, spec, container }));
  });
const mebibytes = (text: string): number => Number.parseInt(text, 10) * (/G/.test(text) ? 1024 : 1);
const heapOf = (options: string): number => Number(/--max-old-space-size=(\d+)/.exec(options)?.[1]);
const dockerfile = (generated: Generated): string => generated.files.get('Dockerfile') ?? '';
const kustomizations = ({ files }: Generated): [string, Data][] =>
  [...files]
    .filter(([file]) => file.endsWith('/kustomization.yaml'))
    .map(([file, text]) => [file, yamlDocuments(text)[0]]);
const ownNames = ({ plan }: Generated): string[] =>
  [plan.base.workloads, plan.base.jobs, plan.base.migration === null ? [] : [plan.base.migration]]
    .flat()
    .map(({ name }) => name);

const defects: readonly Defect[] = [
  {
    number: 1,
    text: 'A heap of 2048 in a container limited to 1 GiB; NODE_OPTIONS holding flags that Node refuses there.',
    refused: {
      'heap-exceeds-limit': web('runtime: { heap: 2048Mi }\nsize: { cpu: 500m, memory: 1Gi }'),
      'heap-set-twice': web('runtime: { nodeOptions: [--max-old-space-size=2048] }'),
      'node-option-not-allowed': web('runtime: { nodeOptions: [--optimize-for-size] }'),
    },
    impossible: (generated) => {
      const inPods = pods(generated).map(({ container }) => [
        container.env?.find(({ name }: Data) => name === 'NODE_OPTIONS')?.value,
        container.resources.limits.memory,
      ]);
      const inCompose = composeServices(generated).map(([, each]) => [
        each.environment?.NODE_OPTIONS,
        each.deploy.resources.limits.memory,
      ]);
      const limited = [...inPods, ...inCompose].filter(([options]) => options !== undefined);
      if (generated.plan.build.shape === 'node') expect(limited.length).toBeGreaterThan(1);
      for (const [options, limit] of limited) {
        expect(heapOf(options)).toBeGreaterThan(0);
        expect(heapOf(options)).toBeLessThanOrEqual(mebibytes(limit) - 128);
        expect(
          options
            .split(' ')
            .map((option: string) => option.split('=')[0])
            .sort(),
        ).toEqual(['--dns-result-order', '--max-old-space-size', '--max-semi-space-size', '--require']);
      }
    },
  },
  {
    number: 2,
    text: 'redis-server --requirepass $(cat /run/secrets/…) in an exec-form command: no shell expands it.',
    refused: {
      'command-needs-a-shell': web(
        'workers: { cache: { command: redis-server --requirepass $(cat /run/secrets/password) } }',
      ),
    },
    impossible: (generated) => {
      const lists = [
        ...composeServices(generated).flatMap(([, each]) => [each.command, each.entrypoint, each.healthcheck?.test]),
        ...pods(generated).flatMap(({ container }) => [container.command, container.args]),
        ...instructions(dockerfile(generated))
          .filter(({ name }) => ['CMD', 'ENTRYPOINT'].includes(name))
          .map(({ value }) => JSON.parse(value)),
      ].filter((list) => list !== undefined);
      expect(lists.length).toBeGreaterThan(0);
      for (const list of lists) {
        expect(Array.isArray(list)).toBe(true);
        expect(list.filter((word: string) => /\$\(|\$\{|`/.test(word))).toEqual([]);
      }
    },
  },
  {
    number: 3,
    text: 'A bridge network with inter-container communication switched off: no service reaches its database.',
    impossible: (generated) => {
      for (const network of Object.values<Data>(generated.compose.networks ?? {}))
        expect(network?.driver_opts?.['com.docker.network.bridge.enable_icc']).toBeUndefined();
      for (const [name, each] of composeServices(generated)) {
        for (const [needed, { condition }] of Object.entries<Data>(each.depends_on ?? {})) {
          if (condition !== 'service_healthy') continue;
          expect(
            each.networks.filter((network: string) => generated.compose.services[needed].networks.includes(network)),
            `${name} reaches ${needed}`,
          ).not.toEqual([]);
        }
      }
    },
  },
  {
    number: 4,
    text: 'Two services published on host port 3001.',
    impossible: (generated) => {
      const ports = composeServices(generated).flatMap(([name, each]) =>
        (each.ports ?? []).map((port: Data) => ({ name, ...port })),
      );
      expect(ports.filter(({ host_ip }) => host_ip !== '127.0.0.1')).toEqual([]);
      expect(ports.filter(({ name }) => name !== generated.name)).toEqual([]);
      expect(new Set(ports.map(({ published }) => published)).size).toBe(ports.length);
    },
    platform:
      'That two services publish one port is seen where both are declared; one service publishes nothing unless asked.',
  },
  {
    number: 5,
    text: 'Code reads KAFKA_BROKER, the infrastructure sets KAFKA_BROKERS; others set variables nobody reads.',
    impossible: (generated) => {
      // What compose and Kubernetes set is what the accessor has a typed property for: another name does not compile.
      if (generated.plan.build.shape !== 'node') return;
      const accessor = generated.files.get('src/env.generated.ts') ?? '';
      const typed = [
        ...(/export interface Environment \{([^}]*)\}/.exec(accessor)?.[1] ?? '').matchAll(
          /readonly ([A-Z0-9_]+)\??:/g,
        ),
      ].map((match) => match[1]);
      const ours = [
        'NODE_OPTIONS',
        'UV_THREADPOOL_SIZE',
        'HOME',
        'npm_config_cache',
        'npm_config_update_notifier',
        'AWS_CONFIG_FILE',
        // Read by Node.js itself when it starts.
        'NODE_EXTRA_CA_CERTS',
      ];
      const set = Object.keys(generated.compose.services[generated.name].environment).filter(
        (name) => !ours.includes(name),
      );
      expect(typed.length).toBeGreaterThan(0);
      for (const name of set) expect(typed).toContain(name.replace(/_FILE$/, ''));
      const uses = readEnvironmentUses([{ path: 'src/a.ts', text: 'connect(process.env.KAFKA_BROKER);' }]).uses;
      const provided = [{ name: 'KAFKA_BROKERS', origin: 'needs.kafka', declaredAt: null, consumedByPlatform: false }];
      expect(
        compareEnvironment(uses, provided)
          .map(({ code }) => code)
          .sort(),
      ).toEqual(['environment-variable-never-read', 'environment-variable-not-provided']);
    },
  },
  {
    number: 6,
    text: "Replicas × pool size above the database's max_connections.",
    refused: { 'pool-exceeds-connections': web('scale: { min: 2, max: 10 }\nneeds: { postgres: { pool: 50 } }') },
    platform: 'The sum over several services of one database needs the declarations of all.',
  },
  {
    number: 7,
    text: "Sum of the services' limits at maximum scale above the namespace quota.",
    refused: { 'quota-exceeded': web('scale: { min: 2, max: 60 }\nsize: { cpu: 500m..1, memory: 512Mi..1Gi }') },
    platform: 'The sum over several services of one namespace needs the declarations of all.',
  },
  {
    number: 8,
    text: 'Alert divides per-status series by per-status series (always 100 %); "per hour" thresholds on a per-second rate; rules that nothing loads.',
    refused: { 'bound-unit': web('alerts: { logins: { rate: failed_login_attempts_total, above: 100 } }') },
    impossible: (generated) => {
      for (const stage of ['staging', 'production']) {
        const rules = yamlDocuments(generated.files.get(`monitoring/${stage}/rules.yaml`) ?? '')[0];
        const tests = yamlDocuments(generated.files.get(`monitoring/${stage}/rules.test.yaml`) ?? '')[0];
        const all: Data[] = rules.groups.flatMap((group: Data) => group.rules);
        // Both sides of every measured share are summed: no label is left that could match a series with itself. (30d averages these.)
        for (const { record, expr } of all.filter((rule) => /^slo:sli_error:ratio_rate(?!30d)/.test(rule.record ?? '')))
          expect(
            expr.split(' / ').map((side: string) => /\bsum\(/.test(side)),
            record,
          ).toEqual([true, true]);
        const alerts = [...new Set(all.filter(({ alert }) => alert !== undefined).map(({ alert }) => alert))];
        expect(tests.rule_files).toEqual(['rules.yaml']);
        const cases: Data[] = tests.tests.flatMap(({ alert_rule_test }: Data) => alert_rule_test);
        for (const alert of alerts) {
          const expected = cases
            .filter(({ alertname }) => alertname === alert)
            .map(({ exp_alerts }) => (exp_alerts ?? []).length > 0);
          expect(expected, `${alert} has a case in which it fires and one in which it does not`).toEqual(
            expect.arrayContaining([true, false]),
          );
        }
        // What was tested is what the operator of Prometheus loads.
        const overlay = yamlDocuments(generated.files.get(`deploy/overlays/${stage}/kustomization.yaml`) ?? '')[0];
        expect(overlay.resources).toContain('prometheus-rule.yaml');
        expect(
          yamlDocuments(generated.files.get(`deploy/overlays/${stage}/prometheus-rule.yaml`) ?? '')[0].spec.groups,
        ).toEqual(rules.groups);
      }
    },
  },
  {
    number: 9,
    text: 'Prometheus scrapes databases as if they spoke HTTP; gateway scraped on the wrong port.',
    refused: { 'metrics-missing': service('http: { port: 3001 }\nobjectives: { availability: 99.9% }') },
    impossible: (generated) => {
      for (const { spec } of ofKind(generated, 'PodMonitor')) {
        expect(spec.selector.matchLabels['app.kubernetes.io/name']).toBe(generated.name);
        for (const endpoint of spec.podMetricsEndpoints) {
          const served = pods(generated)
            .filter(
              ({ object }) =>
                podOf(object)?.metadata.labels['app.kubernetes.io/instance'] ===
                spec.selector.matchLabels['app.kubernetes.io/instance'],
            )
            .flatMap(({ container }) => container.ports ?? []);
          expect(
            served.filter(({ name }: Data) => name === endpoint.port).map(({ containerPort }: Data) => containerPort),
          ).toEqual([generated.plan.base.workloads.find(({ component }) => component === 'web')?.port]);
          expect(endpoint.path).toBe('/metrics');
        }
      }
      expect(ofKind(generated, 'ServiceMonitor')).toEqual([]);
    },
    platform: 'Exporters of the data stores run beside these, which the platform owns.',
  },
  {
    number: 10,
    text: 'RPO of 5 minutes promised, one dump a day taken; backup image without its tools; secrets dumped in clear into a bucket.',
    refused: {
      'rpo-unreachable': service('http: { port: 3001 }\nneeds: { clickhouse: {} }\nrecovery: { rpo: 5m }'),
      'rto-unreachable': service(
        'http: { port: 3001 }\nneeds: { postgres: { dataSize: 500Gi } }\nrecovery: { rto: 15m }',
      ),
    },
    platform: 'The backup jobs themselves belong to the data stores, which the platform owns; a service only promises.',
  },
  {
    number: 11,
    text: 'Dockerfile installs production dependencies only, then compiles TypeScript; flattens several package.json; no .dockerignore.',
    impossible: (generated) => {
      const all = instructions(dockerfile(generated));
      const stages = new Map<string, string[]>();
      let stage = '';
      for (const { name, value } of all) {
        expect(name, value).toMatch(
          /^(?:FROM|WORKDIR|COPY|RUN|ARG|ENV|LABEL|USER|EXPOSE|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD)$/,
        );
        if (name === 'FROM') stage = / AS ([a-z]+)$/.exec(value)?.[1] ?? '';
        stages.set(stage, [...(stages.get(stage) ?? []), `${name} ${value}`]);
      }
      const built = (stages.get('build') ?? []).join('\n');
      expect(built.indexOf('npm ci')).toBeGreaterThan(-1);
      expect(built.indexOf('run build')).toBeGreaterThan(built.indexOf('npm ci'));
      expect(built).not.toMatch(/--omit=dev|--prod|--production/);
      if (generated.plan.build.shape === 'node')
        expect((stages.get('production') ?? []).join('\n')).toMatch(/npm ci --omit=dev/);
      for (const [, source, target] of built.matchAll(/^COPY (\S+\/)package\.json (\S+)$/gm))
        expect(target).toBe(`./${source}`);
      const ignored = [...generated.files].find(([file]) => file.endsWith('.dockerignore'))?.[1] ?? '';
      expect(ignored.split('\n')).toEqual(expect.arrayContaining(['**/node_modules', '**/.git', '**/.env']));
    },
  },
  {
    number: 12,
    text: 'cd chained so that it fails; actions pinned to a branch; long-lived cloud keys; latest tags; no permissions block; ${{ }} in shell text.',
    impossible: (generated) => {
      const steps = stepsOf(generated);
      expect(steps.length).toBeGreaterThan(20);
      for (const { run, uses } of steps) {
        expect(run ?? '').not.toMatch(/\$\{\{|&&\s*cd\b|\bcd\b.*&&/);
        if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
      }
      expect(generated.workflow.permissions).toEqual({});
      for (const [name, job] of Object.entries<Data>(generated.workflow.jobs))
        expect(typeof job.permissions, name).toBe('object');
      const text = [...generated.files]
        .filter(([file]) => file.startsWith('.github/') || file.startsWith('scripts/'))
        .map(([, content]) => content)
        .join('\n');
      expect(text).not.toMatch(/AWS_ACCESS_KEY_ID: \$|AWS_SECRET_ACCESS_KEY: \$|secrets\.AWS/);
      const images = [
        ...composeServices(generated).map(([, each]) => each.image),
        ...pods(generated).map(({ container }) => container.image),
        ...instructions(dockerfile(generated))
          .filter(({ name, value }) => name === 'FROM' && value.includes(':'))
          .map(({ value }) => value.split(' ')[0]),
      ];
      expect(images.length).toBeGreaterThan(2);
      for (const image of images) expect(image).toMatch(/(?::(?!latest)[^:@/]+|@sha256:[0-9a-f]{64})$/);
    },
  },
  {
    number: 13,
    text: 'Production deploys after staging with no gate, no smoke test, no rollback; a failed rollout is not noticed.',
    impossible: (generated) => {
      const { 'deploy-production': production, 'deploy-staging': staging } = generated.workflow.jobs;
      expect(production.needs).toContain('deploy-staging');
      for (const [name, job] of [
        ['staging', staging],
        ['production', production],
      ] as const) {
        expect(job.environment.name).toBe(name);
        const runs = job.steps.map(({ run }: Data) => run ?? '');
        const order = ['roll-out', 'smoke-test', 'roll-back'].map((word) =>
          runs.findIndex((run: string) => run.endsWith(`deploy.sh ${word}`)),
        );
        expect(order).toEqual([...order].sort((a, b) => a - b));
        expect(order[0]).toBeGreaterThan(0);
        expect(job.steps[order[2] ?? -1].if).toContain('failure()');
        expect(job.steps.some((step: Data) => step['continue-on-error'] !== undefined)).toBe(false);
      }
      expect(generated.files.get('scripts/ci/deploy.sh')).toMatch(/^set -euo pipefail$/m);
    },
  },
  {
    number: 14,
    text: 'Pods: no seccomp profile, no disruption budget, no topology spread, no default deny, token mounted, equal probes, no preStop.',
    refused: {
      'availability-needs-replicas': web(
        'scale: { min: 1, max: 2 }\nobjectives: { availability: 99.9%, throughput: 1000/min }',
      ),
    },
    impossible: (generated) => {
      expect(pods(generated).length).toBeGreaterThan(0);
      for (const { object, spec, container } of pods(generated)) {
        expect(spec.automountServiceAccountToken).toBe(false);
        expect(spec.securityContext).toMatchObject({
          runAsNonRoot: true,
          runAsUser: 10001,
          seccompProfile: { type: 'RuntimeDefault' },
        });
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        if (object.kind !== 'Deployment') continue;
        expect(spec.topologySpreadConstraints.length).toBeGreaterThan(0);
        expect(container.livenessProbe).not.toEqual(container.readinessProbe);
        const instance = podOf(object)?.metadata.labels['app.kubernetes.io/instance'];
        expect(
          ofKind(generated, 'PodDisruptionBudget').map(
            (budget) => budget.spec.selector.matchLabels['app.kubernetes.io/instance'],
          ),
        ).toContain(instance);
        if (object.metadata.labels['app.kubernetes.io/component'] === 'web') {
          const waits = container.lifecycle.preStop.sleep.seconds;
          expect(waits).toBeGreaterThan(0);
          expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(waits);
        }
      }
      const deny = ofKind(generated, 'NetworkPolicy').filter(
        ({ spec }) => spec.ingress === undefined && spec.egress === undefined && spec.policyTypes.length === 2,
      );
      expect(deny.map(({ spec }) => spec.podSelector.matchLabels)).toEqual([
        { 'app.kubernetes.io/name': generated.name },
      ]);
    },
  },
  {
    number: 15,
    text: 'Ingress by the retired annotation; rate-limit annotations that the controller does not know.',
    refused: {
      'limit-needs-gateway': service(
        'http: { port: 3001, public: { host: api.example.com, paths: [/api], via: ingress, rateLimit: 100/min } }',
      ),
    },
    impossible: (generated) => {
      const ingress = readGenerated(
        'auth-service',
        service('http: { port: 3001, public: { host: api.example.com, paths: [/api], via: ingress } }'),
      );
      expect(ofKind(ingress, 'Ingress').map(({ spec }) => typeof spec.ingressClassName)).toEqual(['string']);
      for (const { metadata } of [...generated.objects, ...ingress.objects])
        expect(Object.keys(metadata.annotations ?? {}).filter((name) => /ingress/.test(name))).toEqual([]);
    },
  },
  {
    number: 16,
    text: 'Terraform: open cluster endpoint, end-of-life Kubernetes, DR network with the same CIDR, password as a plain variable.',
    impossible: (generated) =>
      expect([...generated.files.keys()].filter((file) => /\.(?:tf|tfvars|hcl)(?:\.json)?$/.test(file))).toEqual([]),
    platform: 'Cluster, network and accounts are the platform’s: a service generates no Terraform.',
  },
  {
    number: 17,
    text: "Deploy script with one developer's folder in it, applying files that do not exist, verifying by sleeping 30 seconds and only warning.",
    impossible: (generated) => {
      const script = generated.files.get('scripts/ci/deploy.sh') ?? '';
      expect(script).not.toMatch(/\/(?:home|Users|root)\/|sleep (?:[3-9]|\d\d)/);
      expect(script).toMatch(/^fail\(\) \{\n(?:.*\n)*? {2}exit 1$/m);
      for (const stage of ['staging', 'production'])
        expect(
          generated.files.has(`${generated.workflow.jobs[`deploy-${stage}`].env.OVERLAY}/kustomization.yaml`),
        ).toBe(true);
      for (const [file, { resources }] of kustomizations(generated)) {
        for (const resource of resources) {
          const target = path.posix.join(path.posix.dirname(file), resource);
          expect(
            generated.files.has(target) || generated.files.has(`${target}/kustomization.yaml`),
            `${file} applies ${target}`,
          ).toBe(true);
        }
      }
    },
  },
  {
    number: 18,
    text: 'depends_on … condition: service_healthy on a service without a health check.',
    impossible: (generated) => {
      for (const [name, each] of composeServices(generated)) {
        for (const [needed, { condition }] of Object.entries<Data>(each.depends_on ?? {})) {
          const target = generated.compose.services[needed];
          expect(target, `${name} waits for ${needed}`).toBeDefined();
          if (condition === 'service_healthy')
            expect(target.healthcheck?.test?.length, `${needed} has a health check`).toBeGreaterThan(1);
          else expect([condition, target.restart]).toEqual(['service_completed_successfully', 'no']);
        }
      }
    },
  },
  {
    number: 19,
    text: 'Secrets with placeholder values committed as manifests, applied as they are.',
    refused: { 'secret-in-config': web('config: { JWT_SECRET: REPLACE_WITH_SECRET }') },
    impossible: (generated) => {
      expect(ofKind(generated, 'Secret')).toEqual([]);
      for (const [, { secretGenerator }] of kustomizations(generated)) expect(secretGenerator).toBeUndefined();
      for (const [file, text] of generated.files) expect(text, file).not.toMatch(/REPLACE_WITH|CHANGE_?ME/i);
      const secret = generated.plan.variables
        .filter((variable) => variable.origin === 'secrets')
        .map(({ name }) => name);
      for (const [, each] of composeServices(generated))
        expect(Object.keys(each.environment ?? {}).filter((name) => secret.includes(name))).toEqual([]);
    },
  },
  {
    number: 20,
    text: 'Databases as Deployments with one replica and no pod security, published on all host interfaces.',
    impossible: (generated) => {
      for (const { object, container } of pods(generated)) {
        expect(ownNames(generated)).toContain(object.metadata.name);
        expect(container.image).toBe(generated.compose.services[generated.name].image);
      }
      for (const [name, each] of composeServices(generated)) {
        if (name === generated.name) continue;
        expect(each.ports, name).toBeUndefined();
        expect(each, name).toMatchObject({
          read_only: true,
          cap_drop: ['ALL'],
          security_opt: ['no-new-privileges:true'],
        });
      }
    },
    platform: 'Where the data stores of a cluster run is the platform’s: a service only names what it needs.',
  },
];

describe('the twenty defects', () => {
  it('are all listed, each with what became of it', () => {
    expect(defects.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    for (const { number, refused, impossible, platform } of defects)
      expect(refused ?? impossible ?? platform, `defect ${number}`).toBeDefined();
  });

  it('are judged on output that parses', () => {
    for (const { files } of generatedExamples)
      for (const [file, text] of files) if (isYaml(file)) expect(() => yamlDocuments(text), file).not.toThrow();
  });
});

describe.each(defects)('defect $number: $text', ({ refused, impossible, platform }) => {
  it.each(Object.entries(refused ?? {}))('is refused by %s', (code, yaml) => {
    const { diagnostics, files } = generateYaml(yaml, platformWithQuota);
    expect(diagnostics.filter(({ severity }) => severity === 'error').map((found) => found.code)).toContain(code);
    expect(files).toEqual([]);
    expect(existsSync(path.join(__dirname, 'refused', code, 'expected.txt'))).toBe(true);
  });

  if (impossible !== undefined) it.each(generatedExamples)('is impossible in $name', impossible);

  if (refused === undefined && impossible === undefined) it('is the platform’s', () => expect(platform).toMatch(/\.$/));
});
