// What every object must hold, asked of the objects themselves.
import { describe, expect, it } from 'vitest';
import type { EnvironmentPlan, WorkloadPlan } from '../../../src/plan/types';
import { renderKubernetes } from '../../../src/render/kubernetes';
import { objectsOf } from '../../../src/render/kubernetes/objects';
import { base, plan, production, staging, variable, web, worker } from '../fixtures/kubernetes-plan';
import type { Loose } from './kustomize';

const objects = (environment: EnvironmentPlan): Loose[] => objectsOf(plan, environment);
const find = (list: Loose[], kind: string, name = 'financial-service'): Loose =>
  list.find((object) => object.kind === kind && object.metadata.name === name);
const withWeb = (change: Partial<WorkloadPlan>): Loose[] =>
  objects({ ...base, workloads: [{ ...web, ...change }, worker] });

/** The pod templates of all that starts pods. */
const templates = (list: Loose[]): Loose[] =>
  list.flatMap(({ kind, spec }) =>
    kind === 'Deployment' || kind === 'Job'
      ? [spec.template]
      : kind === 'CronJob'
        ? [spec.jobTemplate.spec.template]
        : [],
  );
const selects = (selector: Loose, pod: Loose): boolean =>
  Object.entries(selector.matchLabels).every(([key, value]) => pod.metadata.labels[key] === value);

describe.each([
  ['base', base],
  ['staging', staging],
  ['production', production],
])('every pod of %s', (_name, environment) => {
  const pods = templates(objects(environment));

  it('is admitted by Pod Security "restricted"', () => {
    expect(pods.length).toBeGreaterThanOrEqual(3);
    for (const { spec } of pods) {
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 10_001,
          runAsGroup: 10_001,
          fsGroup: 10_001,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
      for (const container of spec.containers) {
        expect(container.securityContext).toEqual({
          runAsNonRoot: true,
          runAsUser: 10_001,
          runAsGroup: 10_001,
          privileged: false,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        });
      }
      for (const volume of spec.volumes) expect(['emptyDir', 'secret']).toContain(Object.keys(volume)[1]);
      expect(Object.keys(spec)).not.toEqual(expect.arrayContaining(['hostNetwork']));
    }
  });

  it('has limits, mounts what it names and no secret in a variable', () => {
    for (const { spec } of pods) {
      const [container] = spec.containers;
      expect(Object.keys(container.resources.limits)).toEqual(['cpu', 'memory', 'ephemeral-storage']);
      expect(container.volumeMounts.map(({ name }: Loose) => name)).toEqual(
        spec.volumes.map(({ name }: Loose) => name),
      );
      for (const entry of container.env) expect(Object.keys(entry)).toEqual(['name', 'value']);
      for (const source of container.envFrom) expect(Object.keys(source)).toEqual(['configMapRef']);
    }
  });

  it('is selected by the default deny and by one policy with both directions', () => {
    const policies = objects(environment).filter(({ kind }) => kind === 'NetworkPolicy');
    for (const pod of pods) {
      const matching = policies.filter(({ spec }) => selects(spec.podSelector, pod));
      expect(matching.map(({ spec }) => spec.policyTypes)).toEqual([
        ['Ingress', 'Egress'],
        ['Ingress', 'Egress'],
      ]);
    }
    for (const { spec } of policies) expect(pods.some((pod) => selects(spec.podSelector, pod))).toBe(true);
  });

  it('is selected by its own Deployment, Service, budget and monitor, and by no other', () => {
    for (const { kind, metadata, spec } of objects(environment)) {
      if (!['Deployment', 'PodDisruptionBudget', 'Service', 'PodMonitor'].includes(kind)) continue;
      const selector = kind === 'Service' ? { matchLabels: spec.selector } : spec.selector;
      const matching = pods
        .filter((pod) => selects(selector, pod))
        .map((pod) => pod.metadata.labels['app.kubernetes.io/instance']);
      expect(matching).toEqual([metadata.name]);
    }
  });
});

describe('every object', () => {
  it('says its owner, its declaration and its phase', () => {
    for (const object of objects(production)) {
      expect(object.metadata.labels).toMatchObject({
        'app.kubernetes.io/name': 'financial-service',
        'app.kubernetes.io/part-of': 'daorsagro',
        'app.kubernetes.io/managed-by': 'groundwork',
        'app.kubernetes.io/instance': object.metadata.name,
      });
      expect(object.metadata.annotations).toMatchObject({
        'groundwork.daorsagro.com/owner': 'team-finance',
        'groundwork.daorsagro.com/declaration': 'daorsagro/agro-main/backend/services/financial-service/service.yaml',
      });
    }
  });

  it('is applied in three phases, in the same order by Argo CD', () => {
    const phases = new Map<string, Set<string>>();
    for (const { kind, metadata } of objects(production)) {
      const phase = metadata.labels['groundwork.daorsagro.com/phase'];
      phases.set(phase, (phases.get(phase) ?? new Set()).add(kind));
      expect(metadata.annotations['argocd.argoproj.io/sync-wave']).toBe(
        { configure: '-2', migrate: '-1' }[phase as 'migrate'],
      );
    }
    expect([...(phases.get('configure') ?? [])]).toEqual(['ServiceAccount', 'ExternalSecret', 'NetworkPolicy']);
    expect([...(phases.get('migrate') ?? [])]).toEqual(['Job']);
    expect(find(objects(base), 'Job', 'financial-service-migration').metadata.annotations).toMatchObject({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    });
  });
});

