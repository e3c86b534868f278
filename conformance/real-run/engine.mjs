// Finds a container engine, or starts the unpacked one by hand and ends it afterwards.
import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run, toolEnvironment, toolsFolder } from '../process.mjs';

const startSeconds = 60;

const answers = async (environment) =>
  (await run('docker', ['version', '--format', '{{.Server.Version}}'], { env: environment })).code === 0;

/** Answers `{ environment, stop, started }`: the environment makes the client talk to the engine. */
export const findEngine = async () => {
  const environment = toolEnvironment();
  if (await answers(environment)) return { environment, started: false, stop: async () => {} };
  const folder = join(toolsFolder, 'docker-engine');
  await mkdir(folder, { recursive: true });
  const log = await open(join(folder, 'dockerd.log'), 'w');
  const host = `unix://${join(folder, 'docker.sock')}`;
  const own = { ...environment, DOCKER_HOST: host };
  const engine = spawn(
    'dockerd',
    [
      '--host',
      host,
      '--data-root',
      join(folder, 'data'),
      '--exec-root',
      join(folder, 'exec'),
      '--pidfile',
      join(folder, 'dockerd.pid'),
    ],
    { env: environment, detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  const ended = new Promise((resolve) => engine.once('close', resolve));
  const stop = async () => {
    if (engine.exitCode === null) engine.kill('SIGTERM');
    await ended;
    await log.close();
  };
  for (let second = 0; second < startSeconds && engine.exitCode === null; second += 1) {
    if (await answers(own)) return { environment: own, started: true, stop };
    await pause(1000);
  }
  await stop();
  throw new Error(`the container engine did not start: see ${join(folder, 'dockerd.log')}`);
};
