// Decides what keeps logs and traces: Elasticsearch with Kibana, Filebeat and the APM server.
import { elasticStack } from '../../../catalog/elastic-stack';
import type { PlatformFacts } from '../../../model/platform-facts';
import { traceHosts, tracePort, traceServer } from '../../tracing';
import type { ElasticPlan, WatcherPlan } from '../../types/platform';
import { amounts, asked, scratch, watcher } from './watchers';

const { version, images } = elasticStack;

/** Containers of a laptop. */
export const logStore = 'logs-elasticsearch';
export const logSetup = 'logs-setup';
const store = logStore;
const setup = logSetup;
const day = 86_400;

export function planElastic(
  facts: PlatformFacts,
  environment: string,
  gated: boolean,
  /** Null on a laptop. */
  cluster: { readonly monitoringNamespace: string; readonly secretFiles: WatcherPlan['secretFiles'] } | null,
): ElasticPlan | null {
  const { logging, tracing, logRetentionSeconds } = facts.observability;
  if (logging === 'none' && tracing === 'none') return null;
  const token = cluster?.secretFiles[0];
  return {
    version,
    logging: logging !== 'none',
    tracing: tracing !== 'none',
    traceServer:
      cluster === null || token === undefined
        ? null
        : { name: traceServer, port: tracePort, hosts: traceHosts(cluster.monitoringNamespace), token },
    dataStream: `logs-${facts.name}-${environment}`,
    retentionDays: Math.max(1, Math.round(logRetentionSeconds / day)),
    rolloverDays: 1,
    // https://www.elastic.co/docs/deploy-manage/production-guidance/optimize-performance/size-shards
    rolloverSize: '10gb',
    // Three: what two of them still agree on when one is gone.
    nodes: gated ? 3 : 1,
    storageMiB: 100 * 1024,
    request: amounts(500, 4096),
    limit: amounts(2000, 4096),
  };
}

export interface ElasticWatchersInput {
  readonly elastic: ElasticPlan | null;
  readonly kibanaPort: number;
  readonly apmPort: number;
  readonly secretFiles: (container: string) => WatcherPlan['secretFiles'];
}

const configuration = (part: string) => [{ source: `logging/${part}`, target: '/etc/groundwork' }];
const script = (name: string): readonly string[] => ['/bin/bash', `/etc/groundwork/${name}`];

interface Shared {
  readonly profiles: readonly string[];
  readonly part: 'logging' | 'tracing';
  readonly input: ElasticWatchersInput;
}

