// kube-score on the deployed manifests of each overlay, warnings included, with the optional tests that fit a request below its limit.
import { manifestsWith } from '../manifests.mjs';
import { edit } from '../mutate.mjs';
import { findingsOf, run } from '../process.mjs';

/** Left out: request = limit for CPU and memory, which would forbid the declared range (`cpu: 200m..500m`). */
const optionalTests = [
  'container-seccomp-profile',
  'container-ports-check',
  'container-ephemeral-storage-request-equals-limit',
];

/** The kinds that kube-score has tests for; of a file without any it prints `null`. */
const scored =
  /^(?:CronJob|DaemonSet|Deployment|HorizontalPodAutoscaler|Ingress|Job|NetworkPolicy|Pod|PodDisruptionBudget|Service|StatefulSet)$/;

const passing = 10;
const ofKind = (kind, change) =>
  edit(/./, (object, objects) => (object.kind === kind ? change(object.spec, objects, object) : false));
const web = (change) =>
  edit(/./, (object) => {
    const pod = object.kind === 'Deployment' ? object.spec.template.spec : undefined;
    return pod?.containers[0].ports === undefined ? false : change(pod.containers[0], pod, object);
  });

export const judge = {
  name: 'kube-score',
  about: 'built overlays: every test, warnings included; what a file tells it to ignore stands in waivers.json',
  subjects: (tree) => manifestsWith(tree, ({ kind }) => scored.test(kind)),
  examine: (tree) =>
    findingsOf(tree, async ([file, input]) => {
      const { stdout, stderr } = await run(
        'kube-score',
        [
          'score',
          '--kubernetes-version',
          'v1.35',
          '--output-format',
          'json',
          ...optionalTests.flatMap((test) => ['--enable-optional-test', test]),
          '-',
        ],
        { input },
      );
      const report = stdout.trim().startsWith('[') ? JSON.parse(stdout) : [];
      if (report.length === 0) return [{ file, message: `no report: ${stdout}${stderr}` }];
      return report.flatMap(({ object_name: object, checks }) =>
        checks
          .filter(({ grade, skipped }) => !skipped && grade < passing)
          .map(({ check, comments }) => {
            const reasons = (comments ?? []).map(({ path, summary }) => `${path} ${summary}`.trim()).join('; ');
            return { file, message: `${object}: ${check.id} ${reasons}` };
          }),
      );
    }),
  mutants: [
    {
      name: 'no CPU limit',
      mutate: web((container) => {
        delete container.resources.limits.cpu;
      }),
      must: /container-resources/,
    },
    {
      name: 'no ephemeral storage',
      mutate: web((container) => {
        delete container.resources.limits['ephemeral-storage'];
      }),
      must: /container-ephemeral-storage/,
    },
    {
      name: 'pull policy IfNotPresent',
      mutate: web((container) => {
        container.imagePullPolicy = 'IfNotPresent';
      }),
      must: /container-image-pull-policy/,
    },
    {
      name: 'image by latest',
      mutate: web((container) => {
        container.image = 'registry.invalid/x:latest';
      }),
      must: /container-image-tag/,
    },
    {
      name: 'writable root file system',
      mutate: web((container) => {
        container.securityContext.readOnlyRootFilesystem = false;
      }),
      must: /readonlyrootfilesystem/,
    },
    {
      name: 'low user',
      mutate: web((container, pod) => {
        pod.securityContext.runAsUser = container.securityContext.runAsUser = 1000;
      }),
      must: /user-group-id/,
    },
    {
      name: 'privileged',
      mutate: web((container) => {
        container.securityContext.privileged = true;
      }),
      must: /privileged/,
    },
    {
      name: 'no seccomp profile',
      mutate: web((container, pod) => {
        delete pod.securityContext.seccompProfile;
        delete container.securityContext.seccompProfile;
      }),
      must: /seccomp/,
    },
    {
      name: 'liveness equals readiness',
      mutate: web((container) => {
        container.livenessProbe = container.readinessProbe;
      }),
      must: /pod-probes-identical/,
    },
    {
      name: 'no readiness probe',
      mutate: web((container) => {
        delete container.readinessProbe;
      }),
      must: /pod-probes/,
    },
    {
      name: 'no anti-affinity',
      mutate: web((_, pod) => {
        delete pod.affinity;
      }),
      must: /podantiaffinity/,
    },
    {
      name: 'replicas beside the autoscaler',
      mutate: ofKind('HorizontalPodAutoscaler', (spec, objects) => {
        const target = objects.find(
          ({ kind, metadata }) => kind === 'Deployment' && metadata.name === spec.scaleTargetRef.name,
        );
        if (target === undefined) return false;
        target.spec.replicas = 3;
        return true;
      }),
      must: /replicas-configured/,
    },
    {
      name: 'autoscaler of nobody',
      mutate: ofKind('HorizontalPodAutoscaler', (spec) => {
        spec.scaleTargetRef.name = 'nobody';
      }),
      must: /has-target/,
    },
    {
      name: 'autoscaler down to one',
      mutate: ofKind('HorizontalPodAutoscaler', (spec) => {
        spec.minReplicas = 1;
      }),
      must: /horizontalpodautoscaler-replicas/,
    },
    {
      name: 'service of nobody',
      mutate: ofKind('Service', (spec) => {
        spec.selector = { app: 'nobody' };
      }),
      must: /service-targets-pod/,
    },
    {
      name: 'NodePort',
      mutate: ofKind('Service', (spec) => {
        spec.type = 'NodePort';
      }),
      must: /service-type/,
    },
    {
      name: 'disruption budget of nobody',
      mutate: ofKind('PodDisruptionBudget', (spec) => {
        spec.selector = { matchLabels: { app: 'nobody' } };
      }),
      must: /poddisruptionbudget/,
    },
    {
      name: 'policy of nobody',
      mutate: ofKind('NetworkPolicy', (spec) => {
        spec.podSelector = { matchLabels: { app: 'nobody' } };
      }),
      must: /networkpolicy/,
    },
    {
      name: 'no egress policy',
      mutate: edit(/./, (_, objects) => {
        const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
        for (const { spec } of policies) spec.policyTypes = ['Ingress'];
        return policies.length > 0;
      }),
      must: /pod-networkpolicy/,
    },
    {
      name: 'cron job without a deadline',
      mutate: ofKind('CronJob', (spec) => {
        delete spec.startingDeadlineSeconds;
      }),
      must: /cronjob-has-deadline/,
    },
    {
      name: 'selector differs from labels',
      mutate: ofKind('Deployment', (spec) => {
        spec.selector.matchLabels.other = 'x';
      }),
      must: /selector-labels-match/,
    },
    {
      name: 'variable twice',
      mutate: web((container) => {
        container.env = [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ];
      }),
      must: /key-duplication/,
    },
  ],
};
