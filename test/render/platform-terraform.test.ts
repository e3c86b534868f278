// Terraform of an environment: ranges that fit and do not overlap, nodes that carry the demand, values that stay values.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allocatable, nodeTypes } from '../../src/catalog/ec2';
import { prices } from '../../src/catalog/prices';
import { generatePlatform } from '../../src/generate-platform';
import { createDecisions } from '../../src/plan/decisions';
import { overlap, parseRange, planAwsNetwork } from '../../src/plan/platform/aws/network';
import { planNodeGroups } from '../../src/plan/platform/aws/nodes';
import { hcl, hclString } from '../../src/render/shared/escape/hcl';

const declared = (aws: object, environment: object = {}) =>
  generatePlatform({
    platform: {
      name: 'farm',
      domain: 'farm.example',
      services: ['services/*'],
      environments: { production: { account: '111122223333', ...environment } },
      notify: { default: '#alerts' },
      aws,
    },
    declaration: 'platform.yaml',
    services: [
      {
        declaration: 'services/report-service/service.yaml',
        folder: 'services/report-service',
        published: null,
        value: {
          name: 'report-service',
          owner: 'team-a',
          tier: 'background',
          http: { port: 3000 },
          needs: { postgres: {}, s3: { bucket: 'reports' } },
          secrets: ['API_KEY'],
          scale: { min: 2, max: 4 },
        },
      },
    ],
  });

describe('networks', () => {
  it('have subnets inside of them, none of which overlaps another one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.boolean(), (second, isGated) => {
        const { privateSubnets, publicSubnets, cidr } = planAwsNetwork(`10.${second}.0.0/16`, 'eu-west-1', isGated, []);
        const all = [...privateSubnets, ...publicSubnets];
        expect(all.length).toBe(6);
        for (const [index, one] of all.entries()) {
          expect(overlap(one, cidr)).toBe(true);
          expect(parseRange(one).address).toBeGreaterThanOrEqual(parseRange(cidr).address);
          for (const other of all.slice(index + 1)) expect(overlap(one, other)).toBe(false);
        }
      }),
    );
  });

  it('are told apart from those that overlap', () => {
    expect(overlap('10.0.0.0/16', '10.0.200.0/24')).toBe(true);
    expect(overlap('10.0.0.0/8', '10.64.0.0/16')).toBe(true);
    expect(overlap('10.0.0.0/16', '10.1.0.0/16')).toBe(false);
  });
});

describe('nodes', () => {
  it('leave pods what EKS documents', () => {
    const byName = Object.fromEntries(nodeTypes.map((type) => [type.name, allocatable(type).cpuMillis]));
    expect(byName).toMatchObject({ 'm6i.large': 1930, 'm6i.xlarge': 3920, 'm6i.2xlarge': 7910, 'm6i.4xlarge': 15890 });
  });

  it('of a tier that prefers spot have a group of their own', () => {
    const groups = (aws: object) => declared(aws).plan?.clusters[0]?.aws?.nodeGroups.map(({ name }) => name);
    expect(groups({})).toEqual(['general', 'spot']);
    expect(groups({ spot: [] })).toEqual(['general']);
  });
});

describe('numbers of nodes', () => {
  const amounts = fc.record({
    cpuMillis: fc.integer({ min: 0, max: 100_000 }),
    memoryMiB: fc.integer({ min: 0, max: 400_000 }),
  });

  it('carry what is requested at the peak beside the daemons, whatever that is', () => {
    fc.assert(
      fc.property(amounts, amounts, fc.boolean(), (general, spot, gated) => {
        const groups = planNodeGroups(
          { nodes: null, general, spot, largestPod: { cpuMillis: 1000, memoryMiB: 1024 }, gated },
          createDecisions('', {}),
        );
        for (const [name, asked] of [['general', general] as const, ['spot', spot] as const]) {
          const group = groups.find((one) => one.name === name);
          const type = nodeTypes.find((one) => one.name === group?.instanceTypes[0]);
          const room = type === undefined ? { cpuMillis: 0, memoryMiB: 0 } : allocatable(type);
          const { minimum = 0, desired = 0, maximum = 0 } = group ?? {};
          expect(desired * (room.cpuMillis - 350)).toBeGreaterThanOrEqual(asked.cpuMillis);
          expect(desired * (room.memoryMiB - 700)).toBeGreaterThanOrEqual(asked.memoryMiB);
          expect(minimum).toBeLessThanOrEqual(desired);
          expect(desired).toBeLessThanOrEqual(maximum);
        }
      }),
    );
  });

  it('are of a type that holds the largest pod, and that has a price', () => {
    const typeFor = (memoryMiB: number): string | undefined =>
      planNodeGroups(
        {
          ...{ nodes: null, gated: false, largestPod: { cpuMillis: 500, memoryMiB } },
          ...{ general: { cpuMillis: 500, memoryMiB }, spot: { cpuMillis: 0, memoryMiB: 0 } },
        },
        createDecisions('', {}),
      )[0]?.instanceTypes[0];
    expect([typeFor(1024), typeFor(8192), typeFor(16_384)]).toEqual(['m6i.large', 'm6i.xlarge', 'm6i.2xlarge']);
    for (const { name } of nodeTypes) expect(prices[name]?.usd).toBeGreaterThan(0);
  });

  it('are those that the estimate counts', () => {
    const [cluster] = declared({}).plan?.clusters ?? [];
    const hours = cluster?.cost.items.filter(({ group, unit }) => group === 'nodes' && unit === 'hour') ?? [];
    expect(hours.map(({ item, quantity }) => [item, quantity.high / 730])).toEqual(
      cluster?.aws?.nodeGroups.map(({ instanceTypes, desired }) => [instanceTypes[0], desired]),
    );
  });
});

