// What every container of a compose file gets, whatever the service: limits that only compose has, and no privilege.

/** Threads and processes of a container of the service. Node.js starts a few dozen; a fork bomb ends here. */
export const applicationPids = 512;

/** The same of a backing container: databases serve each connection by a process or a thread, thousands of them in the largest class. */
export const backingPids = 8192;

/** The engine's default driver keeps a log until the disk is full. */
export const logging = { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } };

/** Keys of a service that take privileges away. */
export const unprivileged = {
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  // A process that was not written to be the first one neither ends on SIGTERM nor collects its children.
  init: true,
};

/** Folder of the generated secrets, beside compose.yaml. */
export const secretsFolder = '.secrets';

/** Folder of the generated files that containers mount, beside compose.yaml. */
export const filesFolder = 'compose';

/** Where a backing container finds its secret files. */
export const backingSecretsPath = '/run/secrets';

/** The one-shot service that generates the secrets. */
export const secretsService = 'secrets';

/** The network of those that may reach the outside, and the network through which a port is published. */
export const outsideNetwork = 'outside';
export const publishedNetwork = 'published';
