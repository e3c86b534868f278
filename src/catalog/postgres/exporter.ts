// PostgreSQL's metrics by postgres_exporter, whose names the alerts use.
import { authorityFile } from '../certificates';
import { answers, exporterContainer } from '../exporter-container';
import { secret, secretFile, secretPath } from '../hardened-container';
import type { ExporterFactory } from '../operated';

const port = 9187;
const passwordFile = 'monitor.password';
const queriesFile = '/etc/groundwork/queries.yaml';

// `require` encrypts and asks for no authority and no name: in a cloud the server is reached by a name of the platform's own:
// https://www.postgresql.org/docs/current/libpq-ssl.html
const verified = `sslmode=verify-full&sslrootcert=${authorityFile}`;
const modes = { container: verified, operator: verified, aws: 'sslmode=require', external: 'sslmode=require' };

export const exporter: ExporterFactory = (input) =>
  exporterContainer(input, {
    kind: 'postgres',
    image: { repository: 'docker.io/prometheuscommunity/postgres-exporter', tag: 'v0.20.1', digest: null },
    user: '65534:65534',
    command:
      input.runs === 'operator'
        ? // The collector tells how far the server itself lags, which the primary never does.
          ['--no-collector.replication', `--extend.query-path=${queriesFile}`]
        : [],
    environment: [
      { name: 'DATA_SOURCE_URI', value: `${input.host}:${input.port}/postgres?${modes[input.runs]}` },
      { name: 'DATA_SOURCE_USER', value: input.monitor.user },
      { name: 'DATA_SOURCE_PASS_FILE', value: secretPath(passwordFile) },
    ],
    files:
      input.runs === 'operator'
        ? [{ template: 'backing/postgres/queries.yaml', view: {}, target: queriesFile, executable: false }]
        : [],
    verifies: input.runs === 'container' || input.runs === 'operator',
    secretFiles: [secretFile(passwordFile, secret(input.monitor.passwordSecret))],
    port,
    healthCheck: answers(port, '/'),
    why: `Measures ${input.instance} as a user that reads statistics and no table.`,
  });
