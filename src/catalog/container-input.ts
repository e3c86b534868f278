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
  /** Major version, for example `17`. */
  readonly version: string;
  readonly class: ResourceClass;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly connections: number | null;
  readonly uses: readonly ContainerUse[];
  /** `SecretSource.id` of the administrator's password. */
  readonly adminSecret: string;
}

/** The containers of a resource: the server, and one-shot ones that prepare it. */
export type ContainerFactory = (input: ContainerInput) => readonly BackingContainerPlan[];
