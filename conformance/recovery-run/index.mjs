// Breaks PostgreSQL and Redis under their generated configuration and restores them by the generated runbook: row by row, with the times.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { must } from '../process.mjs';
import { machine } from './containers.mjs';
import { postgres, redis } from './stores.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fine = [];
const wrong = (message) => [{ file: 'recovery run', message }];
const check = (name, isRight, message) => ({ name, findings: isRight ? fine : wrong(String(message).slice(0, 3000)) });

/** Debian's release of PostgreSQL on this machine. */
const installedPostgres = async () => {
  const found = (await readdir('/usr/lib/postgresql').catch(() => [])).map(Number).filter(Boolean);
  if (found.length === 0) throw new Error('PostgreSQL is not installed: run without --no-install');
  return String(Math.max(...found));
};

const generate = async (version) => {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-recovery-run-'));
  await cp(join(root, 'test', 'fixtures', 'recovery'), folder, { recursive: true });
  const file = join(folder, 'platform.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('version: 17', `version: ${version}`));
  await must(process.execPath, [join(root, 'bin', 'groundwork.js'), 'generate'], { cwd: folder });
  return folder;
};

/** The commands below the heading `Restore NAME in development` of the generated runbook, in their order. */
const restoreCommands = (runbook, name) => {
  const section = runbook.split(`#### Restore ${name} in development\n`)[1]?.split('\n### ')[0] ?? '';
  return [...section.matchAll(/```sh\n\s*(.*)\n\s*```/g)].map(([, command]) => command);
};

/** Restores by the runbook, a moment in place of its example; answers the seconds until the server answers again. */
const restore = async (host, commands, moment, name) => {
  const start = performance.now();
  let seconds = null;
  for (const command of commands) {
    await host.command(command.replace(/'\d{4}-\d\d-\d\d [^']*'/, `'${moment}'`));
    if (command.includes('up --detach --wait')) seconds = (performance.now() - start) / 1000;
  }
  if (seconds === null) throw new Error(`the runbook starts no ${name}`);
  return seconds;
};

/** Kills the server without a word and removes everything in its volume. */
const destroy = async (host, name) => {
  await host.end(name, 'SIGKILL');
  const data = await host.volume(`${name}-data`);
  for (const entry of await readdir(data)) await rm(join(data, entry), { recursive: true, force: true });
};

const difference = (expected, found) => {
  const [left, right] = [new Set(expected), new Set(found)];
  const missing = expected.filter((row) => !right.has(row));
  const extra = found.filter((row) => !left.has(row));
  return missing.length + extra.length === 0
    ? null
    : `${missing.length} rows are missing (${missing.slice(0, 2).join(' | ')}), ${extra.length} should not be there (${extra.slice(0, 2).join(' | ')})`;
};

const stamp = (milliseconds) => new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '+00');

/** One store from its first start to the restore of a moment. */
const story = async function* (host, store, runbook, plan) {
  const { name } = store;
  const instance = plan.laptops[0].instances.find((one) => one.name === name);
  const commands = restoreCommands(runbook, name);
  await store.start(host);
  const warnings = await store.warnings(host);
  yield check(
    `${name} starts under its generated configuration without a warning about it`,
    warnings.length === 0,
    warnings.join('\n'),
  );
  const planned = store.planned(instance.containers[0].command);
  const differing = await store.differing(host, planned);
  yield check(
    `${name}: all ${Object.keys(planned).length} settings are those of the plan`,
    differing.length === 0,
    differing.join('\n'),
  );
  const altered = await store.differing(host, { ...planned, ...store.altered });
  yield check(`${name} goes red: a setting that is not the plan's`, altered.length > 0, 'not caught');

  await store.load(host, 2000);
  await host.command(`docker compose --profile backup up --detach ${name}-archive`);
  const backedUp = await host.command(`docker compose run --rm ${name}-backup`);
  yield check(`${name}: the generated job takes a backup`, /backed up|copied/.test(backedUp), backedUp);
  await store.load(host, 1000);
  const good = await store.rows(host);
  await pause(1500);
  const moment = stamp(Date.now());
  await pause(1500);
  await store.spoil(host);
  yield check(
    `${name} goes red: rows that were changed`,
    difference(good, await store.rows(host)) !== null,
    'not caught',
  );

  // Somebody writes until the server is gone; what was acknowledged counts.
  const written = [];
  const writing = { on: true };
  const writer = (async () => {
    while (writing.on) {
      const at = await store.write(host).catch(() => null);
      if (at === null) await pause(20);
      else written.push(at);
    }
  })();
  const lag = instance.recovery.archive.intervalSeconds;
  await pause(Math.max(3, lag * 1.5) * 1000);
  const destroyedAt = Date.now();
  await destroy(host, name);
  writing.on = false;
  await writer;
  const before = written.filter((at) => at <= destroyedAt);
  const seconds = await restore(host, commands, 'latest', name);
  const newest = await store.newest(host);
  const lost = (Math.max(...before) - newest) / 1000;
  yield check(
    `${name}: the data folder destroyed, restored by the runbook: RPO measured ${Math.max(0, lost).toFixed(2)} s (planned at most ${lag} s), RTO measured ${seconds.toFixed(1)} s, of ${written.length} writes acknowledged meanwhile`,
    before.length > 5 && lost <= lag,
    `${lost} s of acknowledged writes are lost`,
  );
  const again = await restore(host, commands, moment, name);
  const gap = difference(good, await store.rows(host));
  yield check(
    `${name}: restored to a moment before the damage, ${good.length} rows equal one by one, in ${again.toFixed(1)} s`,
    gap === null,
    gap,
  );

  const tested = await host.runOnce(`${name}-restore-test`);
  yield check(`${name}: the restore test is green`, tested.code === 0, tested.output);
  yield* store.broken(host, check);

  // Without the archive the newest writes are gone: the same measure has to say so.
  await host.end(`${name}-archive`, 'SIGTERM');
  await pause(1000);
  await store.load(host, 10);
  const unsaved = await store.rows(host);
  await destroy(host, name);
  await restore(host, commands, 'latest', name);
  yield check(
    `${name} goes red: the archive is off`,
    difference(unsaved, await store.rows(host)) !== null,
    'a loss was not noticed',
  );
};

export const checks = async function* () {
  const version = await installedPostgres();
  const folder = await generate(version);
  const scratch = await mkdtemp(join(tmpdir(), 'groundwork-recovery-machine-'));
  const runbook = await readFile(join(folder, 'platform', 'recovery', 'README.md'), 'utf8');
  const plan = JSON.parse(
    (await must(process.execPath, [join(root, 'bin', 'groundwork.js'), 'plan', '--json'], { cwd: folder })).stdout,
  );
  const host = await machine(join(folder, 'platform', 'compose', 'development', 'compose.yaml'), scratch, {
    postgres: version,
  });
  try {
    const secrets = await host.runOnce('secrets');
    yield check('the generated secrets and certificates are made', secrets.code === 0, secrets.output);
    for (const store of [postgres, redis]) yield* story(host, store, runbook, plan.plan);
  } finally {
    await host.close();
    await rm(folder, { recursive: true, force: true });
    await rm(scratch, { recursive: true, force: true });
  }
};
