// Turns the monitoring part of each Kubernetes environment into Prometheus rules and their promtool tests.
import type { EnvironmentPlan, ServicePlan } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { environmentRules, ruleTestComments, ruleTestFile } from '../shared/rules';
import { toYaml } from '../shared/yaml';

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
  const { file: written, comments } = environmentRules(environment);
  return file(environment, 'rules.yaml', toYaml(written, comments));
}

function tests(environment: EnvironmentPlan): GeneratedFile {
  const { groups, tests: cases, evaluationInterval } = environment.monitoring;
  const body = ruleTestFile('rules.yaml', evaluationInterval, groups, cases);
  return file(environment, 'rules.test.yaml', toYaml(body, ruleTestComments));
}
