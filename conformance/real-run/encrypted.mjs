// Looks whether PostgreSQL is reached by TLS only, and whether a service verifies whom it speaks to.
import { run } from '../process.mjs';

const fine = [];
const wrong = (message) => [{ file: 'real run', message }];

/** psql in the server's container, by the network, as the administrator. */
const query = (mode, sql) => [
  'sh',
  '-c',
  `PGPASSWORD=$(cat /run/secrets/admin.password) psql --no-psqlrc --tuples-only --no-align "host=localhost user=postgres ${mode}" --command "${sql}"`,
];

const verified = 'sslmode=verify-full sslrootcert=/run/certificates/ca.crt';

/** Asks the database by the service's own URL, as its code does. */
const client = `
const { Client } = require('pg');
const url = require('node:fs').readFileSync(process.env.DATABASE_URL_FILE, 'utf8');
const connect = async () => {
  const client = new Client({ connectionString: process.argv[1] === 'plain' ? url.replace(/sslmode=[a-z-]+/, 'sslmode=disable') : url });
  await client.connect();
  const { rows } = await client.query('SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
  console.log('connected', rows[0].ssl, rows[0].version);
  await client.end();
};
connect().catch(({ message, code }) => console.log('refused', code, message));
`;

export const seenOfDatabase = async function* (docker, compose, service) {
  const inside = (name, words, environment = []) =>
    run(
      'docker',
      [...compose, 'exec', '-T', ...environment.flatMap((entry) => ['--env', entry]), name, ...words],
      docker.options,
    );
  const ask = (environment, argument = '') => inside(service, ['node', '-e', client, argument], environment);

  const ssl = await inside('postgres', query(verified, 'SHOW ssl; SHOW ssl_min_protocol_version; SHOW log_statement'));
  yield {
    name: 'PostgreSQL: TLS is on from 1.2 up, changes of definitions are logged',
    findings: ssl.stdout === 'on\nTLSv1.2\nddl\n' ? fine : wrong(ssl.all),
  };
  const plain = await inside('postgres', query('sslmode=disable', 'SELECT 1'));
  yield {
    name: 'PostgreSQL refuses a connection without TLS',
    findings: plain.code !== 0 && /pg_hba\.conf rejects connection/.test(plain.all) ? fine : wrong(plain.all),
  };

  const own = await ask([]);
  yield {
    name: 'the service speaks to PostgreSQL by TLS 1.3 and verifies it',
    findings: /^connected true TLSv1\.3$/m.test(own.stdout) ? fine : wrong(own.all),
  };
  const without = await ask([], 'plain');
  yield {
    name: 'goes red: the service without TLS',
    findings: /^refused 28000 .*pg_hba\.conf rejects/m.test(without.stdout) ? fine : wrong(without.all),
  };
  const other = await ask(['NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt']);
  yield {
    name: 'goes red: the service that trusts other authorities',
    findings: /^refused (UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN) /m.test(other.stdout)
      ? fine
      : wrong(other.all),
  };

  const { stdout: log } = await docker([...compose, 'logs', '--no-color', '--no-log-prefix', 'postgres']);
  const account = service.replaceAll('-', '_');
  const expected = [
    [
      'a login with its protocol',
      new RegExp(`connection authorized: user=${account} .*SSL enabled \\(protocol=TLSv1\\.3`),
    ],
    ['a logout', /disconnection: session time/],
    ['a change of definitions', new RegExp(`user=${account} db=.* LOG: {2}(statement|execute .*): CREATE TABLE`, 'i')],
  ];
  const missed = expected.filter(([, pattern]) => !pattern.test(log)).map(([what]) => what);
  yield {
    name: 'the log of PostgreSQL tells who logged in how, who left, and who changed definitions',
    findings: missed.length === 0 ? fine : wrong(`not in the log: ${missed.join(', ')}\n${log.slice(-3000)}`),
  };
};
