// Removes a compose project with everything it left: containers, networks, volumes, local images.
import { run } from '../process.mjs';

/**
 * Before a run as well as after it: one that was killed leaves its database behind, which the new secrets do not open.
 * `compose` begins with `compose` and names the files; `options` are those of the client.
 */
export const removeProject = (compose, options) =>
  run(
    'docker',
    [...compose, '--profile', '*', 'down', '--volumes', '--remove-orphans', '--rmi', 'local', '--timeout', '10'],
    options,
  );
