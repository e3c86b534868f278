// Turns the monitoring part of each Kubernetes environment into Prometheus rules and their promtool tests.
import type { EnvironmentPlan, ServicePlan } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { applyPatch, explainFailure, isObject, overrideError } from '../shared/json-patch';
import { ruleFile, ruleTestComments, ruleTestFile } from '../shared/rules';
import { toYaml, type YamlComments } from '../shared/yaml';

export function renderPrometheus(plan: ServicePlan): GeneratedFile[] {
  return plan.environments
    .filter(({ runs, monitoring }) => runs === 'kubernetes' && monitoring.groups.length > 0)
    .flatMap((environment) => [rules(environment), tests(environment)]);
}

const file = (environment: EnvironmentPlan, name: string, body: string): GeneratedFile => ({
  at: 'service',
  path: `monitoring/${environment.name}/${name}`,
  body,
  comment: 'hash',
  executable: false,
});

function rules(environment: EnvironmentPlan): GeneratedFile {
  const { groups } = environment.monitoring;
  const operations = environment.overrides.flatMap((override) =>
    override.artifact === 'rules' ? override.operations : [],
  );
  const result = applyPatch(ruleFile(groups), operations);
  if (!result.applied) throw overrideError(explainFailure('rules', '', result.failure));
  const why = new Map(groups.map((group) => [group.name, group.why]));
  const names = isObject(result.value) && Array.isArray(result.value.groups) ? result.value.groups.map(nameOf) : [];
  // By name, since an override may have moved a group.
  const comments: YamlComments = Object.fromEntries(
    names.flatMap((name, index) => {
      const reason = why.get(name);
      return reason === undefined ? [] : [[`groups.${index}`, reason]];
    }),
  );
  return file(environment, 'rules.yaml', toYaml(result.value, comments));
}

const nameOf = (group: unknown): string => (isObject(group) ? String(group.name) : '');

function tests(environment: EnvironmentPlan): GeneratedFile {
  const { groups, tests: cases, evaluationInterval } = environment.monitoring;
  const body = ruleTestFile('rules.yaml', evaluationInterval, groups, cases);
  return file(environment, 'rules.test.yaml', toYaml(body, ruleTestComments));
}
