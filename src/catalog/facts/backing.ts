// A backing resource as a container beside the service, for a laptop.
import type { HealthCheckPlan, ImageReference, ResourceAmounts, WritableFolder } from './container';
import type { SecretText } from './text';

/** A generated file that is mounted read-only into the container. */
export interface MountedFilePlan {
  /** Template under templates/backing/, for example `backing/postgres/init.sh`. */
  readonly template: string;
  /** Data of the template: plain JSON. */
  readonly view: Readonly<Record<string, unknown>>;
  /** Path in the container. */
  readonly target: string;
  readonly executable: boolean;
}

/** A secret as a file in the container. */
export interface SecretFilePlan {
  /** File name below the mount path of secrets. */
  readonly name: string;
  readonly content: SecretText;
}

/** What the certificate of a server says; its authority is that of the machine, or of the cluster. */
export interface ServerCertificatePlan {
  /** Names and IPv4 addresses that clients may know the server by. */
  readonly dnsNames: readonly string[];
  readonly addresses: readonly string[];
  /** In cert-manager's words. A server that also presents it to its like needs `client auth`. */
  readonly usages: readonly ('server auth' | 'client auth')[];
}

export interface BackingContainerPlan {
  /** DNS label and host name, for example `postgres`. */
  readonly name: string;
  readonly kind: string;
  readonly image: ImageReference;
  /** `uid:gid` of the image's own unprivileged user. */
  readonly user: string;
  /** Replaces the image's entrypoint; null keeps it. */
  readonly entrypoint: readonly string[] | null;
  /** argv after the entrypoint; null keeps the image's. */
  readonly command: readonly string[] | null;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly files: readonly MountedFilePlan[];
  readonly secretFiles: readonly SecretFilePlan[];
  /** Presented to clients: files of src/catalog/certificates.ts in the container. Null: the container presents none. */
  readonly certificate: ServerCertificatePlan | null;
  /** Whether the container verifies another one, so that it is given the authority's certificate. */
  readonly verifies: boolean;
  /** Named volumes for data. */
  readonly volumes: readonly { readonly name: string; readonly path: string }[];
  readonly writableFolders: readonly WritableFolder[];
  readonly readOnlyRootFileSystem: boolean;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  /** Null when the image has nothing to ask with: nobody may wait for its health then. */
  readonly healthCheck: HealthCheckPlan | null;
  readonly request: ResourceAmounts;
  readonly limit: ResourceAmounts;
  readonly stopGraceSeconds: number;
  /** A one-shot container that prepares another one (creates topics, buckets, users). */
  readonly oneShot: boolean;
  /** Containers that must be healthy (or done, when one-shot) first. */
  readonly after: readonly string[];
  readonly why: string;
}

/** A Kubernetes object that runs or describes a backing resource in the cluster; its namespace is the platform's data namespace. */
export interface ClusterObjectPlan {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Everything beside apiVersion, kind and metadata: `spec`, and what else the object has. Plain JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Reasons, by path in the object (`spec.instances`), for the comments of the file; the key `` is about the whole. */
  readonly why: Readonly<Record<string, string>>;
}

/** The server that turns the state of a backing resource into metrics. */
export interface ExporterPlan {
  /** Its container; the port named `metrics` is scraped. Null where the resource serves metrics itself. */
  readonly container: BackingContainerPlan | null;
  /** Pods or host that answer: the container's name, or the instance's. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
}
