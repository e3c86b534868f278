// kubeconform -strict on what `kustomize build` gives, with Kubernetes' and the operators' schemas, all of them closed.
import { join } from 'node:path';
import { buildable, deployedManifests, isComponent, kustomizationFolders, kustomizationRoots } from '../manifests.mjs';
import { edit } from '../mutate.mjs';
import { must, pooled, run } from '../process.mjs';
import { kubernetesSchemas, schemasFolder } from '../schemas.mjs';
import { withFolder } from '../tree.mjs';

const ofKind = (kind, change) => edit(/./, (object) => (object.kind === kind ? change(object.spec, object) : false));
const container = (change) =>
  edit(/./, (object) => {
    const first = object.spec?.template?.spec?.containers?.[0];
    return first === undefined ? false : change(first, object.spec.template.spec);
  });

export const judge = {
  name: 'kubeconform',
  about:
    'built base and overlays: every object has a schema (Kubernetes 1.35 and CRDs), no unknown field, no duplicate key',
  subjects: async (tree) => {
    const roots = new Set(kustomizationRoots(tree));
    const bases = kustomizationFolders(tree).filter((path) => !roots.has(path) && !isComponent(tree, path));
    const built = await withFolder(buildable(tree), (folder) =>
      pooled(bases, async (path) => [
        `${path}.yaml`,
        (await must('kustomize', ['build', path], { cwd: folder })).stdout,
      ]),
    );
    return new Map([...built, ...(await deployedManifests(tree))]);
  },
  examine: async (tree) => {
    const locations = [
      join(await kubernetesSchemas(), '{{.ResourceKind}}{{.KindSuffix}}.json'),
      join(schemasFolder, 'crds', '{{.Group}}', '{{.ResourceKind}}_{{.ResourceAPIVersion}}.json'),
    ];
    // One process for all: it reads Kubernetes' definitions, which takes longer than the rest, once.
    return withFolder(tree, async (folder) => {
      const { code, stdout, stderr } = await run(
        'kubeconform',
        [
          '-strict',
          '-verbose',
          '-output',
          'json',
          ...locations.flatMap((place) => ['-schema-location', place]),
          ...tree.keys(),
        ],
        { cwd: folder },
      );
      if (!stdout.trim().startsWith('{')) return [{ file: 'kubeconform', message: `ended with ${code}: ${stderr}` }];
      const { resources = [] } = JSON.parse(stdout);
      const bad = resources.filter(({ status }) => status !== 'statusValid' && status !== 'statusEmpty');
      const judged = new Set(resources.map(({ filename }) => filename));
      return [
        ...bad.map(({ filename, kind, name, status, msg }) => ({
          file: filename,
          message: `${kind} ${name}: ${status} ${msg}`,
        })),
        ...[...tree.keys()]
          .filter((file) => !judged.has(file))
          .map((file) => ({ file, message: 'nothing was judged' })),
        ...(code !== 0 && bad.length === 0 ? [{ file: 'kubeconform', message: `ended with ${code} ${stderr}` }] : []),
      ];
    });
  },
  mutants: [
    {
      name: 'unknown field of a container',
      mutate: container((object) => {
        object.imagePullPolice = 'Always';
      }),
      must: /imagePullPolice/,
    },
    {
      name: 'field at the wrong level',
      mutate: container((object, pod) => {
        pod.resources2 = object.resources;
      }),
      must: /resources2/,
    },
    {
      name: 'port as text',
      mutate: container((object) => {
        object.ports = [{ containerPort: 'http' }];
      }),
      must: /containerPort/,
    },
    {
      name: 'quantity that is none',
      mutate: container((object) => {
        object.resources.limits.memory = '1 GB';
      }),
      must: /memory/,
    },
    {
      name: 'selector left out',
      mutate: ofKind('Deployment', (spec) => {
        delete spec.selector;
      }),
      must: /selector/,
    },
    {
      name: 'retired API version',
      mutate: edit(/./, (object) => {
        if (object.kind !== 'HorizontalPodAutoscaler') return false;
        object.apiVersion = 'autoscaling/v2beta2';
        return true;
      }),
      must: /could not find schema|v2beta2/,
    },
    {
      name: 'unknown kind',
      mutate: edit(/./, (object) => {
        object.kind = 'Deploiment';
      }),
      must: /Deploiment/,
    },
    {
      name: 'enum of a custom resource',
      mutate: ofKind('ExternalSecret', (spec) => {
        spec.target.creationPolicy = 'Sometimes';
      }),
      must: /creationPolicy/,
    },
    {
      name: 'unknown field of a custom resource',
      mutate: ofKind('HTTPRoute', (spec) => {
        spec.hostname = 'x';
      }),
      must: /hostname/,
    },
    {
      name: 'policy port as object',
      mutate: ofKind('NetworkPolicy', (spec) => {
        spec.egress = [{ ports: { port: 53 } }];
      }),
      must: /ports/,
    },
    {
      name: 'schedule left out',
      mutate: ofKind('CronJob', (spec) => {
        delete spec.schedule;
      }),
      must: /schedule/,
    },
    {
      name: 'number in a ConfigMap',
      mutate: edit(/./, (object) => {
        if (object.kind !== 'ConfigMap') return false;
        object.data.NUMBER = 5;
        return true;
      }),
      must: /NUMBER/,
    },
    {
      name: 'the same key twice',
      mutate: (tree) => {
        for (const [path, text] of tree) tree.set(path, text.replace(/^kind: (.*)$/m, 'kind: $1\nkind: $1'));
        return true;
      },
      must: /kind|duplicate|already/,
    },
  ],
};
