// S3: object storage, one bucket per need; on AWS the pod's identity takes the place of keys.
import { type KindDefinition, stringParameter } from '../kind';
import { alerts } from './alerts';
import { audit } from './audit';
import { container } from './container';
import { managed, permissions } from './managed';

const same = (text: string) => ({ container: text, operator: text, aws: text, external: text });

export const s3: KindDefinition = {
  kind: 's3',
  title: 'S3',
  port: { container: 8333, operator: 443, aws: 443, external: 443 },
  authenticates: { container: true, operator: true, aws: false, external: true },
  signedBy: { container: 'nobody', operator: 'other', aws: 'other', external: 'other' },
  plainBecause: 'it stands in for S3 with data of one developer',
  reach: { container: 'pods', operator: 'internet', aws: 'internet', external: 'internet' },
  cloudIdentity: true,
  defaultRuns: 'aws',
  outputs: {
    bucket: { type: 'string', description: 'Bucket', text: same('{bucket}') },
    region: { type: 'string', description: 'Region', text: same('{region}') },
    // The AWS SDK finds the endpoint of a region itself; a store on a laptop must be named.
    endpoint: {
      type: 'url',
      description: 'Endpoint of a store that is not AWS',
      text: {
        container: 'http://{host}:{port}',
        operator: 'https://{host}:{port}',
        aws: null,
        external: 'https://{host}:{port}',
      },
    },
    accessKeyId: {
      type: 'string',
      description: 'Access key, where no identity is given',
      text: { container: '{user}', operator: '{user}', aws: null, external: '{user}' },
    },
    secretAccessKey: {
      type: 'string',
      description: 'Secret key, where no identity is given',
      text: { container: '{password}', operator: '{password}', aws: null, external: '{password}' },
    },
  },
  defaultVariables: {
    S3_BUCKET: 'bucket',
    AWS_REGION: 'region',
    AWS_ENDPOINT_URL_S3: 'endpoint',
    AWS_ACCESS_KEY_ID: 'accessKeyId',
    AWS_SECRET_ACCESS_KEY: 'secretAccessKey',
  },
  defaultPool: null,
  reservedConnections: 0,
  classes: {
    small: { cpuMillis: 500, memoryMiB: 512, connections: null },
    medium: { cpuMillis: 1000, memoryMiB: 1024, connections: null },
    large: { cpuMillis: 2000, memoryMiB: 2048, connections: null },
  },
  versions: { '4': '2029-12-31' },
  defaultVersion: '4',
  recovery: () => ({
    container: null,
    operator: null,
    aws: {
      method: 'versioning: every write is a version',
      recoveryPointSeconds: 0,
      restoreFixedSeconds: 60,
      restoreMiBPerSecond: 1_000_000,
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
    },
    external: null,
  }),
  defaultDataSizeGiB: 100,
  cloudHost: 's3.{region}.amazonaws.com',
  testServer: null,
  values: (parameters, context) => ({
    user: context.service,
    bucket: `${context.platform}-${context.environment}-${stringParameter(parameters, 'bucket', context.service)}`,
    region: context.region,
    access: stringParameter(parameters, 'access', 'read-write'),
  }),
  owns: (parameters, context) => [
    {
      what: 'bucket',
      name: `${context.platform}-${context.environment}-${stringParameter(parameters, 'bucket', context.service)}`,
    },
  ],
  streams: [],
  reads: () => [],
  cloudAvailability: { ratioText: '0.999', source: 'https://aws.amazon.com/s3/sla/' },
  container,
  backups: null,
  tuning: null,
  pooler: null,
  operated: null,
  managed,
  permissions,
  exporter: null,
  alerts,
  audit,
};
