// MQTT: devices publish to a broker outside the platform; a broker beside the service takes its place on a laptop.
import { type KindDefinition, snakeCase } from '../kind';
import { noPermissions } from '../managed';
import { alerts } from './alerts';
import { audit } from './audit';
import { container } from './container';

const same = (text: string) => ({ container: text, operator: text, aws: text, external: text });

export const mqtt: KindDefinition = {
  kind: 'mqtt',
  title: 'MQTT',
  // 1883 and 8883 (TLS): https://www.iana.org/assignments/service-names-port-numbers
  port: { container: 1883, operator: 8883, aws: 8883, external: 8883 },
  authenticates: { container: true, operator: true, aws: true, external: true },
  signedBy: { container: 'nobody', operator: 'other', aws: 'other', external: 'other' },
  plainBecause: 'its network is joined by nobody but the services that need it',
  reach: { container: 'pods', operator: 'internet', aws: 'internet', external: 'internet' },
  cloudIdentity: false,
  defaultRuns: 'external',
  outputs: {
    url: {
      type: 'url',
      description: 'Address of the broker without credentials',
      text: {
        container: 'mqtt://{host}:{port}',
        operator: 'mqtts://{host}:{port}',
        aws: 'mqtts://{host}:{port}',
        external: 'mqtts://{host}:{port}',
      },
    },
    host: { type: 'string', description: 'Host name', text: same('{host}') },
    port: { type: 'integer', description: 'Port', text: same('{port}') },
    user: {
      type: 'string',
      description: 'User',
      text: { container: '{user}', operator: '{secretUser}', aws: '{secretUser}', external: '{secretUser}' },
    },
    password: { type: 'string', description: 'Password', text: same('{password}') },
  },
  defaultVariables: { MQTT_BROKER_URL: 'url', MQTT_USERNAME: 'user', MQTT_PASSWORD: 'password' },
  defaultPool: null,
  reservedConnections: 0,
  classes: {
    small: { cpuMillis: 250, memoryMiB: 128, connections: null },
    medium: { cpuMillis: 250, memoryMiB: 256, connections: null },
    large: { cpuMillis: 500, memoryMiB: 512, connections: null },
  },
  versions: { '2': '2029-12-31' },
  defaultVersion: '2',
  recovery: () => ({ container: null, operator: null, aws: null, external: null }),
  defaultDataSizeGiB: null,
  cloudHost: null,
  testServer: null,
  values: (_parameters, context) => ({ user: snakeCase(context.service) }),
  owns: () => [],
  streams: [],
  reads: () => [],
  cloudAvailability: { ratioText: '0.999', source: 'https://aws.amazon.com/iot-core/sla/' },
  container,
  backups: null,
  tuning: null,
  pooler: null,
  operated: null,
  managed: null,
  permissions: noPermissions,
  exporter: null,
  alerts,
  audit,
};
