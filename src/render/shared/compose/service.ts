// The parts that services of a compose file have in common, each turned from the plan's words into compose's.
import type {
  EnvironmentPlan,
  HealthCheckPlan,
  ImageReference,
  ResourceAmounts,
  WritableFolder,
} from '../../../plan/types';

import { containerLabel, serviceLabel } from './fixed';

/** Limits of compose that Kubernetes does not have: processes, and how much of a log is kept. */
export type LaptopLimits = EnvironmentPlan['laptop'];

/** A service of a compose file; keys without a value are left out. */
export type ComposeService = Readonly<Record<string, unknown>>;

/** `node:24-trixie-slim`, with the digest where one is given. */
export const imageName = ({ repository, tag, digest }: ImageReference): string =>
  `${repository}:${tag}${digest === null ? '' : `@${digest}`}`;

const cpus = ({ cpuMillis }: ResourceAmounts): string => String(cpuMillis / 1000);
// Compose's M is 1024 × 1024 bytes.
const memory = ({ memoryMiB }: ResourceAmounts): string => `${memoryMiB}M`;

/** `deploy`, what the container may use and what is kept for it, and `logging`: by default the engine keeps a log until the disk is full, without a name. */
export const limits = (laptop: LaptopLimits, request: ResourceAmounts, limit: ResourceAmounts) => ({
  deploy: {
    resources: {
      limits: { cpus: cpus(limit), memory: memory(limit), pids: laptop.pidsLimit },
      reservations: { cpus: cpus(request), memory: memory(request) },
    },
  },
  logging: {
    driver: 'json-file',
    options: {
      'max-size': `${laptop.logFileMB}m`,
      'max-file': String(laptop.logFiles),
      // Beside each line, under `attrs`: https://docs.docker.com/engine/logging/drivers/json-file/#options
      labels: `${containerLabel},${serviceLabel}`,
    },
  },
});

/** `healthcheck`; without a plan the image's own check stands, if it has one, and nobody waits for it. */
export const healthcheck = (plan: HealthCheckPlan | null) =>
  plan === null
    ? undefined
    : {
        test: ['CMD', ...plan.command],
        interval: `${plan.intervalSeconds}s`,
        timeout: `${plan.timeoutSeconds}s`,
        start_period: `${plan.startPeriodSeconds}s`,
        retries: plan.retries,
      };

/** `tmpfs`, in the short form since the long one has no owner; writable by the container's user and nobody else. */
export function tmpfs(folders: readonly WritableFolder[], user: string): readonly string[] | undefined {
  if (folders.length === 0) return undefined;
  const [uid, gid] = user.split(':');
  return folders.map(({ path, sizeMiB, executable }) => {
    // The separators of the short form; a path that holds one would become an option.
    if (/[:,]/.test(path)) throw new Error(`BUG: the writable folder ${path} cannot be spelled in tmpfs`);
    const options = [
      `size=${sizeMiB}m`,
      'mode=0700',
      `uid=${uid}`,
      `gid=${gid}`,
      executable ? 'exec' : 'noexec',
      'nosuid',
      'nodev',
    ];
    return `${path}:${options.join(',')}`;
  });
}

/** A file or folder of the host, read-only in the container. */
export const bind = (source: string, target: string, createHostPath: boolean) => ({
  type: 'bind',
  source,
  target,
  read_only: true,
  bind: { create_host_path: createHostPath },
});

/** An empty list or mapping says nothing in compose, so it is left out. */
export const unlessEmpty = <T extends readonly unknown[] | Readonly<Record<string, unknown>>>(
  value: T,
): T | undefined => (Object.keys(value).length === 0 ? undefined : value);

/** The order in which a person reads a service: what it is, how it runs, what it may, what it reaches, when it starts. */
const order = [
  ...[
    'profiles',
    'image',
    'pull_policy',
    'build',
    'entrypoint',
    'command',
    'labels',
    'environment',
    'ports',
    'networks',
    'network_mode',
  ],
  ...[
    'depends_on',
    'healthcheck',
    'restart',
    'stop_grace_period',
    'volumes',
    'tmpfs',
    'user',
    'read_only',
    'cap_drop',
    'cap_add',
  ],
  ...['security_opt', 'init', 'deploy', 'logging'],
];

/** Puts the keys in order and drops those without a value. */
export function laidOut(service: ComposeService): ComposeService {
  const unknown = Object.keys(service).find((key) => !order.includes(key));
  if (unknown !== undefined) throw new Error(`BUG: the key ${unknown} of a compose service has no place`);
  return Object.fromEntries(order.flatMap((key) => (service[key] === undefined ? [] : [[key, service[key]]])));
}
