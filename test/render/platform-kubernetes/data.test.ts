// Data stores and their exporters: what runs them, how they are closed, what they read.
import { describe, expect, it } from 'vitest';
import type { BackingContainerPlan } from '../../../src/catalog/facts';
import type { BackingInstancePlan, ClusterPlan } from '../../../src/plan/types/platform';
import { cluster, type Loose, named, objectsIn, ofKind, plan, rendered } from './cluster';

const pods = (objects: readonly Loose[]): Loose[] =>
  ['StatefulSet', 'Deployment', 'Job'].flatMap((kind) => ofKind(objects, kind));

describe.each(plan.clusters.map(({ name }) => name))('%s', (name) => {
  const one = cluster(name);
  const objects = objectsIn(one);

  it('runs no data store as a Deployment', () => {
    const exporters = one.instances.flatMap(({ exporter }) => exporter?.container?.name ?? []);
    expect(
      ofKind(objects, 'Deployment')
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual([...exporters].sort());
  });

  it('has the custom resources as they are in the plan', () => {
    for (const instance of one.instances)
      for (const { apiVersion, kind, name: object, labels, body } of instance.objects) {
        const { metadata, apiVersion: api, kind: _, ...rest } = named(objects, kind, object);
        expect(api).toBe(apiVersion);
        expect(rest).toEqual(body);
        expect(metadata.namespace).toBe(one.dataNamespace);
        expect(metadata.labels).toMatchObject(labels);
      }
  });

  it('has a Secret for every account that has a password', () => {
    for (const { objects: own, accounts, monitorAccount, kind } of one.instances) {
      if (own.length === 0) continue;
      const expected = [
        ...accounts.filter(({ passwordSecret }) => passwordSecret !== null),
        ...(monitorAccount === null ? [] : [monitorAccount]),
      ];
      for (const { user, secretName } of expected) {
        const { template } = named(objects, 'ExternalSecret', secretName).spec.target;
        expect(template.type, kind).toBe('kubernetes.io/basic-auth');
        expect(template.data.username).toBe(user);
        expect(template.data.password).toMatch(/^\{\{ \.\w+ \}\}$/);
      }
    }
  });

  it('labels what an exporter measures as the alerts select it', () => {
    for (const { name: instance, exporter } of one.instances) {
      if (exporter === null) continue;
      const { spec } = named(objects, 'PodMonitor', exporter.container?.name ?? instance);
      const [endpoint] = spec.podMetricsEndpoints;
      expect(endpoint.path).toBe(exporter.path);
      expect(endpoint.relabelings).toEqual([
        { action: 'replace', targetLabel: 'service', replacement: instance },
        { action: 'replace', targetLabel: 'job', replacement: exporter.host },
      ]);
    }
  });

  it('lets Pod Security "restricted" admit every pod, without a token', () => {
    expect(pods(objects).length).toBeGreaterThan(2);
    for (const { metadata, spec } of pods(objects)) {
      const pod = spec.template.spec;
      expect(pod.automountServiceAccountToken, metadata.name).toBe(false);
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.securityContext.runAsUser).toBeGreaterThanOrEqual(10000);
      expect(pod.securityContext.fsGroup).toBe(pod.securityContext.runAsGroup);
      for (const { securityContext, resources } of pod.containers) {
        expect(securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          privileged: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        for (const amounts of [resources.requests, resources.limits])
          expect(Object.keys(amounts)).toEqual(['cpu', 'memory', 'ephemeral-storage']);
      }
    }
    for (const { automountServiceAccountToken } of ofKind(objects, 'ServiceAccount'))
      expect(automountServiceAccountToken).toBe(false);
  });

  it('sets the tag or digest of every image in one place', () => {
    const file = rendered(one).find(({ path }) => path.endsWith('/data/kustomization.yaml'))?.body ?? '';
    for (const { spec } of pods(objects))
      for (const { image } of spec.template.spec.containers) expect(file).toContain(`name: ${image.split(':')[0]}\n`);
  });
});

/** What a kind without an operator would be, with everything that a container can have. */
const server: BackingContainerPlan = {
  name: 'store',
  kind: 'store',
  image: { repository: 'docker.io/example/store', tag: '1.2.3', digest: null },
  user: '10001:10002',
  entrypoint: ['/bin/sh', '/etc/groundwork/health.sh'],
  command: ['--pattern', '$(HOME)'],
  environment: [{ name: 'PRICE', value: '5$' }],
  files: [
    {
      template: 'backing/redis/health.sh',
      view: { user: 'admin', passwordFile: '/run/secrets/admin.password' },
      target: '/etc/groundwork/health.sh',
      executable: true,
    },
  ],
  secretFiles: [
    {
      name: 'url',
      content: [
        { kind: 'literal', text: 'store://{{x}}:' },
        { kind: 'secret', secret: 'store-admin-password', encoding: 'url' },
        { kind: 'literal', text: '@store' },
      ],
    },
  ],
  certificate: null,
  verifies: false,
  volumes: [{ name: 'store-data', path: '/data' }],
  writableFolders: [{ name: 'tmp', path: '/tmp', sizeMiB: 16, executable: false }],
  readOnlyRootFileSystem: true,
  ports: [{ name: 'store', port: 7000 }],
  healthCheck: {
    command: ['/bin/sh', '/etc/groundwork/health.sh'],
    intervalSeconds: 5,
    timeoutSeconds: 3,
    startPeriodSeconds: 21,
    retries: 4,
  },
  request: { cpuMillis: 100, memoryMiB: 512, ephemeralStorageMiB: 16 },
  limit: { cpuMillis: 500, memoryMiB: 1024, ephemeralStorageMiB: 16 },
  stopGraceSeconds: 60,
  oneShot: false,
  after: [],
  why: 'A store.',
};

const setup: BackingContainerPlan = {
  ...server,
  name: 'store-setup',
  oneShot: true,
  volumes: [],
  ports: [],
  healthCheck: null,
  after: ['store'],
  why: 'Makes the accounts.',
};

function withStore(change: Partial<BackingInstancePlan> = {}): ClusterPlan {
  const one = cluster('staging');
  const [redis] = one.instances.filter(({ name }) => name === 'redis');
  if (redis === undefined) throw new Error('no redis in staging');
  const store: BackingInstancePlan = {
    ...redis,
    name: 'store',
    kind: 'store',
    port: 7000,
    objects: [],
    network: null,
    monitorAccount: null,
    recovery: null,
    exporter: null,
    accounts: [],
    podLabels: { 'app.kubernetes.io/instance': 'store' },
    storageMiB: 20480,
    containers: [server, setup],
    secretSources: [
      {
        id: 'store-admin-password',
        description: 'Password of the administrator of store',
        generatedLength: 32,
        developmentValue: null,
        remoteKey: 'daorsagro/staging/store',
        remoteProperty: 'admin-password',
      },
    ],
    ...change,
  };
  return { ...one, instances: [store], edges: [] };
}

describe('a data store without an operator', () => {
  const objects = objectsIn(withStore());
  const set = named(objects, 'StatefulSet', 'store');
  const pod = set.spec.template.spec;
  const [container] = pod.containers;

  it('is a StatefulSet with a disk of its own that outlives it', () => {
    expect(set.spec).toMatchObject({ replicas: 1, serviceName: 'store-headless', podManagementPolicy: 'OrderedReady' });
    expect(set.spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
    expect(set.spec.volumeClaimTemplates.map(({ metadata, spec }: Loose) => [metadata.name, spec.resources])).toEqual([
      ['store-data', { requests: { storage: '20Gi' } }],
    ]);
    expect(named(objects, 'Service', 'store-headless').spec.clusterIP).toBe('None');
    expect(named(objects, 'Service', 'store').spec).toMatchObject({
      type: 'ClusterIP',
      selector: set.spec.selector.matchLabels,
      ports: [{ port: 7000, targetPort: 'store' }],
    });
    expect(pod.priorityClassName).toBe('daorsagro-critical');
    expect(pod.terminationGracePeriodSeconds).toBe(60);
  });

  it('mounts its files, its secrets and its folders', () => {
    expect(container.volumeMounts).toEqual([
      { name: 'store-data', mountPath: '/data' },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'configuration', mountPath: '/etc/groundwork/health.sh', subPath: 'health.sh', readOnly: true },
      { name: 'secret-files', mountPath: '/run/secrets', readOnly: true },
    ]);
    expect(pod.volumes).toEqual([
      { name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
      {
        name: 'configuration',
        configMap: { name: 'store-configuration', items: [{ key: 'health.sh', path: 'health.sh', mode: 0o550 }] },
      },
      { name: 'secret-files', secret: { secretName: 'store-files', defaultMode: 0o440 } },
    ]);
    expect(named(objects, 'ConfigMap', 'store-configuration').data['health.sh']).toContain('admin');
  });

  it('writes secrets as templates, and text with braces as text', () => {
    const { spec } = named(objects, 'ExternalSecret', 'store-files');
    expect(spec.target.template.data).toEqual({
      url: 'store://{{ "{{" }}x}}:{{ .store_admin_password | urlquery | replace "+" "%20" }}@store',
    });
    expect(spec.data[0].remoteRef).toMatchObject({ key: 'daorsagro/staging/store', property: 'admin-password' });
  });

  it('passes arguments as they are, although Kubernetes expands $(NAME)', () => {
    expect(container.command).toEqual(['/bin/sh', '/etc/groundwork/health.sh']);
    expect(container.args).toEqual(['--pattern', '$$(HOME)']);
    expect(container.env).toEqual([{ name: 'PRICE', value: '5$' }]);
  });

  it('is asked by its own health check, and restarted only when its port is closed', () => {
    const exec = { exec: { command: ['/bin/sh', '/etc/groundwork/health.sh'] }, periodSeconds: 5, timeoutSeconds: 3 };
    expect(container.startupProbe).toEqual({ ...exec, failureThreshold: 9 });
    expect(container.readinessProbe).toEqual({ ...exec, failureThreshold: 4 });
    expect(container.livenessProbe).toMatchObject({ tcpSocket: { port: 'store' }, failureThreshold: 4 });
  });

  it('is prepared by a Job at every sync, after it, that alone may reach it', () => {
    const job = named(objects, 'Job', 'store-setup');
    const wave = (object: Loose): number => Number(object.metadata.annotations['argocd.argoproj.io/sync-wave']);
    expect(wave(job)).toBeGreaterThan(wave(set));
    expect(job.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    });
    expect(job.spec.template.spec.restartPolicy).toBe('Never');
    expect(job.spec.template.spec.containers[0].livenessProbe).toBeUndefined();
    expect(named(objects, 'NetworkPolicy', 'store').spec.ingress).toEqual([
      {
        from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'store-setup' } } }],
        ports: [{ protocol: 'TCP', port: 7000 }],
      },
    ]);
    // Else the pod of the Job would be behind the Service.
    expect(job.spec.template.metadata.labels['app.kubernetes.io/instance']).toBe('store-setup');
  });

  it('has a disruption budget only with replicas', () => {
    expect(ofKind(objects, 'PodDisruptionBudget')).toEqual([]);
    const [budget] = ofKind(objectsIn(withStore({ replicas: 3 })), 'PodDisruptionBudget');
    expect(budget.spec).toMatchObject({ maxUnavailable: 1, selector: { matchLabels: set.spec.selector.matchLabels } });
  });

  it('sets a digest where one is given', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const pinned = { ...server, image: { ...server.image, digest } };
    const files = rendered(withStore({ containers: [pinned] }));
    const text = files.find(({ path }) => path.endsWith('/data/kustomization.yaml'))?.body ?? '';
    expect(text).toContain(`digest: ${digest}`);
  });

  it('is refused as a defect without a disk for its data, or with a secret that nobody knows', () => {
    expect(() => objectsIn(withStore({ storageMiB: null }))).toThrow(/BUG: store keeps data/);
    expect(() => objectsIn(withStore({ secretSources: [] }))).toThrow(/BUG: no secret source/);
  });
});
