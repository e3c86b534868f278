// Starts a generated platform of three services for real, asks it through nginx, breaks its database and waits for the alert.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { must, run } from '../process.mjs';
import { findEngine } from './engine.mjs';
import { imagesOfDockerfile, makeImages, removeImages } from './images.mjs';
import { removeProject } from './project.mjs';
import { whyItDidNotStart } from './why-not-started.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixtures = join(root, 'test', 'fixtures');
export const environmentFolder = 'platform/compose/development';
export const host = 'api.farm.example';

const fine = [];
const wrong = (message) => [{ file: 'real run of a platform', message }];
const check = (name, isRight, message) => ({ name, findings: isRight ? fine : wrong(message) });

/** The fixtures in a folder of their own with everything that the command generates for them. */
export const generate = async () => {
  if (!existsSync(join(root, 'lib', 'groundwork.cjs')))
    await must(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-platform-run-'));
  await cp(join(fixtures, 'platform'), folder, { recursive: true });
  await cp(join(fixtures, 'express-service'), join(folder, 'services', 'notes-service'), { recursive: true });
  // In a monorepo there is one lock file, at the root.
  await rm(join(folder, 'services', 'notes-service', 'package-lock.json'));
  await must(process.execPath, [join(root, 'bin', 'groundwork.js'), 'generate'], { cwd: folder });
  return folder;
};

/** One request to the proxy at 127.0.0.1, under the name of a host; answers `{ status, headers, text }`, or `{ error }`. */
const ask = (send, options, body) =>
  new Promise((resolve) => {
    const sent = send({ host: '127.0.0.1', timeout: 20_000, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
      response.on('error', (error) => resolve({ error: error.code ?? error.message }));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', (error) => resolve({ error: error.code ?? error.message }));
    sent.end(body);
  });

export const throughProxy = (ca, path, { name = host, ...options } = {}, body = undefined) =>
  ask(requestHttps, { port: 8443, ca, servername: name, path, headers: { Host: name }, ...options }, body);

/** Asks again until the answer is right, or the seconds are over; answers the last one. */
const until = async (seconds, question, isRight) => {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await question();
    if (isRight(answer) || Date.now() > end) return answer;
    await pause(2000);
  }
};

const seenFromOutside = async function* (ca) {
  const notes = await throughProxy(ca, '/api/notes');
  yield check(
    'a request through nginx reaches a service, and that one another, and the database',
    notes.status === 200 && JSON.parse(notes.text).answer.rows[0]?.text === 'sow the wheat',
    JSON.stringify(notes),
  );
  const [first, second] = [await throughProxy(ca, '/api/visits'), await throughProxy(ca, '/api/visits')];
  yield check(
    'and Redis, which counts',
    JSON.parse(second.text).answer.visits === JSON.parse(first.text).answer.visits + 1,
    `${first.text} ${second.text}`,
  );
  yield check(
    'the request has an id that the service is told',
    /^[0-9a-f]{32}$/.test(notes.headers['x-request-id']) &&
      JSON.parse(notes.text).requestId === notes.headers['x-request-id'],
    notes.text,
  );
  const expected = { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', server: 'nginx' };
  yield check(
    'the answer has the security headers and no version',
    Object.entries(expected).every(([name, value]) => notes.headers[name] === value) &&
      'strict-transport-security' in notes.headers,
    JSON.stringify(notes.headers),
  );
  const plain = await ask(requestHttp, { port: 8080, path: '/api/notes?a=b', headers: { Host: host } });
  yield check(
    'HTTP is sent to HTTPS',
    plain.status === 308 && plain.headers.location === `https://${host}:8443/api/notes?a=b`,
    JSON.stringify(plain),
  );
  const [unknown, unknownTls, untrusted] = [
    await ask(requestHttp, { port: 8080, path: '/', headers: { Host: 'other.example' } }),
    await throughProxy(ca, '/', { name: 'other.example', rejectUnauthorized: false }),
    await throughProxy(undefined, '/api/notes'),
  ];
  yield check(
    'an unknown name gets no answer and no certificate',
    unknown.error === 'ECONNRESET' && /SSL|EPROTO|ECONNRESET/.test(unknownTls.error),
    `${JSON.stringify(unknown)} ${JSON.stringify(unknownTls)}`,
  );
  yield check(
    'who does not know the authority does not trust it',
    untrusted.error !== undefined,
    JSON.stringify(untrusted),
  );
  const old = await throughProxy(ca, '/api/notes', {
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1.1',
    ciphers: 'ALL:@SECLEVEL=0',
  });
  yield check('TLS 1.1 is refused', old.error !== undefined, JSON.stringify(old));
  const large = await throughProxy(ca, '/api/notes', { method: 'POST' }, Buffer.alloc(1024 * 1024 + 1));
  yield check(
    'a body over the declared limit is refused',
    large.status === 413 || large.error === 'EPIPE',
    JSON.stringify(large),
  );
};

/** What each container sees of the others' names: a name that cannot be found cannot be asked. */
const seenFromInside = async function* (docker, compose) {
  const script =
    "const d=require('node:dns').promises;Promise.all(process.argv.slice(1).map((n)=>d.lookup(n).then(()=>n,()=>null))).then((a)=>console.log(JSON.stringify(a.filter(Boolean))))";
  const names = ['gateway', 'notes-service', 'visits-service', 'postgres', 'redis', 'prometheus', 'alertmanager'];
  const sees = async (service) =>
    JSON.parse((await docker([...compose, 'exec', '-T', service, 'node', '-e', script, ...names])).stdout);
  const seen = { gateway: await sees('gateway'), 'visits-service': await sees('visits-service') };
  yield check(
    'the gateway sees the services that it calls and no data store',
    ['notes-service', 'visits-service'].every((name) => seen.gateway.includes(name)) &&
      !seen.gateway.some((name) => ['postgres', 'redis', 'alertmanager'].includes(name)),
    seen.gateway.join(' '),
  );
  yield check(
    'the service that counts sees Redis and not PostgreSQL',
    seen['visits-service'].includes('redis') && !seen['visits-service'].includes('postgres'),
    seen['visits-service'].join(' '),
  );
  const notes = await sees('notes-service');
  yield check(
    'two services that use the same Redis do not see each other',
    notes.includes('redis') && !notes.includes('visits-service') && !seen['visits-service'].includes('notes-service'),
    `${notes.join(' ')} | ${seen['visits-service'].join(' ')}`,
  );
  const { stdout } = await docker([...compose, 'ps', '--format', 'json']);
  const published = stdout
    .trim()
    .split('\n')
    .flatMap((line) => JSON.parse(line).Publishers ?? [])
    .filter(({ PublishedPort: port }) => port > 0);
  yield check(
    'every port of the host is at 127.0.0.1',
    published.length > 0 && published.every(({ URL: address }) => address === '127.0.0.1'),
    JSON.stringify(published),
  );
};

const replaced = async function* (docker, compose, ca) {
  await docker([...compose, 'up', '--detach', '--no-deps', '--force-recreate', '--no-build', 'gateway']);
  const after = await until(
    60,
    () => throughProxy(ca, '/api/visits'),
    ({ status }) => status === 200,
  );
  yield check('a service that is made anew is found again', after.status === 200, JSON.stringify(after));
};

const fromPrometheus = async (path) => {
  const response = await fetch(`http://127.0.0.1:9090${path}`, { signal: AbortSignal.timeout(10_000) });
  return (await response.json()).data;
};

const seenByPrometheus = async function* () {
  const targets = await until(
    150,
    async () => (await fromPrometheus('/api/v1/targets')).activeTargets,
    (found) => found.length > 0 && found.every(({ health }) => health === 'up'),
  );
  const down = targets.filter(({ health }) => health !== 'up');
  yield check(
    `Prometheus sees its ${targets.length} targets up`,
    targets.length >= 8 && down.length === 0,
    JSON.stringify(down.map(({ scrapePool, lastError }) => [scrapePool, lastError])),
  );
  const rules = await until(
    120,
    async () => (await fromPrometheus('/api/v1/rules')).groups.flatMap((group) => group.rules),
    (found) => found.length > 0 && found.every(({ health }) => health === 'ok'),
  );
  const bad = rules.filter(({ health }) => health !== 'ok');
  const alerts = rules.filter(({ type }) => type === 'alerting');
  yield check(
    `and evaluates ${rules.length} rules, ${alerts.length} of them alerts, without an error`,
    rules.length > 50 && alerts.length > 10 && bad.length === 0,
    JSON.stringify(bad.map(({ name, lastError }) => [name, lastError]).slice(0, 5)),
  );
};

const alertsNow = async (docker, compose, ...matchers) => {
  const { stdout } = await docker([
    ...compose,
    ...['exec', '-T', 'alertmanager', 'amtool', '--alertmanager.url=http://127.0.0.1:9093'],
    ...['alert', 'query', '--output', 'json', ...matchers],
  ]);
  return JSON.parse(stdout);
};

/**
 * Every rule and every interval is the generated one. The fast alert looks at the last hour and the last five minutes, of
 * which the platform has lived a few: what counts is the share of failed requests in what there is.
 */
const broken = async function* (docker, compose, ca) {
  const fast = ['alertname=AvailabilityBudgetBurnsFast', 'service=notes-service'];
  const before = await alertsNow(docker, compose, ...fast);
  yield check('the availability alert is silent while all is well', before.length === 0, JSON.stringify(before));
  const start = Date.now();
  await docker([...compose, 'stop', 'postgres']);
  // The first answer may be that of a connection which the service closed a moment before.
  const failed = await until(
    30,
    () => throughProxy(ca, '/api/notes'),
    ({ status }) => status === 500,
  );
  yield check('without its database the service answers 500', failed.status === 500, JSON.stringify(failed));
  const alerts = await until(
    300,
    async () => {
      await Promise.all(Array.from({ length: 10 }, () => throughProxy(ca, '/api/notes')));
      return alertsNow(docker, compose, ...fast);
    },
    (found) => found.length > 0,
  );
  const [alert] = alerts;
  yield check(
    `the availability alert reaches Alertmanager ${Math.round((Date.now() - start) / 1000)} s after the database stopped`,
    alert?.status.state === 'active' && alert.labels.severity === 'critical' && alert.labels.team === 'team-notes',
    JSON.stringify(alerts),
  );
  yield check(
    'and is sent to the channel of its team',
    alert?.receivers.some(({ name }) => name.startsWith('slack-')),
    JSON.stringify(alert?.receivers),
  );
  await docker([...compose, 'start', 'postgres']);
  const again = await until(
    60,
    () => throughProxy(ca, '/api/notes'),
    ({ status }) => status === 200,
  );
  yield check('with its database back the service answers again', again.status === 200, JSON.stringify(again));
};

/** Stand-ins of everything that is built upon or pulled; answers their names. */
export const makeBases = async (folder, docker, compose, environment) => {
  const { stdout } = await docker([...compose, 'config', '--images']);
  const named = stdout
    .trim()
    .split('\n')
    .filter((image) => !image.startsWith('registry.example/'));
  const services = ['gateway', 'notes-service', 'visits-service'];
  const bases = await Promise.all(
    services.map((service) => imagesOfDockerfile(join(folder, 'services', service, 'Dockerfile'))),
  );
  return makeImages([...new Set([...bases.flat(), ...named])], environment);
};

export async function* checks() {
  const engine = await findEngine();
  let folder = null;
  let standIns = [];
  const compose = ['compose'];
  try {
    folder = await generate();
    const options = { env: engine.environment, cwd: folder };
    await removeProject(compose, options);
    const docker = (args) => must('docker', args, options);
    standIns = await makeBases(folder, docker, compose, engine.environment);
    await docker([...compose, 'build']);
    yield { name: 'a platform of three services builds from its root', findings: fine };
    const up = await run(
      'docker',
      [...compose, 'up', '--detach', '--wait', '--wait-timeout', '300', '--no-build', '--pull', 'never'],
      options,
    );
    if (up.code !== 0) {
      yield check('it starts', false, await whyItDidNotStart(compose, options, up.all));
      return;
    }
    yield { name: 'one `docker compose up` starts it, everything healthy', findings: fine };
    const ca = await readFile(join(folder, environmentFolder, '.secrets', 'ca.crt'), 'utf8');
    yield* seenFromOutside(ca);
    yield* seenFromInside(docker, compose);
    yield* replaced(docker, compose, ca);
    yield* seenByPrometheus();
    yield* broken(docker, compose, ca);
  } finally {
    if (folder !== null) {
      await removeProject(compose, { env: engine.environment, cwd: folder });
      await rm(folder, { recursive: true, force: true });
    }
    if (!engine.started) await removeImages(standIns, engine.environment);
    await engine.stop();
  }
}
