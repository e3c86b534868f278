// Overrides change what they name and nothing else; declared text never changes the structure of a file.
import { describe, expect, it } from 'vitest';
import type { EnvironmentPlan } from '../../../src/plan/types';
import { renderKubernetes } from '../../../src/render/kubernetes';
import { objectsOf } from '../../../src/render/kubernetes/objects';
import { renderPrometheus } from '../../../src/render/prometheus';
import { base, plan, variable, web, worker } from '../fixtures/kubernetes-plan';
import { documents, type Loose } from './kustomize';

const objects = (environment: EnvironmentPlan): Loose[] => objectsOf(plan, environment);
const find = (list: Loose[], kind: string, name = 'financial-service'): Loose =>
  list.find((object) => object.kind === kind && object.metadata.name === name);

describe('overrides', () => {
  const override = (
    target: string,
    ...operations: { op: 'add' | 'replace' | 'remove' | 'test'; path: string; value: unknown }[]
  ) => objects({ ...base, overrides: [{ artifact: 'kubernetes', target, operations }] });

  it('change the object that they name', () => {
    const list = override('Deployment/financial-service', {
      op: 'replace',
      path: '/spec/revisionHistoryLimit',
      value: 1,
    });
    expect(find(list, 'Deployment').spec.revisionHistoryLimit).toBe(1);
    expect(find(list, 'Deployment', worker.name).spec.revisionHistoryLimit).toBe(5);
  });

  it('take the comments of what they move or remove with them', () => {
    const environment = {
      ...base,
      overrides: [
        {
          artifact: 'kubernetes' as const,
          target: 'NetworkPolicy/financial-service-web',
          operations: [{ op: 'remove' as const, path: '/spec/egress/0', value: null }],
        },
      ],
    };
    const files = renderKubernetes({ ...plan, base: environment, environments: [{ ...environment, name: 'x' }] });
    const text = files.find(({ path }) => path === 'deploy/base/network-policy.yaml')?.body ?? '';
    const web = text.split('---\n')[1] ?? '';
    expect(documents(web)[0].spec.egress).toHaveLength(2);
    expect(web).not.toContain('# dns:');
    expect(web).not.toContain('# outside:');
    expect(web).toContain('# gateway:');
  });

  it('say what is there when they name nothing', () => {
    expect(() => override('Deployment/nobody')).toThrow(
      /^The override of kubernetes Deployment\/nobody does not apply: base has no such object, but .*Deployment\/financial-service, /,
    );
  });

  it('say why they do not apply', () => {
    expect(() =>
      override('Service/financial-service', { op: 'replace', path: '/spec/clusterIP', value: 'None' }),
    ).toThrow(
      'The override of kubernetes Service/financial-service does not apply: operation 1 is "replace /spec/clusterIP", but there is nothing at /spec/clusterIP.',
    );
  });

  it('cannot rename an object', () => {
    expect(() => override('Service/financial-service', { op: 'replace', path: '/metadata/name', value: 'x' })).toThrow(
      'must not change the kind or the name',
    );
  });
});

describe('the rules', () => {
  it('are those that promtool tests, letter for letter', () => {
    const files = [...renderKubernetes(plan), ...renderPrometheus(plan)];
    const tested = files.find(({ path }) => path === 'monitoring/production/rules.yaml')?.body ?? '';
    const [rule] = files.filter(({ path }) => path.endsWith('/prometheus-rule.yaml'));
    expect(documents(rule?.body ?? '')[0].spec.groups).toEqual(documents(tested)[0].groups);
  });
});

describe('the text', () => {
  it('holds no alias, no octal number and the same bytes twice', () => {
    const files = renderKubernetes(plan);
    expect(files).toEqual(renderKubernetes(structuredClone(plan)));
    for (const { path, body } of files) {
      expect(body.endsWith('\n')).toBe(true);
      if (path.endsWith('.yaml')) expect(body).not.toMatch(/[:-] [&*][a-z]/);
    }
  });

  it('stays what it is when declared text is hostile', () => {
    const evil = 'x: {{ .y }}\u2028- z: "#\'\n---\n$(HOME) ${{ github }} *a &b';
    const edge = base.network.egress.map((e) => ({ ...e, why: evil, hosts: [evil] }));
    const groups = base.monitoring.groups.map((group) => ({ ...group, why: evil }));
    const sources = base.secretSources.map((source) => ({ ...source, description: evil }));
    const hostile: EnvironmentPlan = {
      ...base,
      network: { ...base.network, egress: edge },
      monitoring: { ...base.monitoring, groups },
      secretSources: sources,
      variables: [...base.variables, variable('EVIL', [{ kind: 'literal', text: evil }])],
      workloads: [{ ...web, command: ['sh', '-c', evil] }, worker],
    };
    const files = renderKubernetes({ ...plan, base: hostile, environments: [{ ...hostile, name: 'x' }] });
    const read = files
      .filter(
        ({ path }) => path.startsWith('deploy/base/') && path.endsWith('.yaml') && !path.endsWith('kustomization.yaml'),
      )
      .flatMap(({ body }) => documents(body));
    const sorted = (list: Loose[]) => list.map((o) => `${o.kind}/${o.metadata.name}`).sort();
    expect(sorted(read)).toEqual(sorted(objects(hostile)));
    for (const object of objects(hostile)) expect(find(read, object.kind, object.metadata.name)).toEqual(object);
    expect(find(read, 'Deployment').spec.template.spec.containers[0].command[2]).toBe(evil.replaceAll('$', '$$$$'));
  });
});
