// Turns the log store of a laptop into the configuration files of its servers.
import type { ElasticPlan, ObservabilityPlan } from '../../plan/types/platform';
import { containerLabel, serviceLabel } from '../shared/compose/fixed';
import type { CommentStyle, GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';
import { jsonFile, yamlFile } from './file';

const server = 'http://logs-elasticsearch:9200';
const policy = 'groundwork';
const writer = 'writer';
const secret = (name: string): string => `/run/secrets/${name}`;

function templated(path: string, template: string, view: Readonly<Record<string, unknown>>): GeneratedFile {
  const comment: CommentStyle = 'hash';
  return { at: 'repository', path, body: renderTemplate(template, view), comment, executable: path.endsWith('.sh') };
}

/** https://www.elastic.co/docs/manage-data/lifecycle/index-lifecycle-management */
export const lifecycle = ({ rolloverDays, rolloverSize, retentionDays }: ElasticPlan): object => ({
  policy: {
    phases: {
      hot: { actions: { rollover: { max_age: `${rolloverDays}d`, max_primary_shard_size: rolloverSize } } },
      delete: { min_age: `${retentionDays}d`, actions: { delete: {} } },
    },
  },
});

/** One node has no second one for replicas. */
const custom = { template: { settings: { 'index.lifecycle.name': policy, 'index.number_of_replicas': 0 } } };

/** https://www.elastic.co/docs/reference/elasticsearch/security-privileges */
const role = {
  cluster: ['monitor', 'read_ilm', 'read_pipeline'],
  indices: [{ names: ['logs-*', 'metrics-*', 'traces-*'], privileges: ['auto_configure', 'create_doc'] }],
};

const kibana = {
  'server.host': '0.0.0.0',
  'elasticsearch.hosts': [server],
  'elasticsearch.username': 'kibana_system',
  'telemetry.optIn': false,
};

/** https://www.elastic.co/docs/reference/beats/filebeat/filebeat-input-filestream */
const filebeat = ({ dataStream }: ElasticPlan): object => ({
  'filebeat.inputs': [
    {
      type: 'filestream',
      id: 'containers',
      paths: ['/var/lib/docker/containers/*/*-json.log'],
      parsers: [{ ndjson: { target: 'docker', add_error_key: true } }],
    },
  ],
  processors: [
    {
      dissect: {
        tokenizer: '/var/lib/docker/containers/%{container.id}/%{}',
        field: 'log.file.path',
        target_prefix: '',
      },
    },
    {
      timestamp: { field: 'docker.time', layouts: ['2006-01-02T15:04:05.999999999Z'], ignore_missing: true },
    },
    {
      rename: {
        fields: [
          { from: 'docker.log', to: 'message' },
          { from: 'docker.stream', to: 'stream' },
          { from: `docker.attrs.${containerLabel}`, to: 'container.name' },
          { from: `docker.attrs.${serviceLabel}`, to: 'service.name' },
        ],
        ignore_missing: true,
      },
    },
    // Data stores and what the platform runs are their own service; where the field is there already, this fails and nothing changes.
    {
      copy_fields: {
        fields: [{ from: 'container.name', to: 'service.name' }],
        ignore_missing: true,
        fail_on_error: false,
      },
    },
    { decode_json_fields: { fields: ['message'], target: 'application', max_depth: 3 } },
    { drop_fields: { fields: ['docker'], ignore_missing: true } },
  ],
  'setup.ilm.enabled': false,
  'setup.template.enabled': false,
  'output.elasticsearch': { hosts: [server], username: writer, password: '${LOGS_PASSWORD}', index: dataStream },
});

const apmServer = {
  // Agents show no token on a laptop: who reaches the port is whom an edge lets to it, and the machine itself.
  'apm-server': { host: '0.0.0.0:8200' },
  'output.elasticsearch': { hosts: [server], username: writer, password: '${LOGS_PASSWORD}' },
};

function storeFiles(folder: string, elastic: ElasticPlan): GeneratedFile[] {
  return [
    templated(`${folder}/store/start.sh`, 'backing/elasticsearch/start.sh', {
      bootstrapFile: secret('bootstrap.password'),
      tls: null,
    }),
    templated(`${folder}/store/elasticsearch.yml`, 'backing/elasticsearch/elasticsearch.yml', {
      port: 9200,
      tls: null,
    }),
    templated(`${folder}/setup/setup.sh`, 'platform-observability/setup.sh', {
      server,
      curlFile: secret('admin.curl'),
      writer,
      writerFile: secret(`${writer}.json`),
      policy,
    }),
    jsonFile(`${folder}/setup/lifecycle.json`, lifecycle(elastic)),
    jsonFile(`${folder}/setup/custom.json`, custom),
    jsonFile(`${folder}/setup/role.json`, role),
    templated(`${folder}/kibana/start.sh`, 'platform-observability/kibana.sh', {
      passwordFile: secret('kibana.password'),
      keyFile: secret('encryption.key'),
    }),
    yamlFile(`${folder}/kibana/kibana.yml`, kibana),
  ];
}

const beatScript = (path: string, program: string, configuration: string): GeneratedFile =>
  templated(path, 'platform-observability/beat.sh', {
    program,
    configuration: `/etc/groundwork/${configuration}`,
    passwordFile: secret(`${writer}.password`),
  });

/** Below the environment's folder: `logging/` and `tracing/`. */
export function elasticFiles({ elastic }: ObservabilityPlan, folder: string): GeneratedFile[] {
  if (elastic === null) return [];
  const logging = [
    beatScript(`${folder}/logging/filebeat/start.sh`, 'filebeat', 'filebeat.yml'),
    yamlFile(`${folder}/logging/filebeat/filebeat.yml`, filebeat(elastic), {
      'processors.0': 'The folder is named by the id of the container.',
      'processors.2.rename.fields.2':
        'Names that the engine writes beside each line: asking it would need its socket, which is as good as root.',
      'output.elasticsearch.password': 'From the key store.',
    }),
  ];
  const tracing = [
    beatScript(`${folder}/tracing/apm-server/start.sh`, 'apm-server', 'apm-server.yml'),
    yamlFile(`${folder}/tracing/apm-server/apm-server.yml`, apmServer, {
      'output.elasticsearch.password': 'From the key store.',
    }),
  ];
  return [
    ...storeFiles(`${folder}/logging`, elastic),
    ...(elastic.logging ? logging : []),
    ...(elastic.tracing ? tracing : []),
  ];
}
