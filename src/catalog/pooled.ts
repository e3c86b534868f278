// What a connection pooler of a kind is: few connections to a server, lent to many clients one transaction at a time.
import type { ClusterObjectPlan, ImageReference } from './facts';

/** How many connections go where; decided by the plan. */
export interface PoolerSizing {
  /** Processes of the pooler: each has its own connections to the server. */
  readonly processes: number;
  /** Connections that one process opens to the server for one service and database. */
  readonly poolSize: number;
  /** Connections that one process accepts. */
  readonly clientConnections: number;
}

export interface PoolerInput extends PoolerSizing {
  /** Name of the instance that it stands before. */
  readonly instance: string;
  readonly name: string;
  readonly platform: string;
}

export interface PoolerKind {
  /** For people, for example `PgBouncer`. */
  readonly title: string;
  readonly documentation: string;
  /** What `backing.KIND` says to have one, for example `pooling: transaction`. */
  readonly declared: { readonly key: string; readonly value: string };
  readonly image: ImageReference;
  readonly processes: { readonly single: number; readonly highlyAvailable: number };
  /** How an operator runs it. Its pods carry the labels of the instance, so that whoever may reach the instance reaches it. */
  readonly objects: (input: PoolerInput) => readonly ClusterObjectPlan[];
}

/** Name of the pooler of an instance: host of its clients. */
export const poolerOf = (instance: string): string => `${instance}-pooler`;
