// Generated platforms: accepted ones give files that parse, the same each time; broken ones are refused and give none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isError } from '../../src/diagnostics';
import { generatePlatform, type PlatformInput, type ServiceInput } from '../../src/generate-platform';

const runs = Number(process.env.PLATFORM_RUNS ?? 60);

interface Call {
  readonly to: number;
  readonly optional: boolean;
}

interface Made {
  readonly tier: 'critical' | 'standard' | 'background';
  readonly calls: readonly Call[];
  readonly needs: readonly string[];
  readonly max: number;
  readonly isPublic: boolean;
  readonly metrics: boolean;
}

const made: fc.Arbitrary<Made> = fc.record({
  tier: fc.constantFrom('critical', 'standard', 'background'),
  calls: fc.uniqueArray(fc.record({ to: fc.nat(5), optional: fc.boolean() }), {
    maxLength: 3,
    selector: ({ to }) => to,
  }),
  needs: fc.uniqueArray(fc.constantFrom('postgres', 'redis', 'mongodb', 's3', 'smtp'), { maxLength: 3 }),
  max: fc.integer({ min: 2, max: 4 }),
  isPublic: fc.boolean(),
  metrics: fc.boolean(),
});

const nameOf = (index: number): string => `service-${String.fromCharCode(97 + index)}`;

/** A service calls those before it only, so that nothing waits in a circle. */
function declarationOf({ tier, calls, needs, max, isPublic, metrics }: Made, index: number): ServiceInput {
  const name = nameOf(index);
  const called = calls.filter(({ to }) => to < index);
  return {
    declaration: `services/${name}/service.yaml`,
    folder: `services/${name}`,
    published: null,
    value: {
      name,
      owner: 'team-a',
      tier,
      http: {
        port: 3000 + index,
        ...(metrics ? { metrics: '/metrics' } : {}),
        ...(isPublic ? { public: { host: 'api.example.org', paths: [`/api/${name}`] } } : {}),
      },
      scale: { min: 2, max },
      size: 'small',
      needs: {
        ...Object.fromEntries(needs.map((kind) => [kind, {}])),
        ...(called.length === 0
          ? {}
          : { services: called.map(({ to, optional }) => ({ name: nameOf(to), optional })) }),
      },
    },
  };
}

const platform = {
  name: 'farm',
  domain: 'example.org',
  notify: { default: '#alerts' },
  backing: Object.fromEntries(
    ['postgres', 'redis', 'mongodb'].map((kind) => [kind, { highAvailability: false, class: 'large' }]),
  ),
};

const inputs: fc.Arbitrary<PlatformInput> = fc
  .array(made, { minLength: 1, maxLength: 6 })
  .map((services) => ({ platform, declaration: 'platform.yaml', services: services.map(declarationOf) }));

function parses(path: string, body: string): void {
  if (path.endsWith('.json')) JSON.parse(body);
  if (!/\.ya?ml$/.test(path)) return;
  for (const document of parseAllDocuments(body)) if ('errors' in document) expect(document.errors, path).toEqual([]);
}

describe('generated platforms', () => {
  it('are accepted, give the same files each time, and every file parses', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const first = generatePlatform(input);
        expect(first.diagnostics.filter(isError)).toEqual([]);
        const second = generatePlatform({ ...input, services: [...input.services].reverse() });
        expect(second.files).toEqual(first.files);
        expect(new Set(first.files.map((file) => file.path)).size).toBe(first.files.length);
        for (const { path, body } of first.files) if (path.startsWith('platform/')) parses(path, body);
      }),
      { numRuns: runs },
    );
  });

  it('name at both ends of an edge what is there', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { plan } = generatePlatform(input);
        const services = new Set(plan?.services.map(({ name }) => name));
        for (const { edges, instances } of [...(plan?.clusters ?? []), ...(plan?.laptops ?? [])]) {
          const resources = new Set(instances.map(({ name }) => name));
          for (const { from, to } of edges)
            for (const end of [from, to]) {
              if (end.kind === 'service') expect(services).toContain(end.name);
              if (end.kind === 'resource') expect(resources).toContain(end.name);
            }
        }
      }),
      { numRuns: runs },
    );
  });

  it('with a call to nobody are refused, and nothing is made', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const [first, ...others] = input.services;
        const value = first?.value as { readonly needs: object };
        const broken = { ...value, needs: { ...value.needs, services: ['nobody-service'] } };
        const services = first === undefined ? [] : [{ ...first, value: broken }, ...others];
        const { files, diagnostics } = generatePlatform({ ...input, services });
        expect(diagnostics.map(({ code }) => code)).toContain('unknown-service');
        expect(files).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('whose last two services wait for each other are refused', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const extra = ['x', 'y'].map((letter, index) => ({
          declaration: `services/${letter}/service.yaml`,
          folder: `services/${letter}`,
          published: null,
          value: {
            name: `wait-${letter}`,
            owner: 'team-a',
            http: { port: 4000 + index },
            needs: { services: [`wait-${letter === 'x' ? 'y' : 'x'}`] },
          },
        }));
        const { files, diagnostics } = generatePlatform({ ...input, services: [...input.services, ...extra] });
        expect(diagnostics.map(({ code }) => code)).toContain('start-cycle');
        expect(files).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});
