// What a kind is told when it is asked for its containers on a laptop.
import type { BackingContainerPlan } from './facts';
import type { NeedParameters, ResourceClass } from './kind';

/** One service's use of the resource. */
export interface ContainerUse {
  readonly service: string;
  /** Key under `needs`. */
  readonly key: string;
  readonly parameters: NeedParameters;
  /** The kind's own `values`: user, database, bucket … */
  readonly values: Readonly<Record<string, string>>;
  /** `SecretSource.id` of the use's password. */
  readonly passwordSecret: string;
}

export interface ContainerInput {
  /** Host name of the container, for example `postgres`. */
  readonly name: string;
  /** Names that clients reach it by: of its certificate. */
  readonly hosts: readonly string[];
  /** Major version, for example `17`. */
  readonly version: string;
  readonly class: ResourceClass;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly connections: number | null;
  readonly uses: readonly ContainerUse[];
  /** `SecretSource.id` of the administrator's password. */
  readonly adminSecret: string;
  /** The account that the exporter reads by; null where nobody watches the resource. */
  readonly monitor: MonitorAccount | null;
  /** The account that backups are taken by; null where nobody takes them. */
  readonly backup: MonitorAccount | null;
}

/** An account that may read the resource's state and nothing of its data. */
export interface MonitorAccount {
  readonly user: string;
  /** `SecretSource.id` of its password. */
  readonly passwordSecret: string;
}

/** The containers of a resource: the server, and one-shot ones that prepare it. */
export type ContainerFactory = (input: ContainerInput) => readonly BackingContainerPlan[];

/** An account that services share a resource by. */
export interface ContainerAccount {
  readonly user: string;
  readonly passwordSecret: string;
  /** Name of the secret file that holds the password. */
  readonly passwordFile: string;
  /** What the account is used for: one need, or several of the same service. */
  readonly uses: readonly ContainerUse[];
}

/** A value that the kind itself gives, so that its absence is a fault of ours. */
export function givenValue(use: ContainerUse, name: string): string {
  const value = use.values[name];
  if (value === undefined) throw new Error(`BUG: need ${use.key} of ${use.service} has no value ${name}`);
  return value;
}

/** An account for watching with the name of the secret file that holds its password. */
export interface WatchingAccount extends MonitorAccount {
  readonly passwordFile: string;
}

/** The account for watching, or none. */
export const monitorsOf = (monitor: MonitorAccount | null): readonly WatchingAccount[] =>
  monitor === null ? [] : [{ ...monitor, passwordFile: `${monitor.user}.password` }];

/** The accounts in the order of their first use: two needs of one service are one account. */
export function accountsOf(uses: readonly ContainerUse[]): readonly ContainerAccount[] {
  const users = [...new Set(uses.map((use) => givenValue(use, 'user')))];
  return users.flatMap((user) => {
    const own = uses.filter((use) => givenValue(use, 'user') === user);
    return own
      .slice(0, 1)
      .map(({ passwordSecret }) => ({ user, passwordSecret, passwordFile: `${user}.password`, uses: own }));
  });
}
