// Turns the cluster's Grafana into a Deployment whose dashboards and data source are mounted, and a Service.
import type { Manifest } from '../../shared/kubernetes/manifest';
import { amounts } from '../../shared/kubernetes/quantity';
import { dashboardsPath } from '../grafana';
import { watcherSecret } from './alertmanager';
import {
  disruptionBudget,
  inFile,
  type MonitoringScope,
  metadata,
  ownLabels,
  podSecurity,
  serviceAccount,
  spread,
  watcherNamed,
} from './scope';

const name = 'grafana';
const selector = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name };
const write = inFile('grafana.yaml');
const adminSecret = 'grafana-admin';

/** Names of the ConfigMaps that the kustomizations generate. */
export const dataSourceMap = 'grafana-datasources';
export const providerMap = 'grafana-dashboard-providers';
export const dashboardMap = (dashboard: string): string => `dashboard-${dashboard}`;

const folders = [
  { name: 'data', mountPath: '/var/lib/grafana', sizeLimit: '256Mi' },
  { name: 'log', mountPath: '/var/log/grafana', sizeLimit: '16Mi' },
  { name: 'tmp', mountPath: '/tmp', sizeLimit: '64Mi' },
];

const volumes = ({ watching }: MonitoringScope): object[] => [
  ...folders.map((folder) => ({ name: folder.name, emptyDir: { sizeLimit: folder.sizeLimit } })),
  { name: 'admin', secret: { secretName: adminSecret, defaultMode: 288 } },
  { name: 'datasources', configMap: { name: dataSourceMap } },
  { name: 'providers', configMap: { name: providerMap } },
  {
    name: 'dashboards',
    projected: {
      sources: watching.dashboards.map((dashboard) => ({ configMap: { name: dashboardMap(dashboard.name) } })),
    },
  },
];

const mounts: readonly object[] = [
  ...folders.map((folder) => ({ name: folder.name, mountPath: folder.mountPath })),
  { name: 'admin', mountPath: '/run/secrets', readOnly: true },
  { name: 'datasources', mountPath: '/etc/grafana/provisioning/datasources', readOnly: true },
  { name: 'providers', mountPath: '/etc/grafana/provisioning/dashboards', readOnly: true },
  { name: 'dashboards', mountPath: dashboardsPath, readOnly: true },
];

function container(scope: MonitoringScope): object {
  const { image, environment, request, limit } = watcherNamed(scope, name);
  const health = { httpGet: { path: '/api/health', port: 'http' } };
  const pace = { periodSeconds: 10, timeoutSeconds: 5 };
  const disk = { ephemeralStorageMiB: 512 };
  return {
    name,
    image: `${image.repository}:${image.tag}`,
    imagePullPolicy: 'Always',
    env: environment.map(({ name: key, value }) => ({ name: key, value })),
    ports: [{ name: 'http', containerPort: 3000, protocol: 'TCP' }],
    startupProbe: { ...health, ...pace, failureThreshold: 12 },
    readinessProbe: { ...health, ...pace, failureThreshold: 3 },
    livenessProbe: { tcpSocket: { port: 'http' }, ...pace, failureThreshold: 3 },
    resources: { requests: amounts({ ...request, ...disk }), limits: amounts({ ...limit, ...disk }) },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: podSecurity.runAsUser,
      runAsGroup: podSecurity.runAsGroup,
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: mounts,
  };
}

function deployment(scope: MonitoringScope): Manifest {
  return write(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata(scope, name, name, 'run'),
      spec: {
        replicas: 2,
        revisionHistoryLimit: 3,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: ownLabels(scope, name) },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: podSecurity,
            ...spread(selector),
            containers: [container(scope)],
            volumes: volumes(scope),
          },
        },
      },
    },
    {
      'spec.template.spec.volumes.0':
        'Nothing that is kept is here: data source and dashboards are mounted, users come from the administrator.',
      'spec.template.spec.containers.0.image': 'Digests are set in the kustomization: kustomize edit set image.',
    },
  );
}

function service(scope: MonitoringScope): Manifest {
  return write(
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(scope, name, name, 'run'),
      spec: {
        type: 'ClusterIP',
        selector,
        sessionAffinity: 'ClientIP',
        ports: [{ name: 'http', port: 3000, targetPort: 'http', protocol: 'TCP' }],
      },
    },
    {
      'spec.sessionAffinity': 'A session is known to the pod that began it.',
    },
  );
}

export const grafanaObjects = (scope: MonitoringScope): Manifest[] => [
  write(serviceAccount(scope, name)),
  write(watcherSecret(scope, watcherNamed(scope, name), adminSecret, name)),
  deployment(scope),
  service(scope),
  write(disruptionBudget(scope, name, selector)),
];
