// How AWS runs each kind: classes that carry the demand, parameters in the right units, variables that the modules have, prices that exist.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/catalog';
import { maintenanceWindow, snapshotWindow } from '../../src/catalog/aws-windows';
import type { ManagedInput } from '../../src/catalog/managed';
import { parametersOf, rdsValue } from '../../src/catalog/postgres/managed';
import { prices } from '../../src/catalog/prices';
import { instanceTypes, type PricedService } from '../../src/catalog/prices/instance-types';
import { chooseType } from '../../src/catalog/sizing';

const root = path.resolve(__dirname, '../..');

const input = (more: Partial<ManagedInput> = {}): ManagedInput => ({
  ...{
    name: 'store',
    platform: 'farm',
    environment: 'production',
    region: 'eu-west-1',
    otherRegion: null,
    version: '17',
  },
  ...{
    class: 'medium',
    cpuMillis: 2000,
    memoryMiB: 4096,
    connections: 200,
    storageMiB: 102_400,
    highlyAvailable: true,
  },
  ...{ gated: true, pooled: false, keepDays: 14, keepDaily: 7, dataSizeGiB: 50, schedule: '0 2 * * *' },
  uses: [
    {
      service: 'one',
      key: 'store',
      parameters: {},
      values: { user: 'one', bucket: 'farm-production-one', access: 'read' },
    },
  ],
  ...more,
});

const managedKinds = Object.values(kinds).flatMap(({ kind, managed }) => (managed === null ? [] : [{ kind, managed }]));

const demand = fc.record({
  cpuMillis: fc.integer({ min: 100, max: 20_000 }),
  memoryMiB: fc.integer({ min: 256, max: 200_000 }),
  connections: fc.option(fc.integer({ min: 10, max: 6000 })),
  gated: fc.boolean(),
});

describe('a class', () => {
  const rules = { usable: 7 / 8, source: '', connections: (memoryMiB: number) => Math.floor(memoryMiB / 10) };

  it('carries the demand, and no cheaper one does', () => {
    fc.assert(
      fc.property(demand, ({ gated, ...asked }) => {
        const types = instanceTypes.rds;
        const carries = (type: (typeof types)[number]): boolean =>
          type.vcpus * 1000 >= asked.cpuMillis &&
          type.memoryMiB * rules.usable >= asked.memoryMiB &&
          (asked.connections === null || rules.connections(type.memoryMiB) >= asked.connections) &&
          (!gated || !type.burstable);
        const { type, why } = chooseType(types, { ...asked, allowsBurstable: !gated }, rules);
        const cheaper = types.filter(({ usdPerHour }) => usdPerHour < type.usdPerHour);
        expect(cheaper.some(carries)).toBe(false);
        expect(why.includes('no class carries that')).toBe(!carries(type));
      }),
    );
  });

  it('is never smaller for more demand, of any service', () => {
    const services = Object.keys(instanceTypes) as PricedService[];
    fc.assert(
      fc.property(demand, demand, fc.constantFrom(...services), (one, other, service) => {
        const more = {
          cpuMillis: Math.max(one.cpuMillis, other.cpuMillis),
          memoryMiB: Math.max(one.memoryMiB, other.memoryMiB),
          connections: Math.max(one.connections ?? 0, other.connections ?? 0),
          allowsBurstable: !one.gated && !other.gated,
        };
        const less = { ...one, connections: one.connections ?? 0, allowsBurstable: !one.gated };
        const small = chooseType(instanceTypes[service], less, rules).type;
        const large = chooseType(instanceTypes[service], more, rules).type;
        expect(large.usdPerHour).toBeGreaterThanOrEqual(small.usdPerHour);
      }),
    );
  });

  it('is told with its arithmetic', () => {
    expect(kinds.postgres?.managed?.resource(input()).why).toBe(
      'needs 2 cores and 4 GiB, at full speed all the time, since the environment is gated → db.m7g.large, the cheapest that has both: 2 cores, 8 GiB of which the server has 7 GiB, and accepts 788 connections for the 200 that are counted on',
    );
    expect(kinds.postgres?.managed?.resource(input({ gated: false, connections: 400 })).instanceType).toBe(
      'db.t4g.large',
    );
  });
});

describe('parameters of RDS', () => {
  it('have its units: pages of 8 kB, kB, 0 and 1', () => {
    expect(rdsValue('shared_buffers', '1024MB')).toBe('131072');
    expect(rdsValue('work_mem', '10791kB')).toBe('10791');
    expect(rdsValue('maintenance_work_mem', '256MB')).toBe('262144');
    expect(rdsValue('jit', 'off')).toBe('0');
    expect(rdsValue('log_min_duration_statement', '1s')).toBe('1000');
    expect(rdsValue('random_page_cost', '1.1')).toBe('1.1');
  });

  it('are numbers only, whatever the size', () => {
    fc.assert(
      fc.property(demand, (sizing) => {
        for (const { name, value } of parametersOf(sizing))
          if (name !== 'log_statement') expect(value).toMatch(/^-?[0-9]+(\.[0-9]+)?$/);
      }),
    );
  });
});

describe.each(managedKinds)('$kind on AWS', ({ managed }) => {
  const plan = managed.resource(input());
  const folder = path.join(root, 'templates/terraform/modules', plan.module);
  const blocks = (kind: string): string[] =>
    readdirSync(folder).flatMap((name) =>
      [...readFileSync(path.join(folder, name), 'utf8').matchAll(new RegExp(`^${kind} "([^"]+)"`, 'gm'))].map(
        ([, found]) => found ?? '',
      ),
    );

  it('gives the module the variables that it has, and no other', () => {
    const network = ['vpc_id', 'private_subnet_ids', 'node_security_group_id'];
    const common = [...(plan.inNetwork ? network : []), 'kms_key_arn', 'name_prefix', 'tags'];
    const given = [...common, ...Object.keys(plan.variables)];
    const optional = [
      'proxy_secret_arns',
      'scram_secret_arns',
      'access_log_bucket',
      'replica_bucket_arns',
      'replica_kms_key_arn',
    ];
    expect(
      blocks('variable')
        .filter((name) => !optional.includes(name))
        .sort(),
    ).toEqual(given.sort());
  });

  it('answers with what the root reads', () => {
    expect(blocks('output')).toEqual(expect.arrayContaining(['endpoint', 'port', 'security_group_id', 'secret_arn']));
  });

  it('is priced by items of the table, in their units', () => {
    expect(plan.prices.length).toBeGreaterThan(0);
    for (const { item, unit, quantity } of plan.prices) {
      expect(prices[item]?.unit, item).toBe(unit);
      expect(quantity, item).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('identities', () => {
  it('may do with their bucket what is declared', () => {
    const granted = (access: string): string[] =>
      (kinds.s3?.permissions({ parameters: {}, values: { bucket: 'b', access } }) ?? []).flatMap(
        ({ actions }) => actions,
      );
    expect(granted('read')).toEqual(['s3:ListBucket', 's3:GetObject', 'kms:Decrypt']);
    expect(granted('write')).toEqual([
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:PutObject',
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]);
    expect(granted('read-write')).toContain('s3:GetObject');
  });
});

describe('windows', () => {
  it('never overlap', () => {
    expect([snapshotWindow('30 1 * * *'), maintenanceWindow('30 1 * * *')]).toEqual([
      '01:30-02:30',
      'sun:03:30-sun:04:30',
    ]);
    expect([snapshotWindow('30 22 * * *'), maintenanceWindow('30 22 * * *')]).toEqual([
      '22:30-23:30',
      'sun:19:30-sun:20:30',
    ]);
  });
});