describe('replicas', () => {
  it("are the autoscaler's where there is one", () => {
    expect(find(objects(base), 'Deployment').spec).not.toHaveProperty('replicas');
    expect(find(objects(base), 'HorizontalPodAutoscaler').spec).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name: 'financial-service' },
      minReplicas: 3,
      maxReplicas: 10,
    });
  });

  it('are a number where the scale is fixed', () => {
    const fixed = withWeb({ scale: { ...web.scale, maxReplicas: 3, signals: [] } });
    expect(find(fixed, 'Deployment').spec.replicas).toBe(3);
    expect(find(fixed, 'HorizontalPodAutoscaler')).toBeUndefined();
  });

  it('follow the lag of a consumer through KEDA, without a second autoscaler', () => {
    const list = objects(base);
    expect(find(list, 'HorizontalPodAutoscaler', worker.name)).toBeUndefined();
    expect(find(list, 'ScaledObject', worker.name).spec.triggers).toEqual(
      ['financial-events', 'payments'].map((topic) => ({
        type: 'kafka',
        metadata: { bootstrapServers: 'kafka:9092', consumerGroup: 'financial-service', topic, lagThreshold: '1000' },
      })),
    );
  });

  it('let KEDA sign in to brokers that ask for it, with a Secret that no pod mounts', () => {
    const [signal] = worker.scale.signals;
    if (signal?.kind !== 'kafka-lag') throw new Error('the worker of the fixture is not scaled by lag');
    const authentication = { username: 'u{{ .x }}', remoteKey: 'daorsagro/kafka', remoteProperty: 'password' };
    const signed = { ...worker, scale: { ...worker.scale, signals: [{ ...signal, topics: [], authentication }] } };
    const list = objects({ ...base, workloads: [web, signed] });
    const name = `${worker.name}-scaler`;
    expect(find(list, 'ScaledObject', worker.name).spec.triggers).toEqual([
      {
        type: 'kafka',
        metadata: {
          bootstrapServers: 'kafka:9092',
          consumerGroup: 'financial-service',
          lagThreshold: '1000',
          sasl: 'scram_sha512',
          tls: 'enable',
        },
        authenticationRef: { name },
      },
    ]);
    expect(find(list, 'TriggerAuthentication', name).spec.secretTargetRef).toEqual([
      { parameter: 'username', name, key: 'username' },
      { parameter: 'password', name, key: 'password' },
    ]);
    expect(find(list, 'ExternalSecret', name).spec.target.template.data).toEqual({
      username: 'u{{ "{{" }} .x }}',
      password: '{{ .password }}',
    });
    for (const { spec } of templates(list)) {
      for (const { secret } of spec.volumes) expect(secret?.secretName).not.toBe(name);
    }
  });
});

describe('the authority of the data stores', () => {
  const trust = { ...base.trust, folder: '/run/certificates', file: '/run/certificates/ca.crt', development: null };
  const trusting = { ...base, trust: { ...trust, secretName: 'daorsagro-authority' } };

  it('is mounted in every pod by its certificate alone', () => {
    const pods = templates(objects(trusting));
    expect(pods.length).toBeGreaterThanOrEqual(3);
    for (const { spec } of pods) {
      const [volume] = spec.volumes.filter(({ name }: Loose) => name === 'authority');
      expect(volume.secret).toEqual({
        secretName: 'daorsagro-authority',
        items: [{ key: 'ca.crt', path: 'ca.crt' }],
        defaultMode: 0o440,
      });
      expect(spec.containers[0].volumeMounts).toContainEqual({
        name: 'authority',
        mountPath: '/run/certificates',
        readOnly: true,
      });
    }
  });

  it('is mounted nowhere when no data store is signed by it', () => {
    for (const { spec } of templates(objects({ ...base, trust: null })))
      expect(spec.volumes.map(({ name }: Loose) => name)).not.toContain('authority');
  });
});

