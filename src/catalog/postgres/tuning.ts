// Turns the memory and connections of a PostgreSQL server into its settings.

export interface PostgresSizing {
  readonly memoryMiB: number;
  /** Null = PostgreSQL's own default, 100. */
  readonly connections: number | null;
}

/** Settings by name, in PostgreSQL's own units, in the order in which they are written. */
export type PostgresSettings = Readonly<Record<string, string>>;

/** Formulas of pgtune for a web application, https://github.com/le0pard/pgtune, unless a line says otherwise. */
export function tune({ memoryMiB, connections }: PostgresSizing): PostgresSettings {
  const maxConnections = connections ?? 100;
  // A quarter of the memory: https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS
  const sharedBuffersMiB = Math.max(32, Math.floor(memoryMiB / 4));
  const workerProcesses = 8;
  // Each connection and worker may use three sorts or hashes at a time; below PostgreSQL's own 4 MB every sort goes to disk.
  const workMiB = Math.max(4, Math.floor((memoryMiB - sharedBuffersMiB) / ((maxConnections + workerProcesses) * 3)));
  return {
    max_connections: String(maxConnections),
    shared_buffers: `${sharedBuffersMiB}MB`,
    effective_cache_size: `${Math.floor((memoryMiB * 3) / 4)}MB`,
    maintenance_work_mem: `${Math.min(2048, Math.max(16, Math.floor(memoryMiB / 16)))}MB`,
    work_mem: `${workMiB}MB`,
    max_worker_processes: String(workerProcesses),
    // A solid-state disk reads at random about as fast as in order.
    random_page_cost: '1.1',
    effective_io_concurrency: '200',
    // Compiling a query costs more than it saves in short transactions.
    jit: 'off',
  };
}
