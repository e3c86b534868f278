// Builds a real service with its generated Dockerfile, runs it by its generated compose file, and looks at it from outside and inside.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { must, run } from '../process.mjs';
import { seenOfDatabase } from './encrypted.mjs';
import { findEngine } from './engine.mjs';
import { judgeProbe } from './hardening.mjs';
import { imagesOfDockerfile, makeImages, removeImages } from './images.mjs';
import { removeProject } from './project.mjs';
import { whyItDidNotStart } from './why-not-started.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixture = join(root, 'test', 'fixtures', 'express-service');
const service = 'notes-service';

const fine = [];
const wrong = (message) => [{ file: 'real run', message }];

/** The fixture in a folder of its own with everything that the command generates for it. */
const generate = async () => {
  if (!existsSync(join(root, 'lib', 'groundwork.cjs')))
    await must(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-real-run-'));
  await cp(fixture, folder, { recursive: true });
  await must(process.execPath, [join(root, 'bin', 'groundwork.js'), 'generate'], { cwd: folder });
  return folder;
};

const get = async (url) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  return { status: response.status, text: await response.text() };
};

const seenFromOutside = async function* (origin) {
  for (const path of ['/live', '/ready']) {
    const { status, text } = await get(origin + path);
    yield { name: `GET ${path} answers 200`, findings: status === 200 ? fine : wrong(`${status} ${text}`) };
  }
  const rows = await get(`${origin}/rows`);
  yield {
    name: 'GET /rows answers the row that the migration wrote',
    findings:
      rows.status === 200 && JSON.parse(rows.text).rows[0]?.text === 'sow the wheat'
        ? fine
        : wrong(`${rows.status} ${rows.text}`),
  };
  const again = await get(`${origin}/rows`);
  yield {
    name: 'Redis counts the second visit',
    findings: JSON.parse(again.text).visits === JSON.parse(rows.text).visits + 1 ? fine : wrong(again.text),
  };
  const metrics = await get(`${origin}/metrics`);
  const bucket = /http_request_duration_seconds_bucket\{[^}]*le="0\.2"[^}]*route="\/rows"[^}]*\} [1-9]/;
  yield {
    name: 'GET /metrics has the bucket that the latency rule counts',
    findings: bucket.test(metrics.text) ? fine : wrong(metrics.text.slice(0, 2000)),
  };
};

const seenFromInside = async function* (folder, docker, compose) {
  const probe = await readFile(new URL('probe.cjs', import.meta.url), 'utf8');
  const inside = await docker([...compose, 'exec', '-T', service, 'node', '-e', probe]);
  yield {
    name: 'inside: uid 10001, no capability, NoNewPrivs, seccomp, EROFS, only /tmp writable',
    findings: judgeProbe(JSON.parse(inside.stdout)),
  };

  const image = parse(await readFile(join(folder, 'compose.yaml'), 'utf8')).services[service].image;
  const loose = await docker(['run', '--rm', '--user', '0:0', image, 'node', '-e', probe]);
  const names = judgeProbe(JSON.parse(loose.stdout)).map(({ message }) => message.split(' ')[0]);
  const missed = ['uid', 'gid', 'capabilities', 'noNewPrivileges', 'root', 'code'].filter(
    (name) => !names.includes(name),
  );
  yield {
    name: 'goes red: the same image run as root without hardening',
    findings: missed.length === 0 ? fine : wrong(`not noticed: ${missed.join(', ')}`),
  };

  const { stdout: variables } = await docker([...compose, 'exec', '-T', service, 'cat', '/proc/1/environ']);
  yield {
    name: 'no secret stands in the environment that the engine gives',
    findings: /:\/\/[^\0]*:[^\0]*@/.test(variables)
      ? wrong('a connection URL with a password is in the environment of process 1')
      : fine,
  };

  const other = await run('docker', [...compose, 'exec', '-T', 'redis', 'getent', 'hosts', 'postgres'], docker.options);
  yield {
    name: 'redis does not see postgres',
    findings: other.code === 2 ? fine : wrong(`getent ended with ${other.code}: ${other.all}`),
  };
};

const seenAtTheEnd = async function* (docker, compose) {
  await docker([...compose, 'stop', service]);
  const { stdout: id } = await docker([...compose, 'ps', '--all', '--quiet', service]);
  const { stdout: code } = await docker(['inspect', '--format', '{{.State.ExitCode}} {{.State.OOMKilled}}', id.trim()]);
  yield { name: 'SIGTERM ends it with exit code 0', findings: code.trim() === '0 false' ? fine : wrong(code) };
};

export async function* checks() {
  const engine = await findEngine();
  let folder = null;
  let standIns = [];
  const compose = ['compose', '--file', 'compose.yaml'];
  try {
    const { stdout: version } = await must('docker', ['version', '--format', '{{.Server.Version}}'], {
      env: engine.environment,
    });
    yield { name: `container engine ${version.trim()}${engine.started ? ' (started by hand)' : ''}`, findings: fine };
    folder = await generate();
    const options = { env: engine.environment, cwd: folder };
    await removeProject(compose, options);
    const docker = Object.assign((args) => must('docker', args, options), { options });

    const document = parse(await readFile(join(folder, 'compose.yaml'), 'utf8'));
    const named = Object.values(document.services)
      .filter(({ image }) => !image.includes(service))
      .map(({ image }) => image);
    standIns = await makeImages(
      [...new Set([...(await imagesOfDockerfile(join(folder, 'Dockerfile'))), ...named])],
      engine.environment,
    );

    await docker([...compose, 'build']);
    yield { name: 'the generated Dockerfile builds', findings: fine };
    const { stdout: user } = await docker([
      'image',
      'inspect',
      '--format',
      '{{.Config.User}} {{json .Config.Healthcheck.Test}}',
      document.services[service].image,
    ]);
    yield {
      name: 'the image has the numeric user and a health check',
      findings: /^10001:10001 \["CMD","node"/.test(user) ? fine : wrong(user),
    };

    const up = await run(
      'docker',
      [...compose, 'up', '--detach', '--wait', '--wait-timeout', '240', '--no-build', '--pull', 'never'],
      options,
    );
    if (up.code !== 0) {
      yield {
        name: 'the generated compose file runs',
        findings: wrong(await whyItDidNotStart(compose, options, up.all)),
      };
      return;
    }
    yield { name: 'the generated compose file runs, everything healthy', findings: fine };
    const { published } = document.services[service].ports[0];
    yield* seenFromOutside(`http://127.0.0.1:${published}`);
    yield* seenFromInside(folder, docker, compose);
    yield* seenOfDatabase(docker, compose, service);
    yield* seenAtTheEnd(docker, compose);
  } finally {
    if (folder !== null) {
      await removeProject(compose, { env: engine.environment, cwd: folder });
      await rm(folder, { recursive: true, force: true });
    }
    if (!engine.started) await removeImages(standIns, engine.environment);
    await engine.stop();
  }
}
