// The rendered NetworkPolicies against the edges of the platform's plan: exactly the declared ones are open, in every cluster.
import { declaredEdges, isImplied, surroundings } from '../declared-edges.mjs';
import { deployedManifests, environmentOf, objectsOf } from '../manifests.mjs';
import { edit } from '../mutate.mjs';
import { compareEdges, openEdges, podsOf } from '../network-policies.mjs';
import { matching } from '../tree.mjs';

const planFile = /(?:^|\/)[\w-]*plan\.json$/;

const clustersOf = (tree) => {
  for (const [path, text] of matching(tree, planFile)) {
    const { clusters, monitoring } = JSON.parse(text);
    if (Array.isArray(clusters)) return [path, clusters, monitoring];
  }
  return [null, [], []];
};

/** The ends beside those of the tree are under nobody's policies: what passes between two of them says nothing. */
const between = (own) => {
  const keys = new Set(own.map(({ namespace, name }) => `${namespace}/${name}`));
  return ({ from, to }) => keys.has(from) || keys.has(to);
};

const judgeCluster = (cluster, watched, objects) => {
  const pods = podsOf(objects);
  const beside = surroundings(cluster, pods, watched);
  const { declared, mayOpen, findings } = declaredEdges(cluster, pods, beside.others, watched);
  const implied = isImplied(cluster, pods);
  const open = openEdges(objects, beside)
    .filter(between(pods))
    .filter((edge) => !implied(edge) && !mayOpen(edge));
  return [
    ...findings,
    ...compareEdges(
      open,
      declared.filter((edge) => !implied(edge) && !mayOpen(edge)),
      cluster.name,
    ),
  ];
};

const policy = (name, change) =>
  edit(/: .*\.yaml$/, (object) =>
    object.kind === 'NetworkPolicy' && name.test(object.metadata.name) ? change(object.spec, object) : false,
  );

export const judge = {
  name: 'network-policies',
  about:
    'an evaluator of our own: in every cluster exactly the edges of the plan are open, for every pair of workloads',
  platform: true,
  subjects: async (tree) => {
    const [path] = clustersOf(tree);
    if (path === null) return new Map();
    const environment = environmentOf(tree);
    const built = [...(await deployedManifests(tree))];
    return new Map([
      [path, tree.get(path)],
      ...built.map(([file, text]) => [`${environment(file.replace(/\.yaml$/, ''))}: ${file}`, text]),
    ]);
  },
  examine: (tree) => {
    const [, clusters, monitoring] = clustersOf(tree);
    const findings = [];
    for (const cluster of clusters) {
      const objects = [...tree]
        .filter(([file]) => file.startsWith(`${cluster.name}: `))
        .flatMap(([, text]) => objectsOf(text));
      const watched = monitoring.find(({ environment, runs }) => environment === cluster.name && runs === 'kubernetes');
      if (objects.length === 0) findings.push({ file: cluster.name, message: 'there are no manifests of it' });
      else findings.push(...judgeCluster(cluster, watched, objects));
    }
    return findings;
  },
  mutants: [
    {
      name: 'every policy of an environment left out',
      mutate: (tree) => {
        const isPolicy = (part) => /^kind: NetworkPolicy$/m.test(part);
        const [first] = [...tree].find(([file, text]) => file.includes(': ') && isPolicy(text)) ?? [];
        if (first === undefined) return false;
        const environment = first.slice(0, first.indexOf(': ') + 2);
        for (const [file, text] of tree) {
          if (!file.startsWith(environment)) continue;
          tree.set(
            file,
            text
              .split(/^---$/m)
              .filter((part) => !isPolicy(part))
              .join('---'),
          );
        }
        return true;
      },
      must: /open and nobody declared/,
    },
    {
      name: 'one port too many',
      mutate: policy(/-web$/, ({ ingress }) => {
        if (ingress === undefined) return false;
        // From everybody: a caller with a policy of its own would have to be let out as well.
        ingress.push({ ports: [{ protocol: 'TCP', port: 9999 }] });
        return true;
      }),
      must: /9999\/TCP is open and nobody declared/,
    },
    {
      name: 'everybody may call',
      mutate: policy(/-web$/, (spec) => {
        spec.ingress = [{}];
      }),
      must: /stranger → \S+ every port\/TCP is open and nobody declared/,
    },
    {
      name: 'a port that a caller needs is left out',
      mutate: policy(/-web$/, (spec) => {
        if (spec.ingress === undefined) return false;
        spec.ingress = [];
        return true;
      }),
      must: /is declared and closed/,
    },
    {
      name: 'everything outside is open',
      mutate: policy(/-web$/, (spec) => {
        spec.egress = [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }];
      }),
      must: /→ outside every port\/TCP is open and nobody declared/,
    },
    {
      name: 'label of a caller left out',
      mutate: edit(/: .*\.yaml$/, (object) => {
        const labels = object.spec?.template?.metadata?.labels ?? {};
        const calls = Object.keys(labels).filter((key) => key.includes('/calls-'));
        if (object.kind !== 'Deployment' || calls.length === 0) return false;
        for (const key of calls) delete labels[key];
        return true;
      }),
      must: /is declared and closed/,
    },
    {
      name: 'an edge left out of the plan',
      mutate: (tree) => {
        const [path, clusters] = clustersOf(tree);
        const index = clusters[0].edges.findIndex(({ by }) => by === 'needs.services');
        clusters[0].edges.splice(index, 1);
        tree.set(path, JSON.stringify({ ...JSON.parse(tree.get(path)), clusters }));
        return index !== -1;
      },
      must: /open and nobody declared/,
    },
    {
      name: 'an edge of what watches left out of the plan',
      mutate: (tree) => {
        const [path] = clustersOf(tree);
        const plan = JSON.parse(tree.get(path));
        const watched = plan.monitoring.find(({ runs, edges }) => runs === 'kubernetes' && edges.length > 0);
        if (watched === undefined) return false;
        watched.edges = watched.edges.filter(({ from }) => from !== 'grafana');
        tree.set(path, JSON.stringify(plan));
        return true;
      },
      must: /grafana → \S+prometheus 9090\/TCP is open and nobody declared/,
    },
    {
      name: 'traces of a service are not let in',
      mutate: policy(/^apm-server$/, (spec) => {
        if (spec.ingress.length === 0) return false;
        spec.ingress.pop();
        return true;
      }),
      must: /apm-server 8200\/TCP is declared and closed/,
    },
  ],
};
