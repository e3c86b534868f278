// PostgreSQL by Amazon RDS: class, disk, parameters in the units of RDS, and what is paid.
import { maintenanceWindow, snapshotWindow } from '../aws-windows';
import type { ManagedInput, ManagedKind, PlainValue, PricedAmount } from '../managed';
import { hoursPerMonth } from '../prices';
import { instanceTypes } from '../prices/instance-types';
import { chooseType } from '../sizing';
import { tune } from './tuning';

/** Eight kB: the unit of shared_buffers, effective_cache_size and wal_buffers. */
const pageKB = 8;

/** How RDS reads a setting: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html */
const units: Readonly<Record<string, 'pages' | 'kB' | 'ms' | 'boolean'>> = {
  log_min_duration_statement: 'ms',
  shared_buffers: 'pages',
  effective_cache_size: 'pages',
  wal_buffers: 'pages',
  maintenance_work_mem: 'kB',
  autovacuum_work_mem: 'kB',
  work_mem: 'kB',
  jit: 'boolean',
  track_io_timing: 'boolean',
  log_lock_waits: 'boolean',
};

/** Read when the server starts: https://www.postgresql.org/docs/current/view-pg-settings.html (context postmaster). */
const atStart: readonly string[] = ['max_connections', 'shared_buffers', 'wal_buffers', 'max_worker_processes'];

type Parameter = { readonly name: string; readonly value: string; readonly apply_method: string };

/** Beside the formulas: who changed a table is recorded. */
const beside: readonly Parameter[] = [{ name: 'log_statement', value: 'ddl', apply_method: 'immediate' }];

const kilobytes: Readonly<Record<string, number>> = { kB: 1, MB: 1024, GB: 1024 * 1024 };

/** `1024MB` as so many kB. */
function inKB(value: string): number {
  const [, amount, unit] = /^([0-9]+)(kB|MB|GB)$/.exec(value) ?? [];
  if (amount === undefined || unit === undefined) throw new Error(`BUG: ${value} is no amount of memory`);
  return Number(amount) * (kilobytes[unit] ?? 1);
}

/** A value of postgresql.conf as RDS wants it. */
export function rdsValue(name: string, value: string): string {
  const unit = units[name];
  if (unit === 'pages') return String(Math.floor(inKB(value) / pageKB));
  if (unit === 'kB') return String(inKB(value));
  if (unit === 'ms') return String(Number(value.replace(/s$/, '')) * 1000);
  if (unit === 'boolean') return value === 'on' ? '1' : '0';
  return value;
}

export const parametersOf = ({
  memoryMiB,
  cpuMillis,
  connections,
}: Pick<ManagedInput, 'memoryMiB' | 'cpuMillis' | 'connections'>): Parameter[] => [
  ...beside,
  ...Object.entries(tune({ memoryMiB, cpuMillis, connections })).map(([name, value]) => ({
    name,
    value: rdsValue(name, value),
    apply_method: atStart.includes(name) ? 'pending-reboot' : 'immediate',
  })),
];

// gp3 of RDS begins at 20 GiB; from 400 GiB on it is striped and has other limits:
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
const leastGiB = 20;
/** It grows by itself up to so many times the planned disk: time to see why it grew. */
const growth = 2;

const replicasOf = ({ uses }: ManagedInput): number =>
  Math.max(
    0,
    ...uses.map(({ parameters }) => (typeof parameters.readReplicas === 'number' ? parameters.readReplicas : 0)),
  );

/** The class alone: exported for whoever asks what a demand would take. */
export const rdsClass = (input: Pick<ManagedInput, 'cpuMillis' | 'memoryMiB' | 'connections' | 'gated'>) =>
  chooseType(
    instanceTypes.rds,
    { ...input, allowsBurstable: !input.gated },
    {
      usable: 7 / 8,
      source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html',
      // LEAST(DBInstanceClassMemory / 9531392, 5000): https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
      connections: (memoryMiB) => Math.min(5000, Math.floor((memoryMiB * (7 / 8) * 1024 * 1024) / 9_531_392)),
    },
  );

function pricesOf(input: ManagedInput, type: string, vcpus: number, storageGiB: number): PricedAmount[] {
  const replicas = replicasOf(input);
  const copies = input.highlyAvailable ? 2 : 1;
  const each = `${copies === 2 ? 'instance and standby' : 'one instance'}${replicas > 0 ? `, ${replicas} read replicas` : ''}`;
  return [
    { item: type, quantity: (copies + replicas) * hoursPerMonth, unit: 'hour', why: `${each}, ${hoursPerMonth} hours` },
    {
      item: 'rds-gp3',
      quantity: (copies + replicas) * storageGiB,
      unit: 'GiB-month',
      why: `${storageGiB} GiB for each`,
    },
    {
      item: 'rds-backup',
      quantity: Math.max(0, Math.ceil(input.dataSizeGiB * (1 + 0.03 * input.keepDays)) - storageGiB),
      unit: 'GiB-month',
      why: `${input.dataSizeGiB} GiB and 3 % of it for each of ${input.keepDays} days, beyond the ${storageGiB} GiB that are free`,
    },
    ...(input.pooled
      ? [
          {
            item: 'rds-proxy',
            quantity: vcpus * hoursPerMonth,
            unit: 'hour',
            why: `RDS Proxy, ${vcpus} cores of the server`,
          },
        ]
      : []),
  ];
}

export const managed: ManagedKind = {
  title: 'Amazon RDS for PostgreSQL',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_PostgreSQL.html',
  resource: (input) => {
    const { type, why } = rdsClass(input);
    const storageGiB = Math.max(leastGiB, Math.ceil((input.storageMiB ?? 0) / 1024));
    const parameters: readonly PlainValue[] = parametersOf(input);
    return {
      module: 'postgres',
      inNetwork: true,
      variables: {
        engine_version: input.version,
        instance_class: type.name,
        multi_az: input.highlyAvailable,
        read_replicas: replicasOf(input),
        allocated_storage: storageGiB,
        max_allocated_storage: storageGiB * growth,
        parameters,
        backup_retention_days: Math.min(35, Math.max(1, input.keepDays)),
        backup_window: snapshotWindow(input.schedule),
        maintenance_window: maintenanceWindow(input.schedule),
      },
      why,
      instanceType: type.name,
      prices: pricesOf(input, type.name, type.vcpus, storageGiB),
    };
  },
};
