// SMTP: mail is handed to a server outside the platform; a mail catcher takes it on a laptop.
import { type KindDefinition, stringParameter } from '../kind';
import { noPermissions } from '../managed';
import { alerts } from './alerts';
import { audit } from './audit';
import { container } from './container';

const same = (text: string) => ({ container: text, operator: text, aws: text, external: text });

export const smtp: KindDefinition = {
  kind: 'smtp',
  title: 'SMTP',
  // 587 submission: https://www.rfc-editor.org/rfc/rfc6409 ; 1025 is the mail catcher's own.
  port: { container: 1025, operator: 587, aws: 587, external: 587 },
  authenticates: { container: false, operator: true, aws: true, external: true },
  signedBy: { container: 'nobody', operator: 'other', aws: 'other', external: 'other' },
  plainBecause: "it takes every mail of one developer's services and delivers none",
  reach: { container: 'pods', operator: 'internet', aws: 'internet', external: 'internet' },
  cloudIdentity: false,
  defaultRuns: 'external',
  outputs: {
    host: { type: 'string', description: 'Host name', text: same('{host}') },
    port: { type: 'integer', description: 'Port', text: same('{port}') },
    user: {
      type: 'string',
      description: 'User; none on a laptop',
      text: { container: null, operator: '{secretUser}', aws: '{secretUser}', external: '{secretUser}' },
    },
    password: {
      type: 'string',
      description: 'Password; none on a laptop',
      text: { container: null, operator: '{password}', aws: '{password}', external: '{password}' },
    },
    from: { type: 'string', description: 'Address that mail is sent from', text: same('{from}') },
  },
  defaultVariables: {
    SMTP_HOST: 'host',
    SMTP_PORT: 'port',
    SMTP_USER: 'user',
    SMTP_PASS: 'password',
    SMTP_FROM: 'from',
  },
  defaultPool: null,
  reservedConnections: 0,
  classes: {
    small: { cpuMillis: 250, memoryMiB: 128, connections: null },
    medium: { cpuMillis: 250, memoryMiB: 128, connections: null },
    large: { cpuMillis: 250, memoryMiB: 128, connections: null },
  },
  versions: { '1': '2029-12-31' },
  defaultVersion: '1',
  recovery: () => ({ container: null, operator: null, aws: null, external: null }),
  defaultDataSizeGiB: null,
  cloudHost: null,
  testServer: {
    environment: [],
    healthCommand: 'wget -qO /dev/null http://127.0.0.1:8025/livez',
    outputs: { host: '{host}', port: '{port}', from: '{from}', user: '', password: '' },
  },
  values: (parameters, context) => ({ from: stringParameter(parameters, 'from', `noreply@${context.domain}`) }),
  owns: () => [],
  streams: [],
  reads: () => [],
  cloudAvailability: { ratioText: '0.999', source: 'https://aws.amazon.com/ses/sla/' },
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