describe('what is written', () => {
  const { plan, files, diagnostics } = declared({ administrators: ['arn:aws:iam::111122223333:role/a'] });
  const main = files.find(({ path }) => path === 'platform/terraform/environments/production/main.tf')?.body ?? '';

  it('is there for an environment with an account only', () => {
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(main).toContain('module "cluster"');
    const without = declared({}, { account: undefined }).files.filter(({ path }) => path.includes('terraform'));
    expect(without).toEqual([]);
  });

  it('holds only modules that are there', () => {
    const used = [...main.matchAll(/source = "\.\.\/\.\.\/modules\/([a-z0-9-]+)"/g)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(5);
    for (const name of used)
      expect(
        files.some(({ path }) => path === `platform/terraform/modules/${name}/main.tf`),
        name,
      ).toBe(true);
  });

  it('gives a service what it uses and nothing else', () => {
    const identity = plan?.clusters[0]?.aws?.identities.find(
      ({ serviceAccount }) => serviceAccount === 'report-service',
    );
    const resources = identity?.statements.flatMap((statement) => statement.resources) ?? [];
    expect(resources.filter((arn) => !arn.includes('farm-production-reports') && arn !== '{kms_key_arn}')).toEqual([]);
    for (const { statements } of plan?.clusters[0]?.aws?.identities ?? [])
      for (const { resources: arns } of statements) expect(arns).not.toContain('*');
  });

  it('tells the host of a server behind a proxy to who goes past it', () => {
    const pooled = generatePlatform({
      platform: {
        ...{ name: 'farm', domain: 'farm.example', services: ['services/*'], notify: { default: '#alerts' } },
        environments: { production: { account: '111122223333' } },
        backing: { postgres: { class: 'medium', pooling: 'transaction', runs: { production: 'aws' } } },
      },
      declaration: 'platform.yaml',
      services: [
        {
          ...{ declaration: 'services/a-service/service.yaml', folder: 'services/a-service', published: null },
          value: {
            name: 'a-service',
            owner: 'team-a',
            http: { port: 3000 },
            migrations: 'node m.js',
            needs: { postgres: {} },
          },
        },
      ],
    }).files;
    const bodyOf = (name: string): string =>
      pooled.find(({ path }) => path === `platform/terraform/environments/production/${name}`)?.body ?? '';
    expect(bodyOf('fill-secrets.sh')).toContain('server-host server-host:postgres');
    expect(bodyOf('outputs.tf')).toContain('"postgres-server" = module.postgres.server_endpoint');
    expect(bodyOf('main.tf')).toContain('endpoints = { postgres = module.postgres.server_endpoint }');
  });

  it('leaves to a person what only a person has', () => {
    const script = files.find(({ path }) => path.endsWith('production/fill-secrets.sh'))?.body ?? '';
    expect(script).toContain('entry farm/production/report-service API_KEY person\n');
    expect(script).toMatch(/entry farm\/production\/report-service\/postgres .*password random/);
  });
});

describe('hcl', () => {
  it('keeps a text a text, whatever is in it', () => {
    expect(hclString('${file("/etc/passwd")} %{ if true } "\n')).toBe(
      '"$${file(\\"/etc/passwd\\")} %%{ if true } \\"\\n"',
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const written = hclString(text);
        expect(written.replaceAll('$${', '').replaceAll('%%{', '')).not.toMatch(/[$%]\{/);
        expect(JSON.parse(written.replaceAll('$${', () => '${').replaceAll('%%{', '%{'))).toBe(text);
      }),
    );
  });

  it('writes references as they are, and nothing that is none', () => {
    expect(hcl({ reference: 'module.key.arn' })).toBe('module.key.arn');
    expect(() => hcl({ reference: 'file("/etc/passwd")' })).toThrow('not a reference');
  });

  it('opens a list of objects', () => {
    expect(hcl([{ name: 'a', size: 1 }])).toBe('[\n    { name = "a", size = 1 },\n  ]');
  });
});

describe('pods of a tier that prefers spot capacity', () => {
  const podOf = (aws: object) => {
    const file = declared(aws).files.find(({ path }) => path === 'services/report-service/deploy/base/deployment.yaml');
    return parse(file?.body ?? '').spec.template.spec;
  };

  it('tolerate the taint of its nodes, and may run elsewhere', () => {
    const group = declared({}).plan?.clusters[0]?.aws?.nodeGroups.find(({ name }) => name === 'spot');
    const [taint] = group?.taints ?? [];
    const { tolerations, affinity } = podOf({});
    expect(tolerations).toEqual([{ key: taint?.key, operator: 'Equal', value: taint?.value, effect: 'NoSchedule' }]);
    expect(Object.keys(affinity.nodeAffinity)).toEqual(['preferredDuringSchedulingIgnoredDuringExecution']);
    expect(affinity.podAntiAffinity).toBeDefined();
  });

  it('stay where they are when no tier does', () => {
    expect(podOf({ spot: [] }).tolerations).toBeUndefined();
  });
});
