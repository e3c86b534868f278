// The declaration of service.yaml beside this file, in TypeScript: the output is the same, byte for byte.
import type { ServiceDeclaration } from '@daorsagro/groundwork';

export default {
  name: 'financial-service',
  owner: 'team-finance',
  description: 'Transactions, budgets, reports',
  tier: 'critical',
  runtime: { node: 24 },
  http: {
    port: 3002,
    health: { live: '/live', ready: '/ready' },
    metrics: '/metrics',
    public: {
      host: 'api.daorsagro.com',
      paths: ['/api/v1/financial'],
      bodyLimit: '10Mi',
      rateLimit: '100/min',
    },
  },
  migrations: 'npx prisma migrate deploy',
  workers: {
    ledger: { command: 'node dist/ledger.js', scale: { min: 2, max: 4, on: { kafkaLag: 1000 } } },
  },
  jobs: {
    'monthly-statement': {
      schedule: '0 2 1 * *',
      timeZone: 'Europe/Belgrade',
      command: 'node dist/statement.js',
    },
  },
  needs: {
    postgres: { database: 'financial_db', pool: 20, env: { DATABASE_URL: 'url' } },
    redis: { use: 'cache' },
    kafka: {
      produces: ['financial-events'],
      consumes: ['payment-events'],
      env: {
        KAFKA_BROKERS: 'brokers',
        KAFKA_TLS: 'tls',
        KAFKA_USER: 'user',
        KAFKA_PASSWORD: 'password',
      },
    },
    elasticsearch: {},
    services: ['auth-service', 'notification-service'],
    http: ['https://api.payments.example'],
  },
  config: { LOG_LEVEL: 'info', FRONTEND_URL: 'https://daorsagro.com' },
  secrets: [
    {
      name: 'JWT_SECRET',
      description: 'Signs access tokens',
      from: 'daorsagro/shared/jwt#secret',
    },
    'PAYMENT_API_KEY',
  ],
  scale: { min: 3, max: 10, cpu: '70%' },
  size: { cpu: '200m..500m', memory: '512Mi..1Gi' },
  objectives: { availability: '99.9%', latency: { p95: '200ms' }, throughput: '10000/min' },
  recovery: { rpo: '15m', rto: '30m' },
  alerts: {
    'payment-failures': {
      ratio: 'payment_failures_total / payment_attempts_total',
      above: '10%',
      for: '5m',
      severity: 'critical',
      summary: 'More than a tenth of the payments fail',
    },
  },
  deploy: 'canary',
  environments: { staging: { scale: { min: 2, max: 4 } } },
} satisfies ServiceDeclaration;
