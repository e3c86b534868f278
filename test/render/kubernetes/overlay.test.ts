// Base and patches together are exactly what one function says of the environment.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentPlan, ServicePlan } from '../../../src/plan/types';
import { renderKubernetes } from '../../../src/render/kubernetes';
import { difference } from '../../../src/render/kubernetes/difference';
import { applyPatch, equalJson } from '../../../src/render/shared/json-patch';
import { base, job, plan, production, staging, variable, web, worker } from '../fixtures/kubernetes-plan';
import { build, expectedObjects, type Loose, realBuild } from './kustomize';

const secondWorker = { ...worker, name: 'financial-service-mail', declaredName: 'mail' };
const blueGreen = { ...web, rollout: { ...web.rollout, strategy: 'blue-green' as const, scaleDownDelaySeconds: 600 } };

/** Environments that differ from the base in every way there is. */
const environments: Record<string, EnvironmentPlan> = {
  staging,
  production,
  same: { ...base, name: 'same' },
  more: {
    ...base,
    name: 'more',
    workloads: [blueGreen, worker, secondWorker],
    jobs: [job, { ...job, name: 'x', declaredName: 'x' }],
  },
  less: {
    ...base,
    name: 'less',
    workloads: [web],
    jobs: [],
    migration: null,
    exposure: null,
    monitoring: { ...base.monitoring, metrics: null, groups: [] },
  },
  'no-variables': { ...base, name: 'no-variables', variables: [] },
  ingress: { ...base, name: 'ingress', exposure: base.exposure && { ...base.exposure, kind: 'ingress' } },
  'fixed-scale': {
    ...base,
    name: 'fixed-scale',
    workloads: [{ ...web, scale: { ...web.scale, maxReplicas: 3, signals: [] } }, worker],
    network: { ...base.network, egress: base.network.egress.slice(1), ingress: [] },
    variables: [variable('FIRST', [{ kind: 'literal', text: 'one' }]), ...base.variables.slice(1)],
  },
};

const planOf = (list: readonly EnvironmentPlan[], of: EnvironmentPlan = base): ServicePlan => ({
  ...plan,
  base: of,
  environments: list,
});

describe.each(Object.entries(environments))('the overlay of %s', (name, environment) => {
  const own = planOf([environment]);

  it('builds exactly the objects of the environment', () => {
    expect(build(renderKubernetes(own), `deploy/overlays/${name}`)).toEqual(expectedObjects(own, environment));
  });

  it('does so beside every other environment, and with that one as the base', () => {
    const all = planOf(Object.values(environments));
    expect(build(renderKubernetes(all), `deploy/overlays/${name}`)).toEqual(expectedObjects(all, environment));
    const turned = planOf([base, environment], environment);
    expect(build(renderKubernetes(turned), 'deploy/overlays/base')).toEqual(expectedObjects(turned, base));
  });

  it('does so in the real kustomize', (context) => {
    const all = planOf(Object.values(environments));
    const built = realBuild(renderKubernetes(all), `deploy/overlays/${name}`);
    if (built === null) return context.skip('kubectl is not installed');
    expect(built).toEqual(expectedObjects(all, environment));
  });
});

describe('the patches', () => {
  const kustomization = (name: string): Loose =>
    parse(renderKubernetes(plan).find(({ path }) => path === `deploy/overlays/${name}/kustomization.yaml`)?.body ?? '');

  it('are one operation where one number differs', () => {
    const one = planOf([
      { ...base, name: 'one', workloads: [{ ...web, scale: { ...web.scale, minReplicas: 2 } }, worker] },
    ]);
    const text = renderKubernetes(one).find(({ path }) => path === 'deploy/overlays/one/kustomization.yaml')?.body;
    expect(text?.slice(text.indexOf('patches:'))).toBe(`patches:
  # Differs in minReplicas.
  - target:
      group: autoscaling
      version: v2
      kind: HorizontalPodAutoscaler
      name: financial-service
    patch: |
      # In the base: 3
      - op: replace
        path: /spec/minReplicas
        value: 2
`);
  });

  it('carry the reason of what they add', () => {
    const deployment = kustomization('production').patches.find(
      ({ target }: Loose) => target.kind === 'Deployment' && target.name === 'financial-service',
    );
    expect(deployment.patch).toContain(
      '# kube-score does not know that the Rollout of this name runs the pods.\n- op: add\n  path: /metadata/annotations/kube-score~1ignore\n',
    );
  });

  it('are left out where nothing differs', () => {
    const same = renderKubernetes(planOf([{ ...base, name: 'same' }]));
    const overlay = same.filter(({ path }) => path.startsWith('deploy/overlays/same/'));
    expect(overlay.map(({ path }) => path)).toEqual(['deploy/overlays/same/kustomization.yaml']);
    expect(Object.keys(parse(overlay[0]?.body ?? ''))).toEqual([
      'apiVersion',
      'kind',
      'namespace',
      'resources',
      'images',
    ]);
  });

  it('give way to whole files where most of an object differs', () => {
    const groups = (expr: string) =>
      base.monitoring.groups.map((group) => ({
        ...group,
        name: `${expr}-group`,
        alerts: group.alerts.map((a) => ({ ...a, alert: expr, expr, summary: expr, description: `${expr}\n${expr}` })),
      }));
    const other: EnvironmentPlan = {
      ...base,
      name: 'other',
      monitoring: { ...base.monitoring, groups: groups('another_long_expression_here') },
    };
    const paths = renderKubernetes(planOf([other])).map(({ path }) => path);
    expect(paths).toContain('deploy/overlays/other/prometheus-rule.yaml');
    expect(paths).not.toContain('deploy/base/prometheus-rule.yaml');
  });

  it('are not there at all when no environment runs in a cluster', () => {
    expect(renderKubernetes(planOf([{ ...base, runs: 'compose' }]))).toEqual([]);
  });
});

describe('difference', () => {
  it('turns any value into any other', () => {
    const named = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.integer({ min: 0, max: 3 }) });
    const value = fc.oneof(
      fc.jsonValue(),
      fc.array(named),
      fc.array(fc.integer({ min: 0, max: 3 })),
      fc.record({ list: fc.array(named) }),
    );
    fc.assert(
      fc.property(value, value, (before, after) => {
        const result = applyPatch(
          before,
          difference(before, after).map(({ operation }) => operation),
        );
        expect(result.applied && equalJson(result.value, after)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps items that have the same name', () => {
    const before = [
      { name: 'a', v: 1 },
      { name: 'b', v: 1 },
    ];
    const after = [
      { name: 'a', v: 2 },
      { name: 'x', v: 0 },
      { name: 'b', v: 1 },
    ];
    expect(difference(before, after).map(({ operation }) => operation)).toEqual([
      { op: 'add', path: '/1', value: { name: 'x', v: 0 } },
      { op: 'replace', path: '/0/v', value: 2 },
    ]);
  });
});
