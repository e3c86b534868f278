// A service with everything that alerts are made from: for the tests of alerts and of what is rendered from them.
import type { AlertInput } from '../../../src/plan/alerts';
import { histogramBuckets } from '../../../src/plan/alerts';
import type { JobPlan, MigrationPlan, WorkloadPlan } from '../../../src/plan/types';

const amounts = (cpuMillis: number, memoryMiB: number) => ({ cpuMillis, memoryMiB, ephemeralStorageMiB: 256 });
const probe = {
  check: { kind: 'http', path: '/ready' },
  periodSeconds: 10,
  timeoutSeconds: 2,
  failureThreshold: 3,
} as const;

export const web: WorkloadPlan = {
  name: 'financial-service',
  declaredName: 'financial-service',
  component: 'web',
  command: null,
  port: 3002,
  metricsPath: '/metrics',
  resources: { request: amounts(200, 512), limit: amounts(500, 1024) },
  heapMiB: 768,
  environment: [],
  probes: { startup: probe, readiness: probe, liveness: probe },
  healthCheck: null,
  scale: {
    minReplicas: 3,
    maxReplicas: 10,
    signals: [{ kind: 'cpu', utilizationPercent: 70 }],
    scaleDownStabilizationSeconds: 300,
  },
  rollout: {
    strategy: 'canary',
    maxSurge: 3,
    maxUnavailable: 0,
    minReadySeconds: 10,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 5,
    canarySteps: [],
    scaleDownDelaySeconds: 600,
  },
  shutdown: { preStopSeconds: 10, drainSeconds: 30, terminationGraceSeconds: 45 },
  disruption: { maxUnavailable: 1 },
  zoneSpread: 'ScheduleAnyway',
  writableFolders: [],
};

export const worker: WorkloadPlan = {
  ...web,
  name: 'financial-service-ledger',
  declaredName: 'ledger',
  component: 'worker',
  command: ['node', 'dist/ledger.js'],
  port: null,
  metricsPath: null,
  scale: {
    ...web.scale,
    minReplicas: 1,
    maxReplicas: 4,
    signals: [
      {
        kind: 'kafka-lag',
        messagesPerReplica: 1000,
        topics: ['financial-events'],
        consumerGroup: 'financial-service',
        bootstrapServers: 'kafka:9093',
      },
    ],
  },
  rollout: { ...web.rollout, strategy: 'rolling' },
};

export const job: JobPlan = {
  name: 'financial-service-monthly-statement',
  declaredName: 'monthly-statement',
  command: ['node', 'dist/statement.js'],
  schedule: '0 2 1 * *',
  timeZone: 'Europe/Belgrade',
  timeoutSeconds: 3600,
  startingDeadlineSeconds: 600,
  concurrencyPolicy: 'Forbid',
  backoffLimit: 2,
  ttlSecondsAfterFinished: 86_400,
  successfulHistoryLimit: 1,
  failedHistoryLimit: 3,
  longestIntervalSeconds: 31 * 86_400,
  shortestIntervalSeconds: 28 * 86_400,
  clockConflict: null,
  resources: web.resources,
  heapMiB: 768,
  environment: [],
  writableFolders: [],
};

export const migration: MigrationPlan = {
  name: 'financial-service-migration',
  command: ['npx', 'prisma', 'migrate', 'deploy'],
  timeoutSeconds: 600,
  backoffLimit: 1,
  ttlSecondsAfterFinished: 86_400,
  resources: web.resources,
  heapMiB: 768,
  environment: [],
  writableFolders: [],
};

const binding = (kind: string, runs: 'operator' | 'aws', values: Record<string, string> = {}) => ({
  key: kind,
  kind,
  instance: kind,
  runs,
  values,
});

export const exampleInput: AlertInput = {
  service: 'financial-service',
  owner: 'team-finance',
  tier: 'critical',
  platform: 'daorsagro',
  environment: 'production',
  namespace: 'daorsagro',
  metrics: {
    library: 'prom-client',
    job: 'financial-service',
    histogram: 'http_request_duration_seconds',
    statusLabel: 'status_code',
    routeLabel: 'route',
    path: '/metrics',
    bucketsSeconds: histogramBuckets([0.2, 1]),
    scrapeIntervalSeconds: 30,
  },
  unmeasuredRoutes: ['/live', '/ready', '/metrics'],
  objectives: {
    availability: '99.9%',
    latency: [
      { percentile: 95, thresholdSeconds: 0.2 },
      { percentile: 99, thresholdSeconds: 1 },
    ],
    throughputPerSecond: 10_000 / 60,
    periodDays: 30,
  },
  workloads: [web, worker],
  jobs: [job],
  migration,
  certificate: { host: 'api.daorsagro.com', name: 'api-daorsagro-com-tls', namespace: 'gateway' },
  bindings: [
    binding('postgres', 'operator', { user: 'financial_service', database: 'financial_db' }),
    binding('redis', 'operator', { use: 'sessions' }),
    binding('mongodb', 'operator', { database: 'financial' }),
    binding('kafka', 'operator', {
      group: 'financial-service',
      consumes: 'financial-events',
      produces: 'financial-events',
    }),
    binding('clickhouse', 'operator', { database: 'analytics' }),
    binding('elasticsearch', 'operator', { indexPrefix: 'financial' }),
    binding('s3', 'aws', { bucket: 'daorsagro-production-financial' }),
  ],
  business: [
    {
      name: 'payment-failures',
      measure: 'ratio',
      expression: 'payment_failures_total / payment_attempts_total',
      above: '10%',
      below: null,
      forSeconds: 300,
      severity: 'critical',
      summary: 'More than 10% of payments fail',
    },
    {
      name: 'failed-logins',
      measure: 'rate',
      expression: 'failed_login_attempts_total',
      above: '100/h',
      below: null,
      forSeconds: 300,
      severity: 'warning',
      summary: null,
    },
    {
      name: 'orders-stopped',
      measure: 'rate',
      expression: 'orders_total',
      above: null,
      below: '5/min',
      forSeconds: 600,
      severity: 'warning',
      summary: null,
    },
    {
      name: 'devices-offline',
      measure: 'value',
      expression: 'iot_devices_connected / iot_devices_total',
      above: null,
      below: '80%',
      forSeconds: 300,
      severity: 'warning',
      summary: null,
    },
    {
      name: 'queue-long',
      measure: 'value',
      expression: 'queue_depth{queue="statements"}',
      above: '500',
      below: null,
      forSeconds: 300,
      severity: 'info',
      summary: null,
    },
  ],
  runbookUrl: 'https://github.com/daorsagro/financial-service/blob/main/docs/runbook.md',
  dashboardUrl: 'https://grafana.daorsagro.com/d/financial-service-production',
  dashboardUid: 'financial-service-production',
};
