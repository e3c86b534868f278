// Brings a generated platform up by its own deploy.sh, loads it with k6, and breaks a version to see it taken back.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must, run } from '../process.mjs';
import { findEngine } from './engine.mjs';
import { removeImages } from './images.mjs';
import { environmentFolder, generate, host, makeBases, throughProxy } from './platform.mjs';
import { removeProject } from './project.mjs';
import { whyItDidNotStart } from './why-not-started.mjs';

const check = (name, isRight, message) => ({
  name,
  findings: isRight ? [] : [{ file: 'real run of a deployment', message }],
});

/** The gateway's code with one text replaced. */
const changeGateway = async (folder, from, to) => {
  const file = join(folder, 'services', 'gateway', 'src', 'index.js');
  const text = await readFile(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  await writeFile(
    file,
    text.replace(from, () => to),
  );
};

/** What exists on the engine: containers and images by id, volumes by name. */
const everything = async (docker) => {
  const lists = [
    ['ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.State}}'],
    ['images', '--all', '--no-trunc', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}'],
    ['volume', 'ls', '--format', '{{.Name}}'],
  ];
  const texts = await Promise.all(lists.map(async (words) => (await docker(words)).stdout));
  return texts.map((text) => text.split('\n').sort().join('\n')).join('\n');
};

const visits = async (folder) => {
  const ca = await readFile(join(folder, environmentFolder, '.secrets', 'ca.crt'), 'utf8');
  return throughProxy(ca, '/api/visits');
};

const dryRuns = async function* (deploy, docker, name) {
  const before = await everything(docker);
  const { code, all } = await deploy('--dry-run');
  yield check(
    `a dry run ${name} says what it would do and changes nothing`,
    code === 0 && all.includes('would run: docker compose') && before === (await everything(docker)),
    all,
  );
};

const loaded = async function* (folder, options) {
  const script = join('platform', 'load-tests', 'gateway.js');
  const environment = {
    ...options.env,
    SSL_CERT_FILE: join(folder, environmentFolder, '.secrets', 'ca.crt'),
    ADDRESS: '127.0.0.1:8443',
    REQUESTS_PER_MINUTE: '120',
    DURATION_SECONDS: '10',
  };
  const load = (file) => run('k6', ['run', '--quiet', file], { env: environment, cwd: folder });
  const fine = await load(script);
  const sent = Number(/http_reqs[.: ]+(\d+)/.exec(fine.all)?.[1]);
  yield check(
    `k6 sends ${sent} requests in 10 s, and every bound is kept`,
    fine.code === 0 && sent >= 19 && sent <= 22,
    fine.all,
  );
  const strict = join('platform', 'load-tests', 'impossible.js');
  const text = await readFile(join(folder, script), 'utf8');
  await writeFile(join(folder, strict), text.replace(/p\(95\)<=\d+/, 'p(95)<=0.001'));
  const broken = await load(strict);
  yield check(
    'goes red: a bound that nobody can keep ends with 99',
    broken.code === 99,
    `${broken.code} ${broken.all}`,
  );
  await writeFile(join(folder, strict), text.replace('"/api/notes"', '"/api/nothing"'));
  const missing = await load(strict);
  yield check('goes red: a path that answers 404', missing.code === 99, `${missing.code} ${missing.all}`);
  await rm(join(folder, strict));
};

const replaced = async function* (folder, deploy) {
  await changeGateway(folder, 'JSON.stringify({ answer: said,', 'JSON.stringify({ version: 2, answer: said,');
  const second = await deploy('--service', 'gateway');
  yield check('a new version of one service is deployed', second.code === 0, second.all);
  yield check('and answers', JSON.parse((await visits(folder)).text).version === 2, second.all);
  const back = await deploy('--rollback', '--service', 'gateway');
  const answer = await visits(folder);
  yield check(
    '--rollback returns to the version before',
    back.code === 0 && answer.status === 200 && JSON.parse(answer.text).version === undefined,
    `${back.all}\n${answer.text}`,
  );
  const again = await deploy('--service', 'gateway');
  yield check('and the next deployment goes on', again.code === 0, again.all);
};

/** Healthy by its own word, and every public route fails. */
const takenBack = async function* (folder, deploy) {
  await changeGateway(folder, 'return [response.status,', 'return [500,');
  const failed = await deploy('--service', 'gateway');
  yield check(
    'a version whose public routes answer 500 is not healthy, and the run fails',
    failed.code === 1 && /FAILED: https:\/\/api\.farm\.example\/api\/notes/.test(failed.all),
    failed.all,
  );
  const answer = await visits(folder);
  yield check(
    'what ran before runs again',
    failed.all.includes('what ran before runs again') && answer.status === 200 && JSON.parse(answer.text).version === 2,
    `${failed.all}\n${JSON.stringify(answer)}`,
  );
};

export async function* checks() {
  const engine = await findEngine();
  const compose = ['compose'];
  let folder = null;
  let standIns = [];
  try {
    folder = await generate();
    const options = { env: engine.environment, cwd: folder };
    await removeProject(compose, options);
    const docker = (args) => must('docker', args, options);
    standIns = await makeBases(folder, docker, compose, engine.environment);
    const deploy = (...words) =>
      run('sh', ['scripts/deploy.sh', '-e', 'development', '-t', 'docker', '--skip-tests', ...words], options);
    yield* dryRuns(deploy, docker, 'on an empty machine');
    const first = await deploy();
    yield check(
      `deploy.sh brings up the platform, and ${host} answers`,
      first.code === 0 && first.all.includes(`ok: https://${host}/api/notes (gateway): HTTP 200`),
      first.code === 0 ? first.all : `${first.all.slice(-3000)}\n${await whyItDidNotStart(compose, options, '')}`,
    );
    if (first.code !== 0) return;
    yield* dryRuns(deploy, docker, 'on a running platform');
    yield* loaded(folder, options);
    yield* replaced(folder, deploy);
    yield* takenBack(folder, deploy);
    const password = (
      await readFile(join(folder, environmentFolder, '.secrets', 'signing-key'), 'utf8').catch(() => '')
    ).trim();
    if (password.length > 0)
      yield check('no secret was printed', !first.all.includes(password), 'a secret is in the output');
  } finally {
    if (folder !== null) {
      await removeProject(compose, { env: engine.environment, cwd: folder });
      await rm(folder, { recursive: true, force: true });
    }
    if (!engine.started) await removeImages(standIns, engine.environment);
    await engine.stop();
  }
}
