// Which packages and which names of variables tell that a service needs a kind of backing resource.

export interface NeedNames {
  readonly kind: string;
  /** npm packages that are clients of it. */
  readonly packages: readonly string[];
  /** What the names of its variables begin with; the first ones are nobody else's, and tell the need by themselves. */
  readonly prefixes: readonly string[];
  readonly sharedPrefixes: readonly string[];
  /** Output of the kind → what the names of its variables end with, after the prefix. */
  readonly endings: Readonly<Record<string, readonly string[]>>;
}

const URL_ENDINGS = ['URL', 'URI', 'DSN', 'CONNECTION_STRING', 'CONNECTION_URL', 'CONNECTION_URI'];
const HOST_ENDINGS = ['HOST', 'HOSTNAME', 'SERVER'];
const USER_ENDINGS = ['USER', 'USERNAME'];
const PASSWORD_ENDINGS = ['PASSWORD', 'PASS', 'PASSWD', 'PWD'];
const DATABASE_ENDINGS = ['DB', 'DATABASE', 'DB_NAME', 'DBNAME', 'DATABASE_NAME', 'NAME'];
const POOL_ENDINGS = ['POOL', 'POOL_SIZE', 'POOL_MAX', 'MAX_POOL', 'MAX_CONNECTIONS', 'CONNECTION_LIMIT'];

const server = { host: HOST_ENDINGS, port: ['PORT'], user: USER_ENDINGS, password: PASSWORD_ENDINGS };

/** One entry per kind, in the order in which needs are written. */
export const NEED_NAMES: readonly NeedNames[] = [
  {
    kind: 'postgres',
    packages: ['pg', 'pg-promise', 'postgres', 'slonik', '@prisma/adapter-pg', '@mikro-orm/postgresql', 'pg-boss'],
    prefixes: ['POSTGRES_', 'POSTGRESQL_', 'PG_', 'PG'],
    sharedPrefixes: ['DATABASE_', 'DB_'],
    endings: { url: URL_ENDINGS, ...server, database: DATABASE_ENDINGS, pool: POOL_ENDINGS },
  },
  {
    kind: 'mongodb',
    packages: ['mongodb', 'mongoose', '@nestjs/mongoose', '@mikro-orm/mongodb', 'connect-mongo', 'agenda'],
    prefixes: ['MONGODB_', 'MONGO_'],
    sharedPrefixes: ['DATABASE_', 'DB_'],
    endings: { url: URL_ENDINGS, ...server, database: DATABASE_ENDINGS, pool: POOL_ENDINGS },
  },
  {
    kind: 'redis',
    packages: [
      'redis',
      'ioredis',
      'iovalkey',
      '@redis/client',
      '@keyv/redis',
      'bullmq',
      'bull',
      'connect-redis',
      'rate-limit-redis',
      'bee-queue',
    ],
    prefixes: ['REDIS_', 'VALKEY_'],
    sharedPrefixes: ['CACHE_'],
    endings: { url: URL_ENDINGS, ...server, database: ['DB', 'DATABASE', 'DB_INDEX'] },
  },
  {
    kind: 'kafka',
    packages: ['kafkajs', '@confluentinc/kafka-javascript', 'node-rdkafka', 'kafka-node', '@platformatic/kafka'],
    prefixes: ['KAFKA_'],
    sharedPrefixes: [],
    endings: {
      brokers: [
        'BROKERS',
        'BROKER',
        'BROKER_LIST',
        'BROKER_URL',
        'BOOTSTRAP_SERVERS',
        'BOOTSTRAP_SERVER',
        'HOSTS',
        'HOST',
        'URL',
      ],
      group: ['GROUP', 'GROUP_ID', 'CONSUMER_GROUP', 'CONSUMER_GROUP_ID'],
      tls: ['TLS', 'SSL', 'USE_TLS', 'USE_SSL', 'SSL_ENABLED', 'TLS_ENABLED'],
      user: ['USER', 'USERNAME', 'SASL_USERNAME', 'SASL_USER'],
      password: ['PASSWORD', 'SASL_PASSWORD'],
    },
  },
  {
    kind: 'clickhouse',
    packages: ['@clickhouse/client', 'clickhouse'],
    prefixes: ['CLICKHOUSE_'],
    sharedPrefixes: [],
    endings: { url: URL_ENDINGS, ...server, database: DATABASE_ENDINGS },
  },
  {
    kind: 'elasticsearch',
    packages: ['@elastic/elasticsearch', '@nestjs/elasticsearch'],
    prefixes: ['ELASTICSEARCH_', 'ELASTIC_', 'ES_'],
    sharedPrefixes: [],
    endings: {
      url: [...URL_ENDINGS, 'NODE', 'NODES', 'HOST', 'HOSTS', 'ENDPOINT'],
      user: USER_ENDINGS,
      password: PASSWORD_ENDINGS,
      indexPrefix: ['INDEX_PREFIX'],
    },
  },
  {
    kind: 's3',
    packages: ['@aws-sdk/client-s3', '@aws-sdk/lib-storage', 'minio', 'multer-s3'],
    prefixes: ['S3_', 'AWS_S3_', 'MINIO_'],
    sharedPrefixes: ['AWS_', ''],
    endings: {
      bucket: ['BUCKET', 'BUCKET_NAME'],
      region: ['REGION', 'DEFAULT_REGION'],
      endpoint: ['ENDPOINT', 'ENDPOINT_URL', 'ENDPOINT_URL_S3'],
      accessKeyId: ['ACCESS_KEY_ID', 'ACCESS_KEY'],
      secretAccessKey: ['SECRET_ACCESS_KEY', 'SECRET_KEY'],
    },
  },
  {
    kind: 'smtp',
    packages: ['nodemailer', '@nestjs-modules/mailer', 'emailjs'],
    prefixes: ['SMTP_'],
    sharedPrefixes: ['MAIL_', 'EMAIL_', 'MAILER_'],
    endings: { ...server, from: ['FROM', 'FROM_ADDRESS', 'FROM_EMAIL', 'SENDER'] },
  },
  {
    kind: 'mqtt',
    packages: ['mqtt', 'async-mqtt'],
    prefixes: ['MQTT_'],
    sharedPrefixes: [],
    endings: {
      url: ['URL', 'URI', 'BROKER_URL', 'BROKER', 'BROKER_URI'],
      host: ['HOST', 'HOSTNAME', 'BROKER_HOST'],
      port: ['PORT', 'BROKER_PORT'],
      user: USER_ENDINGS,
      password: PASSWORD_ENDINGS,
    },
  },
];

/** The output of a kind that a variable's name asks for; null when it is not a name of this kind. */
export function outputOf(need: NeedNames, name: string, prefixes: readonly string[]): string | null {
  for (const prefix of prefixes) {
    if (!name.startsWith(prefix)) continue;
    const ending = name.slice(prefix.length);
    const output = Object.keys(need.endings).find((each) => need.endings[each]?.includes(ending));
    if (output !== undefined) return output;
  }
  return null;
}
