// How the recovery run starts, asks, fills, spoils and breaks each store.
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const words = (output) => output.split('\n').filter((line) => line !== '');

const admin = async (host, name) => {
  const { stdout } = await host.exec(name, ['cat', '/run/secrets/admin.password']);
  return stdout.trim();
};

/** `64MB`, `300s` → a number in the smallest unit; anything else as it is. */
const sizes = {
  B: 1,
  kB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const amount = (text) => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(B|kB|MB|GB|TB|ms|s|min|h|d)?$/.exec(text) ?? [];
  return number === undefined ? text : String(Number(number) * (unit === undefined ? 1 : sizes[unit]));
};

const sql = async (host, statement, database = 'ledger') => {
  const { code, stdout, stderr } = await host.exec(
    'postgres',
    [
      'psql',
      '--no-psqlrc',
      '--quiet',
      '--tuples-only',
      '--no-align',
      '--set=ON_ERROR_STOP=1',
      '--username=postgres',
      `--dbname=${database}`,
      '--command',
      statement,
    ],
    { PGPASSWORD: await admin(host, 'postgres') },
  );
  if (code !== 0) throw new Error(stderr);
  return words(stdout);
};

const failing = async (host, name) => (await host.runOnce(`${name}-restore-test`)).code !== 0;

export const postgres = {
  name: 'postgres',
  start: async (host) => {
    await host.up('postgres');
    const { code, output } = await host.runOnce('postgres-setup');
    if (code !== 0) throw new Error(output);
    await sql(
      host,
      'CREATE TABLE entries (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, note text NOT NULL, cents bigint NOT NULL, written_at timestamptz NOT NULL DEFAULT clock_timestamp()); ALTER TABLE entries OWNER TO ledger_service',
    );
  },
  warnings: async (host) =>
    words(await readFile(host.log('postgres'), 'utf8')).filter((line) =>
      /\b(?:WARNING|ERROR|FATAL|PANIC)\b|deprecated/.test(line),
    ),
  planned: (command) =>
    Object.fromEntries(
      command.flatMap((word, index) =>
        command[index - 1] === '-c' ? [[word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]] : [],
      ),
    ),
  altered: { shared_buffers: '1MB' },
  differing: async (host, planned) => {
    const rows = await sql(
      host,
      "SELECT name || '|' || current_setting(name) || '|' || source || '|' || pending_restart FROM pg_settings",
      'postgres',
    );
    const found = new Map(rows.map((row) => [row.split('|')[0], row.split('|').slice(1)]));
    return Object.entries(planned).flatMap(([name, value]) => {
      const [setting = 'nothing', source, pending] = found.get(name) ?? [];
      const isSame = amount(setting) === amount(value.trim()) || setting.trim() === value.trim();
      return isSame && ['command line', 'override'].includes(source) && pending === 'false'
        ? []
        : [`${name}: planned ${value}, found ${setting} (${source})`];
    });
  },
  load: (host, count) =>
    sql(
      host,
      `INSERT INTO entries (note, cents) SELECT 'entry ' || n || ' žito 🌾', (n * 7919) % 100000 FROM generate_series(1, ${count}) AS n`,
    ),
  rows: (host) => sql(host, 'SELECT * FROM entries ORDER BY id'),
  spoil: (host) => sql(host, 'UPDATE entries SET cents = 0 WHERE id % 3 = 0; DELETE FROM entries WHERE id % 5 = 0'),
  write: async (host) => {
    const [at] = await sql(
      host,
      "INSERT INTO entries (note, cents) VALUES ('late', 1) RETURNING floor(extract(epoch FROM written_at) * 1000)::bigint",
    );
    return Number(at);
  },
  newest: async (host) =>
    Number((await sql(host, 'SELECT floor(extract(epoch FROM max(written_at)) * 1000)::bigint FROM entries'))[0]),
  broken: async function* (host, check) {
    const kept = await sql(host, 'SELECT * FROM entries ORDER BY id');
    await sql(host, 'DELETE FROM entries WHERE id > 500');
    await host.command('docker compose run --rm postgres-backup');
    yield check(
      'postgres goes red: a declared probe does not hold',
      await failing(host, 'postgres'),
      'the restore test did not notice',
    );
    const base = join(await host.volume('postgres-backups'), 'base');
    const newest = (await readdir(base)).sort().at(-1);
    const folders = (await readdir(join(base, newest, 'base'))).map(Number).sort((a, b) => a - b);
    const folder = join(base, newest, 'base', String(folders.at(-1)));
    // A table of the catalogue, which every start reads.
    const file = await open(join(folder, '1259'), 'r+');
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, 100);
    await file.write(Buffer.from([byte[0] ^ 0xff]), 0, 1, 100);
    yield check(
      'postgres goes red: a byte of the base backup went bad',
      await failing(host, 'postgres'),
      'the restore test did not notice',
    );
    await file.write(byte, 0, 1, 100);
    await file.close();
    yield check('postgres: as many rows as before were there', kept.length > 500, kept.length);
  },
};

