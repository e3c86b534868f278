// What every compose file has, whatever runs in it: names of its own, and containers without privileges.

/** Keys of a service that take privileges away. */
export const unprivileged = {
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  // A process that was not written to be the first one neither ends on SIGTERM nor collects its children.
  init: true,
};

/** Compose's own label, the name of a container in the file: https://docs.docker.com/reference/compose-file/services/#labels */
export const containerLabel = 'com.docker.compose.service';
/** The service of the platform that a container is part of: its web, its workers, its jobs. */
export const serviceLabel = 'groundwork.service';

/** Folder of the generated secrets, beside the compose file. */
export const secretsFolder = '.secrets';

/** Where a backing container finds its secret files. */
export const backingSecretsPath = '/run/secrets';

/** The one-shot service that generates the secrets. */
export const secretsService = 'secrets';

/** The network of those that may reach the outside, and the network through which a port is published. */
export const outsideNetwork = 'outside';
export const publishedNetwork = 'published';
