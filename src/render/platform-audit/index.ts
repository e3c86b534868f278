// Turns the plan into platform/audit.md: of each data store how it is encrypted, what it writes down, and where to read that.
import type { BackingInstancePlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';

const runners: Readonly<Record<BackingInstancePlan['runs'], string>> = {
  container: 'a container',
  operator: 'an operator in the cluster',
  aws: 'AWS',
  external: 'somebody outside of the platform',
};

const instanceView = ({ name, title, version, runs, protection }: BackingInstancePlan): object => ({
  name,
  title,
  version,
  runner: runners[runs],
  encryption: protection.encryption,
  audit: protection.audit,
});

export function renderPlatformAudit(plan: PlatformPlan): readonly GeneratedFile[] {
  const inClusters = new Set(plan.clusters.map(({ name }) => name));
  const environments = [
    // What a cluster has is on a laptop as in every other environment there.
    ...plan.laptops
      .filter(({ name }) => !inClusters.has(name))
      .map(({ name, instances }) => ({ name, instances: instances.map(instanceView) })),
    ...plan.clusters.map(({ name, instances }) => ({ name, instances: instances.map(instanceView) })),
  ].filter(({ instances }) => instances.length > 0);
  if (environments.length === 0) return [];
  return [
    {
      path: 'platform/audit.md',
      at: 'repository',
      body: renderTemplate('platform-audit/audit.md', { declaration: plan.identity.declaration, environments }),
      comment: 'html',
      executable: false,
    },
  ];
}