describe('canary and blue-green', () => {
  it('leave the pod template in the Deployment and scale the Rollout', () => {
    const list = objects(production);
    expect(find(list, 'Rollout').spec).toMatchObject({
      workloadRef: { kind: 'Deployment', name: 'financial-service', scaleDown: 'onsuccess' },
      strategy: {
        canary: {
          steps: [
            { setWeight: 10 },
            { pause: { duration: '300s' } },
            { setWeight: 50 },
            { pause: { duration: '300s' } },
          ],
        },
      },
    });
    expect(find(list, 'HorizontalPodAutoscaler').spec.scaleTargetRef.kind).toBe('Rollout');
    expect(find(list, 'Deployment').spec).not.toHaveProperty('replicas');
  });

  it('measure a canary by the objective, where there is a Prometheus to ask', () => {
    const list = objects(production);
    expect(find(list, 'Rollout').spec.strategy.canary.analysis).toEqual({
      templates: [{ templateName: 'financial-service' }],
      startingStep: 1,
    });
    expect(find(list, 'AnalysisTemplate').spec.metrics[0].successCondition).toContain('result[0] <= 0.0144');
    const blind = objects({ ...production, monitoring: { ...production.monitoring, prometheusUrl: null } });
    expect(find(blind, 'AnalysisTemplate')).toBeUndefined();
    expect(find(blind, 'Rollout').spec.strategy.canary).not.toHaveProperty('analysis');
  });

  it('show the new version of a blue-green release under a Service of its own', () => {
    const list = withWeb({ rollout: { ...web.rollout, strategy: 'blue-green', scaleDownDelaySeconds: 600 } });
    expect(find(list, 'Rollout').spec.strategy.blueGreen).toEqual({
      activeService: 'financial-service',
      previewService: 'financial-service-preview',
      autoPromotionEnabled: true,
      scaleDownDelaySeconds: 600,
    });
    expect(find(list, 'Service', 'financial-service-preview').spec).toEqual(find(list, 'Service').spec);
  });
});

describe('variables', () => {
  it('reach a pod as ConfigMap, as text with line breaks, or as the path of a secret', () => {
    const [container] = find(objects(base), 'Deployment').spec.template.spec.containers;
    expect(container.envFrom).toEqual([{ configMapRef: { name: 'financial-service-config' } }]);
    expect(container.env).toEqual([
      { name: 'NODE_OPTIONS', value: '--max-old-space-size=768' },
      { name: 'NOTICE', value: 'one $$(HOME)\ntwo' },
      { name: 'DATABASE_URL_FILE', value: '/run/secrets/financial-service/DATABASE_URL' },
      { name: 'JWT_SECRET_FILE', value: '/run/secrets/financial-service/JWT_SECRET' },
      { name: 'PUSH_KEY_FILE', value: '/run/secrets/financial-service/PUSH_KEY' },
    ]);
    expect(renderKubernetes(plan).find(({ path }) => path === 'deploy/base/config.env')?.body).toBe(
      'LOG_LEVEL=info\nQUOTED="a" = \'b\' # c\n',
    );
  });

  it('in a command are not expanded by Kubernetes', () => {
    expect(find(objects(base), 'Deployment', worker.name).spec.template.spec.containers[0].command).toEqual([
      'node',
      'dist/ledger.js',
      '--match',
      '$$(HOME)/$$$$x',
    ]);
  });

  it('that are optional come from the whole entry, so that a missing one is no error', () => {
    const { spec } = find(objects(base), 'ExternalSecret', 'financial-service-secrets');
    expect(spec.data.map(({ secretKey, remoteRef }: Loose) => [secretKey, remoteRef.key, remoteRef.property])).toEqual([
      ['postgres_password', 'daorsagro/base/financial-service', 'POSTGRES_PASSWORD'],
      ['jwt_secret', 'daorsagro/base/financial-service', 'JWT_SECRET'],
    ]);
    expect(spec.dataFrom[0].rewrite).toEqual([{ regexp: { source: '^(.*)$', target: 'entry0_$1' } }]);
    expect(spec.target.template.data).toEqual({
      DATABASE_URL:
        'postgresql://financial:{{ .postgres_password | urlquery | replace "+" "%20" }}@postgres:5432/financial_db',
      JWT_SECRET: '{{ .jwt_secret }}',
      PUSH_KEY: '{{ if (index . "entry0_PUSH_KEY") }}{{ (index . "entry0_PUSH_KEY") }}{{ end }}',
    });
  });

  it('without any, leave no ConfigMap, Secret or mount behind', () => {
    const bare = { ...base, variables: [], workloads: [{ ...web, environment: [], writableFolders: [] }] };
    const list = objects(bare);
    expect(list.some(({ kind }) => kind === 'ExternalSecret')).toBe(false);
    const { spec } = find(list, 'Deployment').spec.template;
    expect(spec).not.toHaveProperty('volumes');
    for (const key of ['env', 'envFrom', 'volumeMounts']) expect(spec.containers[0]).not.toHaveProperty(key);
    const files = renderKubernetes({ ...plan, base: bare, environments: [{ ...bare, name: 'x' }] });
    expect(files.some(({ path }) => path.endsWith('config.env'))).toBe(false);
  });

  it('name a source that exists', () => {
    const unknown = variable('X', [{ kind: 'secret', secret: 'nobody', encoding: 'none' }]);
    expect(() => objects({ ...base, variables: [unknown] })).toThrow('BUG: no secret source "nobody" in base');
  });
});
