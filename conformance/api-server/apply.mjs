// Applies the manifests of one environment to the API server, tries the pod of every template, and takes everything away again.
import { podTemplateOf } from '../manifests.mjs';
import { refusal } from './client.mjs';
import { definitionOf } from './definitions.mjs';

/** What others refer to comes first; the rest in one go. */
const order = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  ['PriorityClass', 'StorageClass', 'ClusterRole', 'Role', 'IngressClass', 'GatewayClass'],
  ['ServiceAccount', 'LimitRange', 'ResourceQuota'],
  ['ConfigMap', 'Secret'],
];
const rankOf = ({ kind }) => {
  const rank = order.findIndex((kinds) => kinds.includes(kind));
  return rank === -1 ? order.length : rank;
};

const restricted = Object.fromEntries(
  ['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']),
);

/** The volumes that a StatefulSet's controller adds to its pods, one for each claim. */
const withClaims = (spec, claims) =>
  claims.length === 0
    ? spec
    : {
        ...spec,
        volumes: [
          ...(spec.volumes ?? []),
          ...claims.map(({ metadata: { name } }) => ({ name, persistentVolumeClaim: { claimName: `${name}-0` } })),
        ],
      };

const nameOf = ({ kind, metadata }) =>
  `${kind} ${metadata?.namespace ? `${metadata.namespace}/` : ''}${metadata?.name}`;

/** Runs `work` for each item, as many at a time as the connection takes. */
const each = async (items, work) => {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
};

const groupOf = (apiVersion) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');

