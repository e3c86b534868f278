// Turns targets and rules of a laptop into Prometheus' configuration, rule files and their tests.
import type { RuleGroupPlan, RuleTestPlan } from '../../plan/types';
import type { ObservabilityPlan, ScrapeTargetPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { ruleFile, ruleTestComments, ruleTestFile } from '../shared/rules';
import type { YamlComments } from '../shared/yaml';
import { yamlFile } from './file';

interface Job {
  readonly name: string;
  readonly targets: readonly ScrapeTargetPlan[];
}

/** A service's web and workers share a job. */
function jobsOf(targets: readonly ScrapeTargetPlan[]): Job[] {
  return [...new Set(targets.map(({ job }) => job))].map((name) => ({
    name,
    targets: targets.filter(({ job }) => job === name),
  }));
}

const scrapeConfig = ({ name, targets }: Job): object => ({
  job_name: name,
  metrics_path: targets[0]?.path,
  static_configs: targets.map(({ host, port, labels }) => ({
    targets: [`${host}:${port}`],
    labels: Object.keys(labels).length > 0 ? labels : undefined,
  })),
});

function configuration({ scrapeIntervalSeconds, evaluationIntervalSeconds }: ObservabilityPlan, jobs: readonly Job[]) {
  return {
    global: {
      scrape_interval: `${scrapeIntervalSeconds}s`,
      evaluation_interval: `${evaluationIntervalSeconds}s`,
    },
    alerting: { alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }] },
    rule_files: ['rules/*.yaml'],
    scrape_configs: jobs.map(scrapeConfig),
  };
}

export interface NamedRules {
  /** File name without ending. */
  readonly name: string;
  readonly groups: readonly RuleGroupPlan[];
  readonly tests: readonly RuleTestPlan[];
  readonly evaluationInterval: string;
}

const groupComments = (groups: readonly RuleGroupPlan[]): YamlComments =>
  Object.fromEntries(groups.map(({ why }, index) => [`groups.${index}`, why]));

/** A rule file, and its proofs in the folder beside. */
export function ruleFiles(folder: string, { name, groups, tests, evaluationInterval }: NamedRules): GeneratedFile[] {
  return [
    yamlFile(`${folder}/rules/${name}.yaml`, ruleFile(groups), groupComments(groups)),
    yamlFile(
      `${folder}/tests/${name}.test.yaml`,
      ruleTestFile(`../rules/${name}.yaml`, evaluationInterval, groups, tests),
      ruleTestComments,
    ),
  ];
}

export function prometheusFiles(plan: ObservabilityPlan, folder: string): GeneratedFile[] {
  const jobs = jobsOf(plan.targets);
  const comments: YamlComments = Object.fromEntries(
    jobs.map(({ targets }, index) => [`scrape_configs.${index}`, targets[0]?.why ?? '']),
  );
  const all: NamedRules[] = [
    { ...plan, name: 'platform' },
    ...plan.serviceRules.map((rules) => ({ ...rules, name: rules.service })),
  ];
  return [
    yamlFile(`${folder}/prometheus.yml`, configuration(plan, jobs), comments),
    ...all.filter(({ groups }) => groups.length > 0).flatMap((rules) => ruleFiles(folder, rules)),
  ];
}
