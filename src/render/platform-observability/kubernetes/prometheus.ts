// Turns what a cluster's Prometheus is into objects of the Prometheus Operator, with the rights that it needs.

import type { MeshScrapingPlan } from '../../../plan/types/platform';
import type { Manifest } from '../../shared/kubernetes/manifest';
import { amounts, mebibytes } from '../../shared/kubernetes/quantity';
import { ruleFile } from '../../shared/rules';
import { toYaml } from '../../shared/yaml';
import {
  disruptionBudget,
  inFile,
  type MonitoringScope,
  metadata,
  podSecurity,
  serviceAccount,
  spread,
  watcherNamed,
} from './scope';

const name = 'prometheus';
const labels = { 'app.kubernetes.io/name': name };
const write = inFile('prometheus-server.yaml');

const inNamespaces = (names: readonly string[]) => ({
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: names }],
});

function rights(scope: MonitoringScope): Manifest[] {
  const read = ['get', 'list', 'watch'];
  const role = `${scope.plan.identity.name}-prometheus`;
  const { monitoringNamespace } = scope.watching;
  return [
    write(
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: metadata(scope, role, name, 'configure', null),
        rules: [
          { apiGroups: [''], resources: ['endpoints', 'nodes', 'pods', 'services'], verbs: read },
          { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
          { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
          { nonResourceURLs: ['/metrics', '/metrics/cadvisor'], verbs: ['get'] },
        ],
      },
      { rules: 'To find targets, and to read what the kubelets say. Nothing of it changes anything.' },
    ),
    write({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: metadata(scope, role, name, 'configure', null),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace: monitoringNamespace }],
    }),
  ];
}

const certificatesVolume = 'istio-certs';

/** https://istio.io/latest/docs/ops/integrations/prometheus/#tls-settings */
const sidecar = ({ written }: MeshScrapingPlan) => ({
  'traffic.sidecar.istio.io/includeInboundPorts': '',
  'traffic.sidecar.istio.io/includeOutboundIPRanges': '',
  'proxy.istio.io/config': toYaml({ proxyMetadata: { OUTPUT_CERTS: written } }),
  'sidecar.istio.io/userVolumeMount': JSON.stringify([{ name: certificatesVolume, mountPath: written }]),
});

const certificates = ({ read, scrapeClass }: MeshScrapingPlan) => ({
  volumes: [{ name: certificatesVolume, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }],
  volumeMounts: [{ name: certificatesVolume, mountPath: read, readOnly: true }],
  scrapeClasses: [
    {
      name: scrapeClass,
      tlsConfig: {
        caFile: `${read}/root-cert.pem`,
        certFile: `${read}/cert-chain.pem`,
        keyFile: `${read}/key.pem`,
      },
    },
  ],
});

function server(scope: MonitoringScope): Manifest {
  const { watching } = scope;
  const { mesh } = watching;
  const { image, request, limit } = watcherNamed(scope, name);
  const from = inNamespaces(watching.namespaces);
  return write(
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: metadata(scope, name, name, 'run'),
      spec: {
        image: `${image.repository}:${image.tag}`,
        version: image.tag,
        replicas: watching.replicas.prometheus,
        serviceAccountName: name,
        podMetadata: {
          labels: {
            ...labels,
            'app.kubernetes.io/part-of': scope.plan.identity.name,
            ...(mesh === null ? {} : { 'sidecar.istio.io/inject': 'true' }),
          },
          annotations: mesh === null ? undefined : sidecar(mesh),
        },
        ...(mesh === null ? {} : certificates(mesh)),
        podMonitorSelector: {},
        podMonitorNamespaceSelector: from,
        serviceMonitorSelector: {},
        serviceMonitorNamespaceSelector: from,
        ruleSelector: {},
        ruleNamespaceSelector: from,
        scrapeInterval: `${watching.scrapeIntervalSeconds}s`,
        evaluationInterval: `${watching.evaluationIntervalSeconds}s`,
        retention: `${watching.retentionSeconds}s`,
        externalUrl: `http://prometheus-operated.${watching.monitoringNamespace}.svc:9090`,
        alerting: {
          alertmanagers: [
            { namespace: watching.monitoringNamespace, name: 'alertmanager-operated', port: 'web', apiVersion: 'v2' },
          ],
        },
        storage: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: mebibytes(watching.storageMiB) } },
            },
          },
        },
        resources: { requests: amounts(request), limits: amounts(limit) },
        securityContext: podSecurity,
        ...spread(labels),
      },
    },
    {
      ...(mesh === null
        ? {}
        : {
            'spec.podMetadata.annotations':
              'The sidecar carries none of its traffic: it gets a certificate of the mesh, renews it, and writes it where Prometheus reads it.',
            'spec.scrapeClasses':
              'Named by the monitors of what refuses plain text; everything else is read as before.',
          }),
      'spec.replicas': 'Both read and send everything; Alertmanager tells each alert once.',
      'spec.podMonitorSelector':
        'Everything in these namespaces: what a service brings is never left out by a missing label.',
      'spec.storage.volumeClaimTemplate.spec.resources.requests.storage':
        'Retention × samples a second × 2 bytes, half of it again, in steps of 10 GiB.',
      'spec.securityContext': 'Pod Security "restricted"; the operator closes the containers itself.',
    },
  );
}

function rules(scope: MonitoringScope): Manifest {
  const { groups } = scope.watching;
  return inFile('prometheus-rule.yaml')(
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: metadata(scope, 'platform', 'platform', 'run'),
      spec: ruleFile(groups),
    },
    Object.fromEntries(groups.map(({ why }, index) => [`spec.groups.${index}`, why])),
  );
}

export const prometheusObjects = (scope: MonitoringScope): Manifest[] => [
  write(serviceAccount(scope, name), {
    automountServiceAccountToken:
      'The pods of the operator ask for theirs: they call the Kubernetes API to find targets.',
  }),
  ...rights(scope),
  server(scope),
  write(disruptionBudget(scope, name, labels)),
  rules(scope),
];