/** Finds out where objects of a kind live, making the definition of a custom resource when it is first asked for. */
const createPaths = (request) => {
  const known = new Map();
  const resources = async (apiVersion) => {
    const { status, body } = await request(
      'GET',
      apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`,
    );
    return status === 200 ? body.resources.filter(({ name }) => !name.includes('/')) : [];
  };
  const find = async (apiVersion, kind) => (await resources(apiVersion)).find((entry) => entry.kind === kind);
  const define = async (apiVersion, kind) => {
    const definition = await definitionOf(groupOf(apiVersion), kind);
    if (definition === null) return undefined;
    const answer = await request('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    if (answer.status !== 201 && answer.status !== 409)
      throw new Error(`definition of ${kind} in ${apiVersion} ${refusal(answer)}`);
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const resource = await find(apiVersion, kind);
      // Served a moment before it is ready for writing.
      if (resource?.verbs.includes('patch') === true) {
        const { body } = await request(
          'GET',
          `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definition.metadata.name}`,
        );
        if (body.status.conditions.some(({ type, status }) => type === 'Established' && status === 'True'))
          return resource;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return undefined;
  };
  const lookUp = async (apiVersion, kind) =>
    (await find(apiVersion, kind)) ?? (groupOf(apiVersion).includes('.') ? await define(apiVersion, kind) : undefined);
  /** The path of an object's collection, or null when the server knows no such kind. */
  return async ({ apiVersion, kind, metadata }) => {
    const key = `${apiVersion} ${kind}`;
    if (!known.has(key)) known.set(key, lookUp(apiVersion, kind));
    const resource = await known.get(key);
    if (resource === undefined) {
      known.delete(key);
      return null;
    }
    const prefix = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    return {
      namespaced: resource.namespaced,
      collection: resource.namespaced
        ? `${prefix}/namespaces/${metadata.namespace ?? 'default'}/${resource.name}`
        : `${prefix}/${resource.name}`,
    };
  };
};

/** Answers `{ judge(sources) }`, which applies streams of objects (file → objects) together and answers what was said of them. */
export const createJudge = ({ request }) => {
  const pathOf = createPaths(request);

  const ensureNamespace = async (name, labels, created) => {
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
    const { status } = await request('POST', '/api/v1/namespaces', body);
    if (status === 201) created.namespaces.add(name);
  };

  // The controller that would do this is not running.
  const ensureDefaultAccount = (namespace) =>
    request('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default' },
    });

  const apply = async ({ file, object }, created, findings) => {
    const path = await pathOf(object);
    if (path === null) {
      findings.push({ file, message: `${nameOf(object)}: the server knows no ${object.kind} in ${object.apiVersion}` });
      return;
    }
    const own = `${path.collection}/${object.metadata.name}`;
    const answer = await request(
      'PATCH',
      `${own}?fieldManager=judge&fieldValidation=Strict`,
      object,
      'application/apply-patch+yaml',
    );
    for (const warning of answer.warnings) findings.push({ file, message: `${nameOf(object)}: warning: ${warning}` });
    if (answer.status > 201) {
      findings.push({ file, message: `${nameOf(object)} ${refusal(answer)}` });
      return;
    }
    if (object.kind === 'Namespace') created.namespaces.add(object.metadata.name);
    else created.paths.push(own);
    if (object.kind === 'ResourceQuota') await fillQuota(own, answer.body);
  };

  /** A quota counts only what its status says, which a controller would write. */
  const fillQuota = (path, { spec }) =>
    request(
      'PATCH',
      `${path}/status`,
      { status: { hard: spec.hard, used: Object.fromEntries(Object.keys(spec.hard ?? {}).map((key) => [key, '0'])) } },
      'application/merge-patch+json',
    );

  const tryPod = async ({ file, object }, findings) => {
    const template = podTemplateOf(object);
    if (template?.spec?.containers === undefined) return;
    const { labels, annotations } = template.metadata ?? {};
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { generateName: `${object.metadata.name}-`, labels, annotations },
      spec: withClaims(template.spec, object.spec.volumeClaimTemplates ?? []),
    };
    const namespace = object.metadata.namespace ?? 'default';
    const answer = await request('POST', `/api/v1/namespaces/${namespace}/pods?dryRun=All&fieldValidation=Strict`, pod);
    const about = `pod of ${nameOf(object)}`;
    for (const warning of answer.warnings) findings.push({ file, message: `${about}: warning: ${warning}` });
    if (answer.status !== 201) findings.push({ file, message: `${about} ${refusal(answer)}` });
  };

  const remove = async (path) => {
    const { status, body } = await request('DELETE', `${path}?gracePeriodSeconds=0&propagationPolicy=Background`);
    if (status < 300 && body?.metadata?.finalizers !== undefined)
      await request('PATCH', path, { metadata: { finalizers: null } }, 'application/merge-patch+json');
  };

  const removeNamespace = async (name) => {
    const path = `/api/v1/namespaces/${name}`;
    await request('DELETE', `${path}/serviceaccounts/default`);
    await request('DELETE', path);
    const finalize = { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: { finalizers: [] } };
    await request('PUT', `${path}/finalize`, finalize);
    const { status } = await request('GET', path);
    if (status !== 404) throw new Error(`namespace ${name} stays behind`);
  };

  const judge = async (sources) => {
    const findings = [];
    const created = { namespaces: new Set(), paths: [] };
    const items = [];
    const firsts = new Map();
    for (const [file, objects] of sources) {
      for (const object of objects) {
        const key = `${object.apiVersion} ${nameOf(object)}`;
        const text = JSON.stringify(object);
        if (!firsts.has(key)) items.push({ file, object });
        else if (firsts.get(key).text !== text)
          findings.push({ file, message: `${nameOf(object)} differs from the one in ${firsts.get(key).file}` });
        if (!firsts.has(key)) firsts.set(key, { file, text });
      }
    }
    try {
      await applyAll(items, created, findings);
    } finally {
      await each(created.paths.reverse(), remove);
      for (const name of created.namespaces) await removeNamespace(name);
    }
    return findings;
  };

  const applyAll = async (items, created, findings) => {
    const own = items.filter(({ object }) => object.kind === 'Namespace');
    const named = new Set(own.map(({ object }) => object.metadata.name));
    for (const { file, object } of own) {
      if (object.metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted')
        findings.push({ file, message: `${nameOf(object)} does not enforce Pod Security "restricted"` });
    }
    const used = new Set(items.map(({ object }) => object.metadata?.namespace).filter((name) => name !== undefined));
    for (const name of used) if (!named.has(name)) await ensureNamespace(name, restricted, created);
    for (let rank = 0; rank <= order.length; rank += 1) {
      const group = items.filter(({ object }) => rankOf(object) === rank);
      await each(group, (item) => apply(item, created, findings));
      if (rank === 0) for (const name of new Set([...named, ...used])) await ensureDefaultAccount(name);
    }
    await each(items, (item) => tryPod(item, findings));
  };

  return { judge };
};
