// Elasticsearch: a search index, indices under a prefix per service.
import { type KindDefinition, snakeCase, stringParameter } from '../kind';
import { noPermissions } from '../managed';
import { alerts } from './alerts';
import { audit } from './audit';
import { container } from './container';
import { exporter } from './exporter';
import { managed } from './managed';
import { operated } from './operator';
import { tuning } from './tuning';

const same = (text: string) => ({ container: text, operator: text, aws: text, external: text });

export const elasticsearch: KindDefinition = {
  kind: 'elasticsearch',
  title: 'Elasticsearch',
  port: { container: 9200, operator: 9200, aws: 443, external: 443 },
  authenticates: { container: true, operator: true, aws: true, external: true },
  signedBy: { container: 'platform', operator: 'platform', aws: 'other', external: 'other' },
  plainBecause: null,
  reach: { container: 'pods', operator: 'pods', aws: 'network', external: 'internet' },
  cloudIdentity: false,
  defaultRuns: 'operator',
  outputs: {
    url: {
      type: 'url',
      description: 'Address without credentials',
      text: same('https://{host}:{port}'),
    },
    user: { type: 'string', description: 'User', text: same('{user}') },
    password: { type: 'string', description: 'Password of the user', text: same('{password}') },
    indexPrefix: { type: 'string', description: 'Prefix of the indices', text: same('{indexPrefix}') },
  },
  defaultVariables: { ELASTICSEARCH_URL: 'url', ELASTICSEARCH_USER: 'user', ELASTICSEARCH_PASSWORD: 'password' },
  defaultPool: null,
  reservedConnections: 0,
  classes: {
    small: { cpuMillis: 1000, memoryMiB: 2048, connections: null },
    medium: { cpuMillis: 2000, memoryMiB: 8192, connections: null },
    large: { cpuMillis: 4000, memoryMiB: 32768, connections: null },
  },
  // https://www.elastic.co/support/eol
  versions: { '8': '2027-07-15', '9': '2028-04-15' },
  defaultVersion: '9',
  // A search index is built from a system of record and is rebuilt from there.
  recovery: () => ({ container: null, operator: null, aws: null, external: null }),
  defaultDataSizeGiB: null,
  cloudHost: null,
  testServer: {
    environment: [
      { name: 'discovery.type', value: 'single-node' },
      { name: 'xpack.security.enabled', value: 'false' },
      { name: 'ES_JAVA_OPTS', value: '-Xms512m -Xmx512m' },
    ],
    healthCommand: 'curl -fsS http://127.0.0.1:9200/_cluster/health?local=true',
    outputs: { url: 'http://{host}:{port}', user: '', password: '', indexPrefix: '{indexPrefix}' },
  },
  values: (parameters, context) => ({
    user: snakeCase(context.service),
    indexPrefix: stringParameter(parameters, 'indexPrefix', context.service),
  }),
  owns: (parameters, context) => [
    { what: 'index prefix', name: stringParameter(parameters, 'indexPrefix', context.service) },
  ],
  streams: [],
  reads: () => [],
  cloudAvailability: { ratioText: '0.999', source: 'https://aws.amazon.com/opensearch-service/sla/' },
  container,
  backups: null,
  tuning,
  pooler: null,
  operated,
  managed,
  permissions: noPermissions,
  exporter,
  alerts,
  audit,
};