/** https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-prod */
function storeWatchers({ profiles, part, input }: Shared): WatcherPlan[] {
  return [
    watcher({
      name: store,
      part,
      profiles,
      image: images.store,
      user: '1000:0',
      entrypoint: script('start.sh'),
      command: [],
      environment: [
        { name: 'ES_JAVA_OPTS', value: '-Xms512m -Xmx512m -Xlog:disable -Xlog:all=warning:stderr:utctime,level,tags' },
        { name: 'ES_PATH_CONF', value: '/usr/share/elasticsearch/conf-in-memory' },
      ],
      mounts: configuration('store'),
      volumes: [{ name: `${store}-data`, path: '/usr/share/elasticsearch/data' }],
      writableFolders: [
        { ...scratch('tmp', '/tmp', 64), executable: true },
        scratch('logs', '/usr/share/elasticsearch/logs', 8),
        scratch('configuration', '/usr/share/elasticsearch/conf-in-memory', 8),
      ],
      secretFiles: input.secretFiles(store),
      port: 9200,
      healthCheck: asked(
        [
          ...['curl', '--silent', '--show-error', '--fail', '--output', '/dev/null'],
          ...['--config', '/run/secrets/admin.curl', 'http://127.0.0.1:9200/_cluster/health?local=true'],
        ],
        120,
      ),
      request: amounts(250, 768),
      limit: amounts(1000, 1280),
      stopGraceSeconds: 60,
      why: 'Keeps logs and traces, apart from the Elasticsearch of the services: a flood of logs takes nothing from them.',
    }),
    watcher({
      name: setup,
      part,
      profiles,
      image: images.store,
      user: '1000:0',
      entrypoint: script('setup.sh'),
      command: [],
      mounts: configuration('setup'),
      writableFolders: [scratch('data', '/usr/share/elasticsearch/data', 1)],
      secretFiles: input.secretFiles(setup),
      request: amounts(100, 64),
      limit: amounts(500, 64),
      oneShot: true,
      after: [store],
      why: 'Passwords, the right to write, and how long indices are kept; repeated at every start.',
    }),
    watcher({
      name: 'logs-kibana',
      part,
      profiles,
      image: images.kibana,
      user: '1000:0',
      entrypoint: script('start.sh'),
      command: [],
      environment: [{ name: 'KBN_PATH_CONF', value: '/usr/share/kibana/conf-in-memory' }],
      mounts: configuration('kibana'),
      volumes: [{ name: 'logs-kibana-data', path: '/usr/share/kibana/data' }],
      writableFolders: [scratch('tmp', '/tmp', 128), scratch('configuration', '/usr/share/kibana/conf-in-memory', 8)],
      secretFiles: input.secretFiles('logs-kibana'),
      port: 5601,
      publishedPort: input.kibanaPort,
      // A page of its own for a log-in: it answers as soon as the store does.
      healthCheck: asked(['curl', '--silent', '--fail', '--output', '/dev/null', 'http://127.0.0.1:5601/login'], 180),
      request: amounts(250, 512),
      limit: amounts(1000, 1024),
      after: [setup],
      why: 'Shows logs and traces; the administrator is `elastic`.',
    }),
  ];
}

/** https://www.elastic.co/docs/reference/beats/filebeat/running-on-docker */
const filebeat = (input: ElasticWatchersInput): WatcherPlan =>
  watcher({
    name: 'logs-filebeat',
    part: 'logging',
    profiles: ['logging'],
    image: images.filebeat,
    // The engine's logs belong to root and nobody else may read them; the capability reads, and writes nothing.
    user: '0:0',
    capabilities: ['DAC_READ_SEARCH'],
    entrypoint: script('start.sh'),
    command: [],
    mounts: configuration('filebeat'),
    hostMounts: [{ source: '/var/lib/docker/containers', target: '/var/lib/docker/containers' }],
    volumes: [{ name: 'logs-filebeat-data', path: '/usr/share/filebeat/data' }],
    writableFolders: [scratch('logs', '/usr/share/filebeat/logs', 8)],
    secretFiles: input.secretFiles('logs-filebeat'),
    request: amounts(50, 64),
    limit: amounts(250, 256),
    after: [setup],
    why: "Reads the engine's JSON logs, which are files of root; no socket of the engine is given to it.",
  });

/** https://www.elastic.co/docs/solutions/observability/apm/apm-server */
const apmServer = (input: ElasticWatchersInput): WatcherPlan =>
  watcher({
    name: 'apm-server',
    part: 'tracing',
    profiles: ['tracing'],
    image: images.apmServer,
    user: '1000:1000',
    entrypoint: script('start.sh'),
    command: [],
    mounts: [{ source: 'tracing/apm-server', target: '/etc/groundwork' }],
    writableFolders: [scratch('data', '/usr/share/apm-server/data', 64), scratch('tmp', '/tmp', 16)],
    secretFiles: input.secretFiles('apm-server'),
    port: 8200,
    publishedPort: input.apmPort,
    request: amounts(100, 128),
    limit: amounts(500, 512),
    after: [setup],
    why: 'Takes traces of the agents in the services.',
  });

export function elasticWatchers(input: ElasticWatchersInput): WatcherPlan[] {
  const { elastic } = input;
  if (elastic === null) return [];
  const profiles = [...(elastic.logging ? ['logging'] : []), ...(elastic.tracing ? ['tracing'] : [])];
  return [
    ...storeWatchers({ profiles, part: elastic.logging ? 'logging' : 'tracing', input }),
    ...(elastic.logging ? [filebeat(input)] : []),
    ...(elastic.tracing ? [apmServer(input)] : []),
  ];
}
