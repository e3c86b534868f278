// Dependencies and names of variables, with the needs that they tell.
import { describe, expect, it } from 'vitest';
import { drafted } from './drafted';
import { json } from './projects';

describe('needs', () => {
  const needs = (dependencies: readonly string[], code: string, more: Record<string, string> = {}) =>
    drafted({
      'package.json': json({ name: 'a', dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])) }),
      'src/index.ts': code,
      ...more,
    }).declaration.needs;
  const read = (...names: string[]): string => names.map((name) => `process.env.${name};`).join('\n');

  it.each<[string, string[], string, unknown]>([
    ['none', ['express'], '', undefined],
    [
      'postgres by pg',
      ['pg'],
      read('PGHOST', 'PGUSER', 'PGPASSWORD', 'DB_NAME'),
      { postgres: { env: { PGHOST: 'host', PGUSER: 'user', PGPASSWORD: 'password', DB_NAME: 'database' } } },
    ],
    ['mongodb by mongoose', ['mongoose'], read('DATABASE_URL'), { mongodb: { env: { DATABASE_URL: 'url' } } }],
    [
      'both databases',
      ['pg', 'mongodb'],
      read('DATABASE_URL', 'MONGO_URI'),
      { postgres: { env: { DATABASE_URL: 'url' } }, mongodb: { env: { MONGO_URI: 'url' } } },
    ],
    ['a queue in redis', ['bullmq'], read('REDIS_URL'), { redis: { use: 'queue' } }],
    ['sessions in redis', ['connect-redis', 'redis'], read('REDIS_URL'), { redis: { use: 'sessions' } }],
    [
      'redis by a name alone',
      [],
      read('REDIS_HOST', 'REDIS_DB'),
      { redis: { env: { REDIS_HOST: 'host', REDIS_DB: 'database' } } },
    ],
    ['not by a name that others share', [], read('CACHE_URL', 'BUCKET'), undefined],
    ['clickhouse', ['@clickhouse/client'], read('CLICKHOUSE_URL'), { clickhouse: {} }],
    [
      'elasticsearch',
      ['@elastic/elasticsearch'],
      read('ELASTICSEARCH_NODE'),
      { elasticsearch: { env: { ELASTICSEARCH_NODE: 'url' } } },
    ],
    ['mail', ['nodemailer'], read('SMTP_HOST', 'SMTP_PORT', 'SMTP_USER', 'SMTP_PASS', 'SMTP_FROM'), { smtp: {} }],
    [
      'mail under other names',
      ['nodemailer'],
      read('MAIL_HOST', 'EMAIL_FROM'),
      { smtp: { env: { MAIL_HOST: 'host', EMAIL_FROM: 'from' } } },
    ],
    ['mqtt', ['mqtt'], read('MQTT_BROKER_URL', 'MQTT_USERNAME', 'MQTT_PASSWORD'), { mqtt: {} }],
    [
      'a consumer',
      ['kafkajs'],
      `const c = kafka.consumer({ groupId: 'billing' }); c.subscribe({ topics: ['b', 'a', 'b'] }); ${read('KAFKA_BROKERS')}`,
      { kafka: { consumes: ['b', 'a'], group: 'billing', env: { KAFKA_BROKERS: 'brokers' } } },
    ],
    ['services', [], read('USER_SERVICE_URL', 'A_SERVICE_URL'), { services: ['user-service', 'a-service'] }],
  ])('%s', (_, dependencies, code, expected) => {
    expect(needs(dependencies, code)).toEqual(expected);
  });

  it('takes a database of another kind from the Prisma schema, and says when there is none', () => {
    const schema = (provider: string) => ({
      'prisma/schema.prisma': `datasource db {\n provider = "${provider}"\n url = env("DB")\n}`,
    });
    expect(needs(['@prisma/client'], '', schema('mongodb'))).toEqual({ mongodb: { env: { DB: 'url' } } });
    const { text, declaration } = drafted({ 'package.json': json({ name: 'a' }), ...schema('sqlite') });
    expect(declaration.needs).toBeUndefined();
    expect(declaration.runtime?.prisma).toBe(true);
    expect(text).toContain('# - prisma/schema.prisma uses sqlite, which cannot be declared as a need');
  });
});
