// Decides the servers that watch: Prometheus, Alertmanager and Grafana.

import { duration } from '../../promql/duration';
import type { ResourceAmounts, WritableFolder } from '../../types';
import type { WatcherPlan } from '../../types/platform';

export const amounts = (cpuMillis: number, memoryMiB: number, ephemeralStorageMiB = 0): ResourceAmounts => ({
  cpuMillis,
  memoryMiB,
  ephemeralStorageMiB,
});

export const image = (repository: string, tag: string) => ({ repository, tag, digest: null });

export const scratch = (name: string, path: string, sizeMiB: number): WritableFolder => ({
  name,
  path,
  sizeMiB,
  executable: false,
});

/** A health check that is asked every ten seconds. */
export const asked = (command: readonly string[], startPeriodSeconds = 30) => ({
  command,
  intervalSeconds: 10,
  timeoutSeconds: 5,
  startPeriodSeconds,
  retries: 6,
});

type Optional =
  | 'capabilities'
  | 'profiles'
  | 'entrypoint'
  | 'command'
  | 'environment'
  | 'mounts'
  | 'hostMounts'
  | 'volumes'
  | 'writableFolders'
  | 'secretFiles'
  | 'publishedPort'
  | 'oneShot'
  | 'after'
  | 'healthCheck'
  | 'port'
  | 'stopGraceSeconds';

const nothing: Pick<WatcherPlan, Optional> = {
  capabilities: [],
  profiles: [],
  entrypoint: null,
  command: null,
  environment: [],
  mounts: [],
  hostMounts: [],
  volumes: [],
  writableFolders: [],
  secretFiles: [],
  port: null,
  publishedPort: null,
  healthCheck: null,
  stopGraceSeconds: 30,
  oneShot: false,
  after: [],
};

export const watcher = (parts: Omit<WatcherPlan, Optional> & Partial<Pick<WatcherPlan, Optional>>): WatcherPlan => ({
  ...nothing,
  ...parts,
});

export interface WatcherInput {
  readonly retentionSeconds: number;
  readonly hasDashboards: boolean;
  readonly ports: { readonly prometheus: number; readonly grafana: number };
  readonly grafanaUrl: string;
  readonly secretFiles: (container: string) => WatcherPlan['secretFiles'];
}

/** https://prometheus.io/docs/prometheus/latest/command-line/prometheus/ */
const prometheus = ({ retentionSeconds, ports }: WatcherInput): WatcherPlan =>
  watcher({
    name: 'prometheus',
    part: 'observability',
    image: image('docker.io/prom/prometheus', 'v3.13.2'),
    user: '65534:65534',
    command: [
      '--config.file=/etc/prometheus/prometheus.yml',
      '--storage.tsdb.path=/prometheus',
      `--storage.tsdb.retention.time=${duration(retentionSeconds)}`,
    ],
    mounts: [{ source: 'prometheus', target: '/etc/prometheus' }],
    volumes: [{ name: 'prometheus-data', path: '/prometheus' }],
    port: 9090,
    publishedPort: ports.prometheus,
    healthCheck: asked(['promtool', 'check', 'healthy', '--url=http://127.0.0.1:9090']),
    request: amounts(250, 512),
    limit: amounts(1000, 1024),
    why: 'Reads every target, evaluates every rule. It joins the network of each container that it reads, and of no other.',
  });

/** https://prometheus.io/docs/alerting/latest/alertmanager/ */
const alertmanager = ({ secretFiles }: WatcherInput): WatcherPlan =>
  watcher({
    name: 'alertmanager',
    part: 'observability',
    image: image('docker.io/prom/alertmanager', 'v0.34.0'),
    user: '65534:65534',
    command: [
      '--config.file=/etc/alertmanager/alertmanager.yml',
      '--storage.path=/alertmanager',
      // One of it: nobody to agree with.
      '--cluster.listen-address=',
    ],
    mounts: [{ source: 'alertmanager', target: '/etc/alertmanager' }],
    volumes: [{ name: 'alertmanager-data', path: '/alertmanager' }],
    secretFiles: secretFiles('alertmanager'),
    port: 9093,
    healthCheck: asked(['amtool', '--alertmanager.url=http://127.0.0.1:9093', 'alert', 'query']),
    request: amounts(50, 64),
    limit: amounts(250, 128),
    why: 'Groups alerts, holds back what another one explains, and would tell the owner. On a laptop its receivers lead nowhere.',
  });

/** https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/ */
export const grafanaSettings = (url: string): WatcherPlan['environment'] => [
  { name: 'GF_ANALYTICS_CHECK_FOR_UPDATES', value: 'false' },
  { name: 'GF_ANALYTICS_REPORTING_ENABLED', value: 'false' },
  { name: 'GF_AUTH_ANONYMOUS_ENABLED', value: 'false' },
  { name: 'GF_PLUGINS_PREINSTALL_DISABLED', value: 'true' },
  { name: 'GF_SECURITY_DISABLE_GRAVATAR', value: 'true' },
  { name: 'GF_SECURITY_STRICT_TRANSPORT_SECURITY', value: url.startsWith('https:') ? 'true' : 'false' },
  { name: 'GF_SECURITY_COOKIE_SECURE', value: url.startsWith('https:') ? 'true' : 'false' },
  { name: 'GF_SERVER_ROOT_URL', value: url },
  { name: 'GF_SNAPSHOTS_EXTERNAL_ENABLED', value: 'false' },
  { name: 'GF_USERS_ALLOW_SIGN_UP', value: 'false' },
];

const grafana = ({ secretFiles, ports, grafanaUrl }: WatcherInput): WatcherPlan =>
  watcher({
    name: 'grafana',
    part: 'observability',
    image: image('docker.io/grafana/grafana', '13.1.4'),
    user: '472:0',
    environment: [
      ...grafanaSettings(grafanaUrl),
      { name: 'GF_SECURITY_ADMIN_PASSWORD__FILE', value: '/run/secrets/admin.password' },
    ],
    mounts: [
      { source: 'grafana/provisioning', target: '/etc/grafana/provisioning' },
      { source: 'grafana/dashboards', target: '/etc/grafana/dashboards' },
    ],
    volumes: [{ name: 'grafana-data', path: '/var/lib/grafana' }],
    writableFolders: [scratch('tmp', '/tmp', 64), scratch('log', '/var/log/grafana', 16)],
    secretFiles: secretFiles('grafana'),
    port: 3000,
    publishedPort: ports.grafana,
    healthCheck: asked(['wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:3000/api/health'], 60),
    request: amounts(100, 128),
    limit: amounts(500, 512),
    after: ['prometheus'],
    why: 'Shows the dashboards, which are provisioned: what is edited by hand is lost.',
  });

export const metricWatchers = (input: WatcherInput): WatcherPlan[] => [
  prometheus(input),
  alertmanager(input),
  ...(input.hasDashboards ? [grafana(input)] : []),
];
