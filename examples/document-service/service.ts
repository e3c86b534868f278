// The declaration of service.yaml beside this file, in TypeScript: the output is the same, byte for byte.
import type { ServiceDeclaration } from '@daorsagro/groundwork';

export default {
  name: 'document-service',
  owner: 'team-documents',
  description: 'Uploads, conversion and text recognition of documents',
  runtime: {
    workspace: 'backend/services/document-service',
    workspaces: ['backend/shared/types', 'backend/shared/utils'],
    nativeModules: true,
  },
  http: {
    port: 3006,
    health: { live: '/health/live', ready: '/health/ready' },
    metrics: '/metrics',
    public: { host: 'api.daorsagro.com', paths: ['/api/v1/documents'], bodyLimit: '100Mi' },
    timeout: '120s',
  },
  workers: {
    ocr: {
      command: 'node dist/ocr.js',
      size: { cpu: '500m..2', memory: '1Gi..2Gi' },
      drain: '2m',
    },
  },
  jobs: {
    'purge-uploads': { schedule: '30 3 * * *', command: 'node dist/purge.js', timeout: '20m' },
  },
  needs: {
    mongodb: { database: 'documents', env: { MONGODB_URL: 'url', MONGODB_DB: 'database' } },
    s3: { bucket: 'uploads' },
    kafka: { produces: ['document-events'] },
  },
  config: { UPLOAD_PATH: '/tmp/uploads' },
  objectives: { availability: '99.5%', latency: { p95: '2s' } },
  recovery: { rpo: '1h', rto: '2h' },
  alerts: {
    'document-processing-failures': { rate: 'document_processing_failures_total', above: '20/h', severity: 'warning' },
  },
} satisfies ServiceDeclaration;
