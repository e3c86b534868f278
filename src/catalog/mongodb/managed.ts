// A MongoDB interface by Amazon DocumentDB: class, instances, and what is paid.
import { maintenanceWindow, snapshotWindow } from '../aws-windows';
import type { ManagedInput, ManagedKind } from '../managed';
import { hoursPerMonth } from '../prices';
import { instanceTypes } from '../prices/instance-types';
import { chooseType } from '../sizing';

// What each class accepts: https://docs.aws.amazon.com/documentdb/latest/developerguide/limits.html#limits-instance
const connectionsOf = (memoryMiB: number): number => {
  if (memoryMiB <= 4096) return 1000;
  if (memoryMiB <= 16_384) return 3400;
  return memoryMiB <= 32_768 ? 7000 : 14_200;
};

export const documentdbClass = (input: Pick<ManagedInput, 'cpuMillis' | 'memoryMiB' | 'connections' | 'gated'>) =>
  chooseType(
    instanceTypes.documentdb,
    { ...input, allowsBurstable: !input.gated },
    {
      usable: 1,
      source: 'https://docs.aws.amazon.com/documentdb/latest/developerguide/best_practices.html',
      connections: connectionsOf,
    },
  );

export const managed: ManagedKind = {
  title: 'Amazon DocumentDB',
  documentation: 'https://docs.aws.amazon.com/documentdb/latest/developerguide/functional-differences.html',
  resource: (input) => {
    const { type, why } = documentdbClass(input);
    const instances = input.highlyAvailable ? 2 : 1;
    const data = Math.ceil(input.dataSizeGiB);
    return {
      module: 'mongodb',
      inNetwork: true,
      variables: {
        engine_version: '5.0.0',
        parameter_family: 'docdb5.0',
        instance_class: type.name,
        instances,
        backup_retention_days: Math.min(35, Math.max(1, input.keepDays)),
        backup_window: snapshotWindow(input.schedule),
        maintenance_window: maintenanceWindow(input.schedule),
      },
      why: `${why}. DocumentDB 5.0 speaks the protocol of MongoDB 5.0, whatever version is declared: no retryable writes, no $where, no map-reduce, users live in the database admin; what needs MongoDB ${input.version} itself is run by the operator, or as runs: external by MongoDB Atlas`,
      instanceType: type.name,
      prices: [
        {
          item: `documentdb ${type.name}`,
          quantity: instances * hoursPerMonth,
          unit: 'hour',
          why: `${instances} instances, ${hoursPerMonth} hours`,
        },
        {
          item: 'documentdb-storage',
          quantity: data,
          unit: 'GiB-month',
          why: `${data} GiB of data, stored once for all instances`,
        },
        {
          item: 'documentdb-backup',
          quantity: Math.ceil(data * 0.03 * input.keepDays),
          unit: 'GiB-month',
          why: `3 % of ${data} GiB for each of ${input.keepDays} days; a copy of the whole is free`,
        },
      ],
    };
  },
};
