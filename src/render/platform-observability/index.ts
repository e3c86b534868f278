// Turns what watches each environment into the files of Prometheus, Alertmanager and Grafana, on a laptop and in a cluster.
import type { ServicePlan } from '../../plan/types';
import type { LaptopPlan, ObservabilityPlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { alertmanagerFiles } from './alertmanager';
import { watchersFile } from './compose';
import { grafanaFiles } from './grafana';
import { prometheusFiles } from './prometheus';

function laptopFiles(plan: ObservabilityPlan, laptop: LaptopPlan): GeneratedFile[] {
  const folder = `platform/compose/${plan.environment}`;
  const hasGrafana = plan.watchers.some(({ name }) => name === 'grafana');
  const mounted = [
    ...prometheusFiles(plan, `${folder}/prometheus`),
    ...alertmanagerFiles(plan, `${folder}/alertmanager`),
    ...(hasGrafana ? grafanaFiles(plan, `${folder}/grafana`, 'http://prometheus:9090') : []),
  ];
  const parts = (['observability', 'logging', 'tracing'] as const).flatMap((part) =>
    watchersFile(plan, laptop, part, folder, mounted),
  );
  return [...mounted, ...parts];
}

export function renderPlatformObservability(plan: PlatformPlan, _services: readonly ServicePlan[]): GeneratedFile[] {
  return plan.monitoring.flatMap((watching) => {
    const laptop = plan.laptops.find(({ name }) => name === watching.environment);
    return watching.runs === 'compose' && laptop !== undefined ? laptopFiles(watching, laptop) : [];
  });
}
