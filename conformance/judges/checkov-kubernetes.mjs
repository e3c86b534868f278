// checkov's Kubernetes checks on the deployed manifests of each overlay.
import { checkovEach, endCheckov } from '../checkov.mjs';
import { isBuiltIn, manifestsWith } from '../manifests.mjs';
import { edit } from '../mutate.mjs';

const web = (change) =>
  edit(/./, (object, objects) => {
    const pod = object.kind === 'Deployment' ? object.spec.template.spec : undefined;
    return pod === undefined ? false : change(pod.containers[0], pod, object, objects);
  });

export const judge = {
  name: 'checkov-kubernetes',
  about: 'built overlays with the digest that the deploy job sets: every check fatal',
  subjects: (tree) => manifestsWith(tree, isBuiltIn),
  // Each by itself: checkov would match the pods of one environment with the policies of another.
  examine: (tree) =>
    checkovEach(
      'kubernetes',
      [...tree].map((overlay) => new Map([overlay])),
    ),
  end: endCheckov,
  mutants: [
    {
      name: 'image by tag',
      mutate: web((container) => {
        container.image = container.image.replace(/@.*/, '');
      }),
      must: /CKV_K8S_43/,
    },
    {
      name: 'secret as a variable',
      mutate: web((container) => {
        container.envFrom = [{ secretRef: { name: 'x' } }];
      }),
      must: /CKV_K8S_35/,
    },
    {
      name: 'token of the service account mounted',
      mutate: web((_, pod) => {
        delete pod.automountServiceAccountToken;
      }),
      must: /CKV_K8S_38/,
    },
    {
      name: 'privilege escalation',
      mutate: web((container) => {
        container.securityContext.allowPrivilegeEscalation = true;
      }),
      must: /CKV_K8S_20/,
    },
    {
      name: 'capabilities kept',
      mutate: web((container) => {
        delete container.securityContext.capabilities;
      }),
      must: /CKV_K8S_(28|37)/,
    },
    {
      name: 'capability added',
      mutate: web((container) => {
        container.securityContext.capabilities.add = ['SYS_ADMIN'];
      }),
      must: /CKV_K8S_(25|39)/,
    },
    {
      name: 'may run as root',
      mutate: web((container, pod) => {
        for (const context of [container.securityContext, pod.securityContext]) {
          delete context.runAsNonRoot;
          delete context.runAsUser;
        }
      }),
      must: /CKV_K8S_(23|40)/,
    },
    {
      name: 'host network',
      mutate: web((_, pod) => {
        pod.hostNetwork = true;
      }),
      must: /CKV_K8S_19/,
    },
    {
      name: 'host port',
      mutate: web((container) => {
        container.ports = [{ containerPort: 80, hostPort: 80 }];
      }),
      must: /CKV_K8S_26/,
    },
    {
      name: 'no liveness probe',
      mutate: web((container) => {
        delete container.livenessProbe;
      }),
      must: /CKV_K8S_8/,
    },
    {
      name: 'no memory limit',
      mutate: web((container) => {
        delete container.resources.limits.memory;
      }),
      must: /CKV_K8S_13/,
    },
    {
      name: 'default namespace',
      mutate: web((_, __, object) => {
        object.metadata.namespace = 'default';
      }),
      must: /CKV_K8S_21/,
    },
    {
      name: 'no network policy',
      mutate: edit(/./, (_, objects) => {
        const kept = objects.filter(({ kind }) => kind !== 'NetworkPolicy');
        const changed = kept.length < objects.length;
        objects.splice(0, objects.length, ...kept);
        return changed;
      }),
      must: /CKV2_K8S_6/,
    },
    {
      name: 'check skipped by annotation',
      mutate: web((_, __, object) => {
        object.metadata.annotations = { ...object.metadata.annotations, 'checkov.io/skip1': 'CKV_K8S_8=because' };
        object.spec.template.metadata.annotations = { 'checkov.io/skip1': 'CKV_K8S_8=because' };
      }),
      must: /CKV_K8S_8 skipped/,
    },
  ],
};
