// Terraform of an environment: ranges that fit and do not overlap, nodes that carry the demand, values that stay values.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allocatable, nodeTypes } from '../../src/catalog/ec2';
import { generatePlatform } from '../../src/generate-platform';
import { overlap, parseRange, planAwsNetwork } from '../../src/plan/platform/aws/network';
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
    expect(byName).toMatchObject({ 'm7i.large': 1930, 'm7i.xlarge': 3920, 'm7i.2xlarge': 7910, 'm7i.4xlarge': 15890 });
  });

  it('of a tier that prefers spot have a group of their own', () => {
    const groups = (aws: object) => declared(aws).plan?.clusters[0]?.aws?.nodeGroups.map(({ name }) => name);
    expect(groups({})).toEqual(['general', 'spot']);
    expect(groups({ spot: [] })).toEqual(['general']);
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
