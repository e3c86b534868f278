// Which environment variables a library reads by itself once it is imported.

interface LibraryNames {
  /** The package, or the beginning of the names of several. */
  readonly packages: readonly string[];
  /** A last `*` stands for any ending. */
  readonly names: readonly string[];
}

const LIBRARIES: readonly LibraryNames[] = [
  // https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html#EVarSettings
  { packages: ['@aws-sdk/', 'aws-sdk'], names: ['AWS_*'] },
  // https://www.elastic.co/docs/reference/apm/agents/nodejs/configuration
  { packages: ['elastic-apm-node'], names: ['ELASTIC_APM_*'] },
  // https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
  { packages: ['@opentelemetry/', '@elastic/opentelemetry-node'], names: ['OTEL_*', 'ELASTIC_OTEL_*'] },
  // https://www.postgresql.org/docs/current/libpq-envars.html, of which pg reads a part
  {
    packages: ['pg', 'pg-native', 'postgres'],
    names: ['PGHOST', 'PGPORT', 'PGDATABASE', 'PGUSER', 'PGPASSWORD', 'PGSSLMODE', 'PGAPPNAME', 'PGOPTIONS'],
  },
  // https://docs.sentry.io/platforms/javascript/guides/node/configuration/options/
  {
    packages: ['@sentry/'],
    names: ['SENTRY_DSN', 'SENTRY_ENVIRONMENT', 'SENTRY_RELEASE', 'SENTRY_TRACES_SAMPLE_RATE'],
  },
  // https://docs.datadoghq.com/tracing/trace_collection/library_config/nodejs/
  { packages: ['dd-trace'], names: ['DD_*'] },
  // https://github.com/debug-js/debug#environment-variables
  { packages: ['debug'], names: ['DEBUG', 'DEBUG_*'] },
  // https://cloud.google.com/docs/authentication/application-default-credentials
  {
    packages: ['@google-cloud/', 'firebase-admin', 'google-auth-library'],
    names: ['GOOGLE_*', 'GCLOUD_PROJECT', 'FIREBASE_CONFIG'],
  },
  // https://github.com/twilio/twilio-node#initialize-the-client
  { packages: ['twilio'], names: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_REGION', 'TWILIO_EDGE'] },
];

const isFrom = (specifier: string, name: string): boolean =>
  name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`);

/** The names that the library behind an import reads; none for a library that reads none, or is not known. */
export const namesOfLibrary = (specifier: string): readonly string[] =>
  LIBRARIES.filter(({ packages }) => packages.some((name) => isFrom(specifier, name))).flatMap(({ names }) => names);

/** True when a name, with its last `*`, stands for this variable. */
export const covers = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
