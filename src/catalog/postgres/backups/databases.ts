// The databases of a PostgreSQL server with who owns each, and the questions that every restore test asks them.
import type { BackupInput, RestoreProbe } from '../../backups';
import { authorityFile } from '../../certificates';
import { givenValue } from '../../container-input';
import type { SecretFilePlan } from '../../facts';
import { secret, secretFile, secretPath } from '../../hardened-container';

export interface OwnedDatabase {
  readonly database: string;
  readonly user: string;
  readonly passwordFile: string;
  readonly passwordSecret: string;
}

/** Every database once; the first service that names it owns it. */
export function databasesOf({ uses }: BackupInput): readonly OwnedDatabase[] {
  const all = uses.map((use) => {
    const user = givenValue(use, 'user');
    return {
      database: givenValue(use, 'database'),
      user,
      passwordFile: secretPath(`${user}.password`),
      passwordSecret: use.passwordSecret,
    };
  });
  return all.filter(({ database }, index) => all.findIndex((other) => other.database === database) === index);
}

/** Every account once. */
export const rolesOf = ({ uses }: BackupInput): readonly string[] => [
  ...new Set(uses.map((use) => givenValue(use, 'user'))),
];

/** Where the platform signed the server's certificate it is verified; of RDS only that it is encrypted. */
export const tlsOf = ({ runs }: BackupInput) =>
  runs === 'aws' ? { mode: 'require', authority: '' } : { mode: 'verify-full', authority: authorityFile };

/** The password of each owner once. */
export const passwordFiles = (databases: readonly OwnedDatabase[]): readonly SecretFilePlan[] =>
  databases
    .filter(({ user }, index) => databases.findIndex((other) => other.user === user) === index)
    .map(({ user, passwordSecret }) => secretFile(`${user}.password`, secret(passwordSecret)));

const own = "schemaname NOT IN ('pg_catalog', 'information_schema')";

/** Whether each table holds a row, asked of the table itself: statistics are empty after a restore. */
const filled = `SELECT count(*) FROM pg_tables WHERE ${own} AND (xpath('//c/text()', query_to_xml(format('SELECT EXISTS (SELECT FROM %I.%I) AS c', schemaname, tablename), false, true, '')))[1]::text = 'true'`;

const asked = (name: string, { database, user }: OwnedDatabase, sql: string): RestoreProbe => ({
  name,
  database,
  user,
  sql,
  atLeast: 1,
  atMost: null,
  newerThanSeconds: null,
  by: 'every restore test',
});

/** What is asked of each database whatever its service declares. */
export const alwaysAsked = (databases: readonly OwnedDatabase[]): readonly RestoreProbe[] =>
  databases.flatMap((database) => [
    asked('tables-exist', database, `SELECT count(*) FROM pg_tables WHERE ${own}`),
    asked('tables-hold-rows', database, filled),
  ]);

/** The newest record of the log that came back. */
export const newestRecord = (admin: string, seconds: number): RestoreProbe => ({
  name: 'newest-record',
  database: 'postgres',
  user: admin,
  sql: 'SELECT pg_last_xact_replay_timestamp()',
  atLeast: null,
  atMost: null,
  newerThanSeconds: seconds,
  by: 'every restore test',
});

/** A probe as the script of questions takes it. */
export const spelled = ({ name, user, database, sql, atLeast, atMost, newerThanSeconds }: RestoreProbe) => ({
  name,
  user,
  database,
  sql,
  bound: atLeast !== null ? 'at-least' : atMost !== null ? 'at-most' : 'newer-than',
  limit: atLeast ?? atMost ?? newerThanSeconds ?? 0,
});
