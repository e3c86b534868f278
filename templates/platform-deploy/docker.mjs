// Brings the platform into an environment that compose runs on this machine.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { failure, look, read, root, say } from './commands.mjs';
import { verify } from './verify.mjs';

/** Names under which the engine keeps the image that ran before. */
const beforeName = ({ project }, service) => `groundwork-before/${project}/${service}`;

export const refuseStrategy = (_, strategy) => {
  if (strategy === 'rolling') return;
  throw failure(
    `compose runs each service once under its name, so it replaces service after service (rolling) and cannot do ${strategy}: ` +
      'nothing there shares requests between two versions. Use the target kubernetes.',
    2,
  );
};

export async function deployDocker({ environment, plan, options, changer }) {
  const { docker } = environment;
  const { change, attempt, dryRun } = changer;
  const compose = (...words) => ['docker', 'compose', '--file', docker.file, ...words];
  const services = options.service === null ? docker.services : [options.service];

  /** Image of the running container of a service by its id, and the name that it was started by; null when none runs. */
  const running = async (service) => {
    const { code, text } = await look(compose('ps', '--all', '--quiet', service));
    const [container = ''] = text.trim().split('\n');
    if (code !== 0 || container === '') return null;
    const found = await read(['docker', 'inspect', '--format', '{{.Image}} {{.Config.Image}}', container]);
    const [id, name] = found.split(' ');
    return { service, id, name };
  };

  const up = (service) =>
    attempt(compose('up', '--detach', '--wait', '--wait-timeout', String(docker.waitSeconds), '--no-build', service));

  const place = { address: '127.0.0.1', port: docker.httpsPort, authority: join(root, docker.authority) };
  const verifyNow = async () => {
    if (dryRun) {
      for (const { host, path } of environment.checks) say(`would ask: https://${host}${path}`);
      return;
    }
    if (!existsSync(place.authority)) throw failure(`${docker.authority} is missing: the platform was never started`);
    await verify(environment.checks, place, plan.verification);
  };

  /** Each service gets the image again that it ran before; those that are new stay. */
  const returnTo = async (recorded) => {
    for (const { service, id, name } of recorded) {
      await change(['docker', 'image', 'tag', id, name]);
      if (!(await up(service)))
        throw failure(`${service} is not healthy with the image from before: somebody has to look now`);
    }
    await verifyNow();
  };

  return {
    backup: async () => {
      const isUp = (await Promise.all(docker.services.map(running))).some((found) => found !== null);
      if (!isUp) say('nothing runs yet: nothing to back up');
      for (const job of isUp ? docker.backups : []) await change(compose('--profile', 'backup', 'run', '--rm', job));
    },
    deploy: async () => {
      const recorded = (await Promise.all(services.map(running))).filter((found) => found !== null);
      await change(
        compose(docker.images === 'build' ? 'build' : 'pull', ...(options.service === null ? [] : services)),
      );
      try {
        for (const service of services)
          if (!(await up(service))) throw failure(`${service} did not become healthy in ${docker.waitSeconds} s`);
        if (options.service === null) {
          const rest = compose('up', '--detach', '--wait', '--wait-timeout', String(docker.waitSeconds), '--no-build');
          if (!(await attempt(rest))) throw failure('not everything became healthy');
        }
        await verifyNow();
      } catch (error) {
        say(`\n${error.message}`);
        if (recorded.length === 0)
          throw failure(
            'nothing ran here before, so there is nothing to return to: it stays as it is, to be looked at',
          );
        say('\n== Return to what ran before');
        await returnTo(recorded);
        throw failure('the new version is not healthy; what ran before runs again');
      }
      // What did not change has no version before this one: the name stays with the one that was.
      for (const { service, id } of recorded)
        if (dryRun || (await running(service))?.id !== id)
          await change(['docker', 'image', 'tag', id, beforeName(docker, service)]);
    },
    rollBack: async () => {
      const recorded = [];
      for (const service of services) {
        const now = await running(service);
        const { code, text } = await look([
          'docker',
          'image',
          'inspect',
          '--format',
          '{{.Id}}',
          beforeName(docker, service),
        ]);
        if (now !== null && code === 0) recorded.push({ service, id: text.trim(), name: now.name });
      }
      if (recorded.length === 0) throw failure('no image from before is kept here: there is nothing to return to');
      await returnTo(recorded);
    },
  };
}
