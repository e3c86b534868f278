// The environment's kustomization as a whole: nothing lost, nothing twice, every reference answered.
import { describe, expect, it } from 'vitest';
import { build, cluster, folderOf, type Loose, objectsIn, ofKind, plan, rendered } from './cluster';

const clusterScoped = ['Namespace', 'PriorityClass', 'ClusterSecretStore', 'ClusterIssuer', 'GatewayClass'];
const isClusterScoped = ({ kind }: Loose): boolean => clusterScoped.includes(kind) || kind === 'GlobalNetworkPolicy';

/** Names of Secrets that an object reads, wherever a custom resource has its own field for it. */
function secretsRead(value: Loose, key = ''): string[] {
  // Written by the operators themselves.
  if (/^(scramCredentialsSecretName|connectionStringSecretName|privateKeySecretRef|secretStoreRef)$/.test(key))
    return [];
  if (typeof value === 'string') {
    if (/secretName$/i.test(key)) return [value];
    return /k8s_secret_password$/.test(key) ? [value.split('/')[0] ?? ''] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item) => secretsRead(item, key));
  if (typeof value !== 'object' || value === null) return [];
  if (/secret(Ref|KeyRef)?$|certificateRefs$/i.test(key) && typeof value.name === 'string') return [value.name];
  return Object.entries(value).flatMap(([name, inner]) => secretsRead(inner, name));
}

function secretsMade(objects: readonly Loose[]): Set<string> {
  return new Set([
    ...ofKind(objects, 'ExternalSecret').map(({ metadata, spec }) => `${metadata.namespace}/${spec.target.name}`),
    ...ofKind(objects, 'Certificate').map(({ metadata, spec }) => `${metadata.namespace}/${spec.secretName}`),
    ...ofKind(objects, 'Secret').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  ]);
}

describe.each(plan.clusters.map(({ name }) => name))('%s', (name) => {
  const one = cluster(name);
  const files = rendered(one);
  const { objects, read } = build(files, folderOf(one));

  it('is reached from one kustomization, every file of it', () => {
    expect([...read].sort()).toEqual(files.map((file) => file.path).sort());
  });

  it('has every object once', () => {
    const keys = objects.map(({ apiVersion, kind, metadata }) =>
      [apiVersion.replace(/\/.*/, ''), kind, metadata.namespace, metadata.name].join(' '),
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('names the namespace of every object, and has it', () => {
    const known = ofKind(objects, 'Namespace').map(({ metadata }) => metadata.name);
    for (const object of objects) {
      const label = `${object.kind} ${object.metadata.name}`;
      if (isClusterScoped(object)) expect(object.metadata.namespace, label).toBeUndefined();
      // The namespace of cert-manager came with it.
      else expect([...known, 'cert-manager'], label).toContain(object.metadata.namespace);
    }
  });

  it('reads no Secret that nothing makes, a ClusterIssuer in the namespace of cert-manager', () => {
    const made = secretsMade(objects);
    const asked = objects
      .filter(({ kind }) => kind !== 'ExternalSecret' && kind !== 'Certificate')
      .flatMap((object) =>
        secretsRead(object).map((secret) => `${object.metadata.namespace ?? 'cert-manager'}/${secret}`),
      );
    expect(asked.length).toBeGreaterThan(3);
    expect([...new Set(asked)].filter((secret) => !made.has(secret))).toEqual([]);
  });

  it('reads no ConfigMap, account or priority that is not there', () => {
    const key = (kind: string, of: Loose) => ofKind(objects, kind).map(({ metadata }) => of(metadata));
    const here = ({ namespace, name: own }: Loose) => `${namespace}/${own}`;
    const [maps, accounts] = [key('ConfigMap', here), key('ServiceAccount', here)];
    const priorities = key('PriorityClass', (metadata: Loose) => metadata.name);
    for (const { metadata, spec } of ['StatefulSet', 'Deployment', 'Job'].flatMap((kind) => ofKind(objects, kind))) {
      const pod = spec.template.spec;
      expect(accounts).toContain(`${metadata.namespace}/${pod.serviceAccountName}`);
      if (pod.priorityClassName !== undefined) expect(priorities).toContain(pod.priorityClassName);
      for (const { configMap } of pod.volumes ?? [])
        if (configMap !== undefined) expect(maps).toContain(`${metadata.namespace}/${configMap.name}`);
    }
  });

  it('asks the store for every value and holds none', () => {
    for (const { spec } of ofKind(objects, 'ExternalSecret')) {
      expect(spec.secretStoreRef).toEqual({ kind: 'ClusterSecretStore', name: one.secretStore.name });
      const known = (spec.data ?? []).map(({ secretKey }: Loose) => secretKey);
      const used = [...JSON.stringify(spec.target.template.data).matchAll(/\{\{ \.(\w+)/g)].map((match) => match[1]);
      expect([...new Set(used)].sort()).toEqual([...known].sort());
    }
  });

  it('is applied from the outside in', () => {
    const wave = ({ metadata }: Loose): number => Number(metadata.annotations['argocd.argoproj.io/sync-wave']);
    const worst = (kind: string) => Math.max(...ofKind(objects, kind).map(wave));
    const first = (kind: string) => Math.min(...ofKind(objects, kind).map(wave));
    expect(worst('Namespace')).toBeLessThan(first('ExternalSecret'));
    expect(worst('NetworkPolicy')).toBeLessThan(first('Deployment'));
    expect(worst('ExternalSecret')).toBeLessThan(first('Deployment'));
    for (const object of objects) expect(wave(object), object.metadata.name).toBeLessThan(0);
  });
});

describe('namespaces', () => {
  const one = cluster('production');
  const objects = objectsIn(one);

  it('enforce, audit and warn of Pod Security, at the version of the cluster', () => {
    for (const { name, podSecurity } of one.namespaces) {
      const { labels } = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name).metadata;
      for (const mode of ['enforce', 'audit', 'warn']) {
        expect(labels[`pod-security.kubernetes.io/${mode}`]).toBe(podSecurity);
        expect(labels[`pod-security.kubernetes.io/${mode}-version`]).toBe(`v${one.kubernetes}`);
      }
    }
  });

  it('have the quota that is declared', () => {
    const [quota] = ofKind(objects, 'ResourceQuota');
    expect(quota.metadata.namespace).toBe(one.namespace);
    expect(quota.spec.hard).toEqual({
      'requests.cpu': '20',
      'limits.cpu': '40',
      'requests.memory': '40Gi',
      'limits.memory': '80Gi',
      persistentvolumeclaims: '20',
    });
  });

  it('give a container that says nothing less than the largest', () => {
    const [{ spec }] = ofKind(objects, 'LimitRange');
    expect(Object.keys(spec.limits[0])).toEqual(['type', 'defaultRequest', 'default', 'min', 'max']);
  });
});
