// The rules that a cluster loads are those of the rule file, overrides included.
import { describe, expect, it } from 'vitest';
import { ofKind, readGenerated, yamlDocuments } from '../../support/generated';

const declaration = (overrides: string): string => `name: farm-service
owner: team-farms
http: { port: 3001, metrics: /metrics }
scale: { min: 2, max: 3 }
objectives: { availability: 99.9%, throughput: 6000/min }
${overrides}`;

const rulesOf = (text: string) => {
  const generated = readGenerated('farm-service', text);
  const groups = ['staging', 'production'].map(
    (environment) => yamlDocuments(generated.files.get(`monitoring/${environment}/rules.yaml`) ?? '')[0].groups,
  );
  return { groups, objects: ofKind(generated, 'PrometheusRule').map(({ spec }) => spec.groups) };
};

describe('PrometheusRule', () => {
  it('has the groups of the rule file', () => {
    const { groups, objects } = rulesOf(declaration(''));
    expect(objects).toEqual(expect.arrayContaining(groups));
    expect(groups[0].length).toBeGreaterThan(2);
  });

  it('has them after the overrides of the rules as well', () => {
    const before = rulesOf(declaration(''));
    const after = rulesOf(declaration('overrides: [{ artifact: rules, patch: [{ op: remove, path: /groups/0 }] }]'));
    for (const groups of after.objects) expect(before.groups.map((list) => list.slice(1))).toContainEqual(groups);
  });
});