const redisCli = async (host, args) => {
  const { code, stdout, stderr } = await host.exec(
    'redis',
    ['redis-cli', '-e', '--no-auth-warning', '--user', 'admin', ...args],
    { REDISCLI_AUTH: await admin(host, 'redis') },
  );
  if (code !== 0) throw new Error(stderr + stdout);
  return words(stdout);
};

/** Of the machine and not of the configuration. */
const ofTheMachine = /overcommit_memory|Transparent Huge Pages|THP|TCP backlog/;

let sequence = 0;

export const redis = {
  name: 'redis',
  start: (host) => host.up('redis'),
  warnings: async (host) =>
    words(await readFile(host.log('redis'), 'utf8')).filter(
      (line) => /WARNING|ERROR|FATAL|Warning|deprecated/.test(line) && !ofTheMachine.test(line),
    ),
  planned: (command) =>
    Object.fromEntries(
      command.flatMap((word, index) =>
        index > 0 && word.startsWith('--') && !['--aclfile', '--dir'].includes(word)
          ? [[word.slice(2), command[index + 1]]]
          : [],
      ),
    ),
  altered: { maxmemory: '1mb' },
  differing: async (host, planned) => {
    const findings = [];
    for (const [name, value] of Object.entries(planned)) {
      const [, found = ''] = await redisCli(host, ['config', 'get', name]);
      const bytes = /^(\d+)(mb|gb|kb)$/.exec(value);
      const expected =
        bytes === null ? value : String(Number(bytes[1]) * { kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }[bytes[2]]);
      if (found !== expected) findings.push(`${name}: planned ${value}, found ${found}`);
    }
    return findings;
  },
  load: async (host, count) => {
    sequence += 1;
    await redisCli(host, [
      'eval',
      "for i = 1, tonumber(ARGV[1]) do redis.call('set', 'entry:' .. ARGV[2] .. ':' .. i, 'value ' .. i * 7919) redis.call('rpush', 'queue', ARGV[2] .. ':' .. i) end",
      '0',
      String(count),
      String(sequence),
    ]);
  },
  rows: async (host) => {
    const keys = (await redisCli(host, ['keys', 'entry:*'])).sort();
    const values = [];
    for (let at = 0; at < keys.length; at += 500)
      values.push(...(await redisCli(host, ['mget', ...keys.slice(at, at + 500)])));
    return [
      ...keys.map((key, index) => `${key}=${values[index]}`),
      ...(await redisCli(host, ['lrange', 'queue', '0', '-1'])).map((item, index) => `queue[${index}]=${item}`),
    ];
  },
  spoil: (host) =>
    redisCli(host, [
      'eval',
      "redis.call('del', 'queue') for i = 1, 500 do redis.call('set', 'entry:1:' .. i, 'spoilt') end",
      '0',
    ]),
  write: async (host) => {
    const at = Date.now();
    await redisCli(host, ['set', 'late', String(at)]);
    return at;
  },
  newest: async (host) => Number((await redisCli(host, ['get', 'late']))[0]),
  broken: async function* (host, check) {
    const copies = join(await host.volume('redis-backups'), 'copies');
    await host.end('redis-archive', 'SIGTERM');
    const newest = (await readdir(copies)).sort().at(-1);
    const folder = join(copies, newest, 'appendonlydir');
    const base = (await readdir(folder)).find((file) => file.includes('.base.'));
    const file = await open(join(folder, base), 'r+');
    const { size } = await file.stat();
    const at = Math.floor(size / 2);
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    await file.write(Buffer.from([byte[0] ^ 0xff]), 0, 1, at);
    yield check(
      'redis goes red: a byte of the newest copy went bad',
      await failing(host, 'redis'),
      'the restore test did not notice',
    );
    await file.write(byte, 0, 1, at);
    await file.close();
  },
};
