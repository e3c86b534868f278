// Turns the memory, cores and connections of a PostgreSQL server into its settings, so that all of them at once fit.
import { fixed, type Tuned, type TunedSetting, type TuningInput, valuesOf } from '../tuned';

export type PostgresSizing = Pick<TuningInput, 'memoryMiB' | 'cpuMillis' | 'connections'>;

/** Settings by name, in PostgreSQL's own units, in the order in which they are written. */
export type PostgresSettings = Readonly<Record<string, string>>;

const manual = 'https://www.postgresql.org/docs/current';
const resources = `${manual}/runtime-config-resource.html`;
const queries = `${manual}/runtime-config-query.html`;
const logging = `${manual}/runtime-config-logging.html`;

// PostgreSQL's own default, where nobody limits connections.
const defaultConnections = 100;
const vacuumWorkers = 3;
const walBuffersMiB = 16;
// A process beside shared memory: its stack, its copies of the catalog, its plans. Measured values are 1.5 to 3 MiB.
const processMiB = 2;
// The least that PostgreSQL accepts: 64 kB.
const leastWorkKB = 64;

export function tuning({ memoryMiB, cpuMillis, connections }: PostgresSizing): Tuned {
  const accepted = connections ?? defaultConnections;
  const cores = Math.max(1, Math.floor(cpuMillis / 1000));
  const workers = Math.max(8, cores);
  const sharedMiB = Math.max(32, Math.floor(memoryMiB / 4));
  const maintenanceMiB = Math.min(2048, Math.max(16, Math.floor(memoryMiB / 16)));
  const vacuumMiB = Math.min(512, Math.max(8, Math.floor(memoryMiB / 64)));
  const processes = accepted + workers;
  const restMiB = memoryMiB - sharedMiB - maintenanceMiB - vacuumWorkers * vacuumMiB - walBuffersMiB;
  const workKB = Math.max(leastWorkKB, Math.floor((restMiB / processes - processMiB) * 1024));
  const memory = `${memoryMiB} MiB of memory`;
  const setting = (name: string, value: string, formula: string, why: string, source: string): TunedSetting => ({
    name,
    value,
    formula,
    why,
    source,
  });
  return {
    settings: [
      setting(
        'max_connections',
        String(accepted),
        fixed,
        'what the class accepts; every service is counted against it',
        `${manual}/runtime-config-connection.html#GUC-MAX-CONNECTIONS`,
      ),
      setting(
        'shared_buffers',
        `${sharedMiB}MB`,
        `${memory} / 4`,
        'a quarter is the reasonable start that the manual names; the rest caches files',
        `${resources}#GUC-SHARED-BUFFERS`,
      ),
      setting(
        'effective_cache_size',
        `${Math.floor((memoryMiB * 3) / 4)}MB`,
        `${memory} × 3 / 4`,
        'what the planner may expect to find cached, by PostgreSQL and by the system together; it takes none',
        `${queries}#GUC-EFFECTIVE-CACHE-SIZE`,
      ),
      setting(
        'maintenance_work_mem',
        `${maintenanceMiB}MB`,
        `${memory} / 16, from 16 to 2048 MiB`,
        'one index build or restore at a time',
        `${resources}#GUC-MAINTENANCE-WORK-MEM`,
      ),
      setting(
        'autovacuum_work_mem',
        `${vacuumMiB}MB`,
        `${memory} / 64, from 8 to 512 MiB`,
        `of its own, since ${vacuumWorkers} workers would take ${vacuumWorkers} times maintenance_work_mem`,
        `${resources}#GUC-AUTOVACUUM-WORK-MEM`,
      ),
      setting(
        'wal_buffers',
        `${walBuffersMiB}MB`,
        fixed,
        'one segment',
        `${manual}/runtime-config-wal.html#GUC-WAL-BUFFERS`,
      ),
      setting(
        'work_mem',
        `${workKB}kB`,
        `(${memoryMiB} - ${sharedMiB} - ${maintenanceMiB} - ${vacuumWorkers} × ${vacuumMiB} - ${walBuffersMiB}) MiB / (${accepted} connections + ${workers} workers) - ${processMiB} MiB per process`,
        'what remains for each process: all may sort at once',
        `${resources}#GUC-WORK-MEM`,
      ),
      setting(
        'hash_mem_multiplier',
        '1',
        fixed,
        'a hash takes work_mem and no multiple of it, so that the sum below holds',
        `${resources}#GUC-HASH-MEM-MULTIPLIER`,
      ),
      setting(
        'max_worker_processes',
        String(workers),
        `the larger of 8 and ${cores} cores`,
        'they are counted among the processes that sort',
        `${resources}#GUC-MAX-WORKER-PROCESSES`,
      ),
      setting(
        'max_parallel_workers',
        String(cores),
        `${cpuMillis}m of CPU, whole cores, at least 1`,
        'more workers than cores only wait for each other',
        `${resources}#GUC-MAX-PARALLEL-WORKERS`,
      ),
      setting(
        'max_parallel_workers_per_gather',
        String(Math.min(4, Math.floor(cores / 2))),
        `${cores} cores / 2, at most 4`,
        'one query leaves half of the cores to the others',
        `${resources}#GUC-MAX-PARALLEL-WORKERS-PER-GATHER`,
      ),
      setting(
        'random_page_cost',
        '1.1',
        fixed,
        'a solid-state disk reads at random about as fast as in order',
        `${queries}#GUC-RANDOM-PAGE-COST`,
      ),
      setting(
        'effective_io_concurrency',
        '200',
        fixed,
        'a solid-state disk serves many reads at once',
        `${resources}#GUC-EFFECTIVE-IO-CONCURRENCY`,
      ),
      setting(
        'jit',
        'off',
        fixed,
        'compiling a query costs more than it saves in short transactions',
        `${queries}#GUC-JIT`,
      ),
      setting(
        'track_io_timing',
        'on',
        fixed,
        'statistics and EXPLAIN tell waiting for the disk from computing',
        `${manual}/runtime-config-statistics.html#GUC-TRACK-IO-TIMING`,
      ),
      setting(
        'log_min_duration_statement',
        '1s',
        fixed,
        'a statement that takes a second is worth a look',
        `${logging}#GUC-LOG-MIN-DURATION-STATEMENT`,
      ),
      setting(
        'log_lock_waits',
        'on',
        fixed,
        'who waits longer than a second for a lock is told',
        `${logging}#GUC-LOG-LOCK-WAITS`,
      ),
    ],
    memory: [
      { what: 'shared_buffers', mebibytes: sharedMiB, arithmetic: `${sharedMiB} MiB` },
      { what: 'wal_buffers', mebibytes: walBuffersMiB, arithmetic: `${walBuffersMiB} MiB` },
      { what: 'maintenance_work_mem', mebibytes: maintenanceMiB, arithmetic: `1 × ${maintenanceMiB} MiB` },
      {
        what: 'autovacuum_work_mem',
        mebibytes: vacuumWorkers * vacuumMiB,
        arithmetic: `${vacuumWorkers} × ${vacuumMiB} MiB`,
      },
      {
        what: 'processes, each with work_mem',
        mebibytes: Math.ceil(processes * (processMiB + workKB / 1024)),
        arithmetic: `${processes} × (${processMiB} MiB + ${workKB} kB)`,
      },
    ],
  };
}

/** The settings alone. */
export const tune = (sizing: PostgresSizing): PostgresSettings => valuesOf(tuning(sizing));
