// Shapes of facts about any container: image, health check, resources, writable folders.

/** An image by tag, and by digest where the declaration gives one. */
export interface ImageReference {
  /** For example `node`, `ghcr.io/daorsagro/financial-service`. */
  readonly repository: string;
  readonly tag: string;
  /** `sha256:…` or null: a digest is an input, never invented. */
  readonly digest: string | null;
}

/** A command that tells whether the container is healthy; times in seconds. */
export interface HealthCheckPlan {
  readonly command: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly startPeriodSeconds: number;
  readonly retries: number;
}

/** CPU in thousandths of a core, memory and disk in MiB. */
export interface ResourceAmounts {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly ephemeralStorageMiB: number;
}

/** A folder the process may write although its root file system is read-only: memory- or disk-backed, gone with the pod. */
export interface WritableFolder {
  /** DNS label, the volume's name. */
  readonly name: string;
  readonly path: string;
  readonly sizeMiB: number;
  /** Whether files in it may be executed or mapped executable: a JVM unpacks native libraries into its temporary folder. */
  readonly executable: boolean;
}
