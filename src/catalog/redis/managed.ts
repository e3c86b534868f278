// A Redis store by Amazon ElastiCache for Valkey: class, parameters, users with the least that they need, and what is paid.
import { maintenanceWindow, snapshotWindow } from '../aws-windows';
import { stringParameter } from '../kind';
import type { ManagedInput, ManagedKind, ManagedUse } from '../managed';
import { hoursPerMonth } from '../prices';
import { instanceTypes } from '../prices/instance-types';
import { chooseType } from '../sizing';
import { rights } from './rights';
import { evictionPolicy } from './tuning';

/** As in the container: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html */
export const accessString = `on ${rights}`;

const useOf = ({ parameters }: ManagedUse): string => stringParameter(parameters, 'use', 'cache');

export const elasticacheClass = (input: Pick<ManagedInput, 'cpuMillis' | 'memoryMiB' | 'gated'>) =>
  chooseType(
    instanceTypes.elasticache,
    // A small store idles most of the time and earns its credits; a gated environment gets full speed from 1 GiB on.
    { ...input, connections: null, allowsBurstable: !input.gated || input.memoryMiB < 1024 },
    {
      // A quarter is reserved for snapshots and failover; maxmemory of the container leaves the same quarter.
      usable: 1,
      source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/redis-memory-management.html',
      connections: null,
    },
  );

export const managed: ManagedKind = {
  title: 'Amazon ElastiCache for Valkey',
  documentation: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.html',
  resource: (input) => {
    const uses = input.uses.map(useOf);
    const { type, why } = elasticacheClass(input);
    const replicas = input.highlyAvailable ? 1 : 0;
    const keepsData = uses.some((use) => use !== 'cache');
    const snapshots = keepsData ? Math.min(35, input.keepDaily) : 0;
    const users = [...new Set(input.uses.map(({ values }) => values.user ?? ''))].sort();
    return {
      module: 'redis',
      inNetwork: true,
      variables: {
        // Valkey began as Redis 7.2 and speaks its protocol: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
        engine_version: '8.1',
        parameter_family: 'valkey8',
        node_type: type.name,
        replicas,
        multi_az: replicas > 0,
        parameters: {
          'maxmemory-policy': evictionPolicy(uses),
          'reserved-memory-percent': '25',
        },
        snapshot_retention_days: snapshots,
        snapshot_window: snapshotWindow(input.schedule),
        maintenance_window: maintenanceWindow(input.schedule),
        users: Object.fromEntries(users.map((user) => [user, { access_string: accessString }])),
      },
      why,
      instanceType: type.name,
      prices: [
        {
          item: type.name,
          quantity: (1 + replicas) * hoursPerMonth,
          unit: 'hour',
          why: `${1 + replicas} nodes, ${hoursPerMonth} hours`,
        },
        {
          item: 'elasticache-snapshot',
          quantity: Math.max(0, snapshots - 1) * input.dataSizeGiB,
          unit: 'GiB-month',
          why: `${snapshots} snapshots of ${input.dataSizeGiB} GiB; one is free`,
        },
      ],
    };
  },
};
