// What every exporter starts from: a hardened container that answers on the port `metrics`.
import type { BackingContainerPlan, ExporterPlan } from './facts';
import type { ExporterInput } from './operated';

type Own = 'kind' | 'image' | 'user' | 'command' | 'why';
type Usual = 'entrypoint' | 'environment' | 'files' | 'secretFiles' | 'verifies' | 'writableFolders' | 'healthCheck';

interface Parts extends Pick<BackingContainerPlan, Own>, Partial<Pick<BackingContainerPlan, Usual>> {
  readonly port: number;
  /** Path of the metrics; `/metrics` when it is absent. */
  readonly path?: string;
  /** Unit: MiB. 64 when it is absent: a Go program that holds one scrape. */
  readonly memoryMiB?: number;
}

/** Name of the container that measures an instance, and of the host that answers Prometheus. */
export const exporterName = (instance: string): string => `${instance}-exporter`;

export function exporterContainer(input: ExporterInput, parts: Parts): ExporterPlan {
  const { port, path = '/metrics', memoryMiB = 64, ...own } = parts;
  const name = exporterName(input.instance);
  const folders = own.writableFolders ?? [];
  const ephemeralStorageMiB = folders.reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
  return {
    container: {
      name,
      entrypoint: null,
      environment: [],
      files: [],
      secretFiles: [],
      certificate: null,
      verifies: false,
      volumes: [],
      readOnlyRootFileSystem: true,
      healthCheck: null,
      ...own,
      writableFolders: folders,
      ports: [{ name: 'metrics', port }],
      request: { cpuMillis: 20, memoryMiB: Math.ceil(memoryMiB / 2), ephemeralStorageMiB },
      limit: { cpuMillis: 200, memoryMiB, ephemeralStorageMiB },
      stopGraceSeconds: 10,
      oneShot: false,
      // It waits for nothing: what is not there is reported as down, or the exporter ends and is started again.
      after: [],
    },
    host: name,
    port,
    path,
  };
}

/** Health by the busybox of the exporter's image: does it answer at all, whatever the resource does? */
export const answers = (port: number, path: string): BackingContainerPlan['healthCheck'] => ({
  command: ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port}${path}`],
  intervalSeconds: 15,
  timeoutSeconds: 5,
  startPeriodSeconds: 10,
  retries: 3,
});
