// A real API server on every object of every environment, with the operators' definitions and Pod Security "restricted".
import { createJudge } from '../api-server/apply.mjs';
import { startServer } from '../api-server/server.mjs';
import { deployedManifests, environmentOf, objectsOf } from '../manifests.mjs';
import { edit } from '../mutate.mjs';

let server = null;
let queue = Promise.resolve();

/** One environment at a time: two of them may hold the same names. */
const inTurn = (work) => {
  const result = queue.then(async () => {
    server ??= startServer().then((running) => ({ running, ...createJudge(running) }));
    return work(await server);
  });
  queue = result.catch(() => {});
  return result;
};

const ofKind = (kind, change) =>
  edit(/./, (object, objects) => (object.kind === kind ? change(object.spec, object, objects) : false));
const web = (change) =>
  ofKind('Deployment', (spec, object, objects) => {
    const pod = spec.template.spec;
    return pod.containers[0].ports === undefined ? false : change(pod.containers[0], pod, spec, object, objects);
  });

export const judge = {
  name: 'api-server',
  about: 'etcd and kube-apiserver 1.35: server-side apply of every environment, and the pod of each template',
  subjects: async (tree) => {
    const environment = environmentOf(tree);
    const entries = [...(await deployedManifests(tree))];
    return new Map(entries.map(([file, text]) => [`${environment(file.replace(/\.yaml$/, ''))}: ${file}`, text]));
  },
  examine: async (tree) => {
    const environments = new Map();
    for (const [file, text] of tree) {
      const [name] = file.split(': ');
      environments.set(name, [...(environments.get(name) ?? []), [file, objectsOf(text)]]);
    }
    const findings = [];
    for (const sources of environments.values())
      findings.push(...(await inTurn(({ judge: judgeObjects }) => judgeObjects(sources))));
    return findings;
  },
  end: async () => {
    await queue;
    const running = server;
    server = null;
    await (await running)?.running.stop();
  },
  mutants: [
    {
      name: 'selector differs from labels',
      mutate: web((_, __, spec) => {
        spec.selector.matchLabels.other = 'x';
      }),
      must: /selector/,
    },
    {
      name: 'request above limit',
      mutate: web((container) => {
        container.resources.requests.memory = '64Gi';
      }),
      must: /must be less than or equal to memory limit/,
    },
    {
      name: 'volume that is not there',
      mutate: web((container) => {
        container.volumeMounts = [...(container.volumeMounts ?? []), { name: 'nothing', mountPath: '/nothing' }];
      }),
      must: /volumeMounts.*Not found|Not found.*nothing/,
    },
    {
      name: 'name that is no DNS name',
      mutate: ofKind('Service', (_, object) => {
        object.metadata.name = 'My_Service';
      }),
      must: /DNS-1035|DNS-1123/,
    },
    {
      name: 'block that is no CIDR',
      mutate: ofKind('NetworkPolicy', (spec) => {
        spec.policyTypes = ['Egress'];
        delete spec.ingress;
        spec.egress = [{ to: [{ ipBlock: { cidr: '10.0.0.0/40' } }] }];
      }),
      must: /cidr|CIDR/,
    },
    {
      name: 'exception outside its block',
      mutate: ofKind('NetworkPolicy', (spec) => {
        spec.policyTypes = ['Egress'];
        delete spec.ingress;
        spec.egress = [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }] }];
      }),
      must: /must be a strict subset/,
    },
    {
      name: 'schedule that is none',
      mutate: ofKind('CronJob', (spec) => {
        spec.schedule = '61 * * * *';
      }),
      must: /schedule/,
    },
    {
      name: 'time zone that is none',
      mutate: ofKind('CronJob', (spec) => {
        spec.timeZone = 'Europe/Atlantis';
      }),
      must: /time ?zone/i,
    },
    {
      name: 'may run as root',
      mutate: web((container, pod) => {
        delete container.securityContext.runAsNonRoot;
        delete pod.securityContext.runAsNonRoot;
      }),
      must: /violates PodSecurity "restricted.*runAsNonRoot/,
    },
    {
      name: 'privilege escalation',
      mutate: web((container) => {
        container.securityContext.allowPrivilegeEscalation = true;
      }),
      must: /violates PodSecurity "restricted.*allowPrivilegeEscalation/,
    },
    {
      name: 'capabilities kept',
      mutate: web((container) => {
        delete container.securityContext.capabilities;
      }),
      must: /violates PodSecurity "restricted.*unrestricted capabilities/,
    },
    {
      name: 'folder of the node',
      mutate: web((_, pod) => {
        pod.volumes = [...(pod.volumes ?? []), { name: 'node', hostPath: { path: '/' } }];
      }),
      must: /violates PodSecurity "restricted.*hostPath|restricted volume types/,
    },
    {
      name: 'unknown field',
      mutate: web((container) => {
        container.imagePullPolice = 'Always';
      }),
      must: /unknown field|field not declared in schema/,
    },
    {
      name: 'unknown field of a custom resource',
      mutate: edit(/./, (object) => {
        if (!object.apiVersion.includes('.') || object.apiVersion.includes('k8s.io/v1')) return false;
        object.spec.nothing = 1;
        return true;
      }),
      must: /nothing/,
    },
    {
      name: 'rule of a custom resource that only its definition holds',
      mutate: ofKind('HTTPRoute', (spec) => {
        spec.rules[0].matches = [{ path: { type: 'PathPrefix', value: 'no-slash' } }];
      }),
      must: /must be an absolute path|should match/,
    },
    {
      name: 'disruption budget with both bounds',
      mutate: ofKind('PodDisruptionBudget', (spec) => {
        spec.minAvailable = 1;
        spec.maxUnavailable = 1;
      }),
      must: /mutually exclusive|cannot be both set/,
    },
    {
      name: 'autoscaler with its bounds swapped',
      mutate: ofKind('HorizontalPodAutoscaler', (spec) => {
        spec.minReplicas = spec.maxReplicas + 1;
      }),
      must: /maxReplicas/,
    },
    {
      name: 'name of a port twice',
      mutate: web((container) => {
        container.ports = [
          { name: 'http', containerPort: 8080 },
          { name: 'http', containerPort: 8081 },
        ];
      }),
      must: /Duplicate value|duplicate/,
    },
    {
      name: 'port of the probe that has no name',
      mutate: web((container) => {
        container.readinessProbe = { httpGet: { path: '/', port: 'nothing_' } };
      }),
      must: /readinessProbe/,
    },
    {
      name: 'service account of nobody',
      mutate: web((_, pod) => {
        pod.serviceAccountName = 'nobody';
      }),
      must: /serviceaccount "nobody" not found/,
    },
    {
      name: 'priority that no class gives',
      mutate: web((_, pod) => {
        pod.priorityClassName = 'nothing';
      }),
      must: /no PriorityClass with name nothing/,
    },
    {
      name: 'service with two ports and no names',
      mutate: ofKind('Service', (spec) => {
        spec.ports = [{ port: 80 }, { port: 81 }];
      }),
      must: /ports.*name.*Required/,
    },
    {
      name: 'rolling update that may not move',
      mutate: ofKind('Deployment', (spec) => {
        spec.strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } };
      }),
      must: /maxUnavailable/,
    },
    {
      name: 'label that is none',
      mutate: ofKind('Service', (_, object) => {
        object.metadata.labels.broken = 'not a label!';
      }),
      must: /metadata\.labels/,
    },
    {
      name: 'limit above what the namespace gives to a container',
      mutate: web((_, __, ___, { metadata: { namespace } }, objects) => {
        objects.push({
          apiVersion: 'v1',
          kind: 'LimitRange',
          metadata: { name: 'small', namespace },
          spec: { limits: [{ type: 'Container', max: { memory: '1Mi' } }] },
        });
      }),
      must: /maximum memory usage per Container is 1Mi/,
    },
    {
      name: 'quota of the namespace exceeded',
      mutate: web((_, __, ___, { metadata: { namespace } }, objects) => {
        objects.push({
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'small', namespace },
          spec: { hard: { 'limits.memory': '1Mi' } },
        });
      }),
      must: /exceeded quota: small/,
    },
    {
      name: 'namespace without Pod Security',
      mutate: web((_, __, ___, { metadata: { namespace } }, objects) => {
        objects.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: {} } });
      }),
      must: /does not enforce Pod Security/,
    },
    {
      name: 'the same object otherwise',
      mutate: ofKind('Service', (_, object, objects) => {
        objects.push({ ...structuredClone(object), metadata: { ...object.metadata, annotations: { other: 'x' } } });
      }),
      must: /differs from the one in/,
    },
  ],
};
