// Refuses what two services claim: names, ports of the host, public paths, and what one of them owns.
import { inClusters, once, type PlatformRefusal } from './refusal';

/** Groups of two or more by a key. */
function doubled<T>(items: readonly T[], key: (item: T) => string): (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups].filter(([, group]) => group.length > 1);
}

const serviceNameTaken: PlatformRefusal = {
  code: 'service-name-taken',
  severity: 'error',
  title: 'Two services have one name',
  why: 'Each would overwrite the objects of the other.',
  check: (plan) => {
    const instances = new Set(plan.laptops.flatMap((laptop) => laptop.instances.map(({ name }) => name)));
    return once([
      ...doubled(plan.services, ({ name }) => name).map(([name, group]) => ({
        service: null,
        path: ['services'],
        message: `the name ${name} is declared ${group.length} times: ${group.map(({ declaration }) => declaration).join(', ')}.`,
        fix: 'Rename one of them, or take it out of services.',
      })),
      ...plan.services
        .filter(({ name }) => instances.has(name))
        .map(({ name }) => ({
          service: name,
          path: ['name'],
          message: `${name} is the name of a backing resource of the platform as well.`,
          fix: `Choose another name, for example ${name}-service.`,
        })),
    ]);
  },
};

const hostPortTaken: PlatformRefusal = {
  code: 'host-port-taken',
  severity: 'error',
  title: 'One port of the laptop is published twice',
  why: 'The second container does not start: the address is in use.',
  check: (plan, services) => {
    const laptop = plan.laptops[0];
    if (laptop === undefined) return [];
    const ports = [
      { port: laptop.proxy.httpPort, name: 'the proxy (http)', service: null },
      { port: laptop.proxy.httpsPort, name: 'the proxy (https)', service: null },
      ...services.flatMap(({ identity, environments }) =>
        environments
          .filter(({ name, publishedPort }) => name === laptop.name && publishedPort !== null)
          .map(({ publishedPort }) => ({ port: publishedPort ?? 0, name: identity.name, service: identity.name })),
      ),
    ];
    return doubled(ports, ({ port }) => String(port)).map(([port, group]) => ({
      environment: laptop.name,
      service: group.at(-1)?.service ?? null,
      path: ['http', 'publish'],
      message: `port ${port} of the host is published by ${group.map(({ name }) => name).join(' and ')}.`,
      fix: 'Publish another one, or none: the proxy reaches every service.',
    }));
  },
};

const publicPathTaken: PlatformRefusal = {
  code: 'public-path-taken',
  severity: 'error',
  title: 'Two services answer at one public path',
  why: 'The gateway sends all requests to the older route, and which one that is nobody declared.',
  check: (plan) =>
    inClusters(plan, ({ routes }) =>
      doubled(routes, ({ host, path }) => `${host}${path}`).map(([place, group]) => ({
        service: group.at(-1)?.service ?? null,
        path: ['http', 'public', 'paths'],
        message: `${place} is claimed by ${group.map(({ service }) => service).join(' and ')}.`,
        fix: 'Give each a path of its own.',
      })),
    ),
};

const ownedTwice: PlatformRefusal = {
  code: 'owned-twice',
  severity: 'error',
  title: 'A database, bucket or index prefix is used by services that are not meant to share it',
  why: 'A migration of one breaks the other, and each can read and delete what the other owns.',
  check: (plan) =>
    inClusters(plan, ({ instances }) =>
      instances.flatMap(({ kind, title, uses, shared, streams }) => {
        const owned = uses.flatMap((use) =>
          use.owns
            .filter(({ what }) => !streams.includes(what))
            .map((thing) => ({ ...thing, service: use.service, key: use.key })),
        );
        return doubled(owned, ({ what, name }) => `${what} ${name}`)
          .filter(([, group]) => new Set(group.map(({ service }) => service)).size > 1)
          .filter(([, group]) => !shared.includes(group[0]?.name ?? ''))
          .map(([thing, group]) => ({
            service: group.at(-1)?.service ?? null,
            path: ['needs', group.at(-1)?.key ?? kind],
            message: `the ${thing} of ${title} is used by ${group.map(({ service }) => service).join(' and ')}.`,
            fix: `Give each one of its own, or say that they share it: backing.${kind}.shared: [${group[0]?.name}] in platform.yaml.`,
          }));
      }),
    ),
};

const topicProducedTwice: PlatformRefusal = {
  code: 'topic-produced-twice',
  severity: 'warning',
  title: 'Two services produce one topic',
  why: 'Its consumers cannot tell which of them changed the shape of an event.',
  check: (plan) =>
    inClusters(plan, ({ instances }) =>
      instances.flatMap(({ kind, uses, shared, streams }) => {
        const written = uses.flatMap((use) =>
          use.owns
            .filter(({ what }) => streams.includes(what))
            .map((thing) => ({ ...thing, service: use.service, key: use.key })),
        );
        return doubled(written, ({ name }) => name)
          .filter(([name]) => !shared.includes(name))
          .map(([name, group]) => ({
            service: group.at(-1)?.service ?? null,
            path: ['needs', group.at(-1)?.key ?? kind, 'produces'],
            message: `the topic ${name} is produced by ${group.map(({ service }) => service).join(' and ')}.`,
            fix: `Let one of them own it, or say that they share it: backing.${kind}.shared: [${name}] in platform.yaml.`,
          }));
      }),
    ),
};

export const collisionRefusals: readonly PlatformRefusal[] = [
  hostPortTaken,
  ownedTwice,
  publicPathTaken,
  serviceNameTaken,
  topicProducedTwice,
];
