// Turns what watches each environment into the files of Prometheus, Alertmanager and Grafana, on a laptop and in a cluster.
import type { LaptopPlan, ObservabilityPlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { ruleFile, ruleTestComments, ruleTestFile } from '../shared/rules';
import { alertmanagerFiles } from './alertmanager';
import { watchersFile } from './compose';
import { elasticFiles } from './elastic';
import { yamlFile } from './file';
import { grafanaFiles } from './grafana';
import { clusterFiles } from './kubernetes';
import { prometheusFiles } from './prometheus';
import { runbookFiles } from './runbook';

function laptopFiles(plan: ObservabilityPlan, laptop: LaptopPlan): GeneratedFile[] {
  const folder = `platform/compose/${plan.environment}`;
  const hasGrafana = plan.watchers.some(({ name }) => name === 'grafana');
  const mounted = [
    ...prometheusFiles(plan, `${folder}/prometheus`),
    ...alertmanagerFiles(plan, `${folder}/alertmanager`),
    ...(hasGrafana ? grafanaFiles(plan, `${folder}/grafana`, 'http://prometheus:9090') : []),
    ...elasticFiles(plan, folder),
  ];
  const parts = (['observability', 'logging', 'tracing'] as const).flatMap((part) =>
    watchersFile(plan, laptop, part, folder, mounted),
  );
  return [...mounted, ...parts];
}

/** The platform's own rules as Prometheus reads them, with their proofs: the same as in the cluster's PrometheusRule. */
function ownRules({ environment, groups, tests, evaluationInterval }: ObservabilityPlan): GeneratedFile[] {
  const folder = `platform/monitoring/${environment}`;
  return [
    yamlFile(`${folder}/rules.yaml`, ruleFile(groups)),
    yamlFile(
      `${folder}/rules.test.yaml`,
      ruleTestFile('rules.yaml', evaluationInterval, groups, tests),
      ruleTestComments,
    ),
  ];
}

function filesOf(plan: PlatformPlan, watching: ObservabilityPlan): GeneratedFile[] {
  const { environment, runs } = watching;
  if (runs === 'compose') {
    const laptop = plan.laptops.find(({ name }) => name === environment);
    return laptop === undefined ? [] : laptopFiles(watching, laptop);
  }
  const cluster = plan.clusters.find(({ name }) => name === environment);
  return cluster === undefined ? [] : [...ownRules(watching), ...clusterFiles(plan, cluster, watching)];
}

/** One environment after another: each holds a dashboard of every service. */
export function* renderPlatformObservability(plan: PlatformPlan): Generator<GeneratedFile> {
  for (const watching of plan.monitoring) yield* filesOf(plan, watching);
  yield* runbookFiles(plan);
}
