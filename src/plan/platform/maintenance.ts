// Decides what the platform's repository does by the clock.
import type { PlatformFacts } from '../../model/platform-facts';
import type { BuildPlan } from '../types';
import type { ClusterPlan, GitopsPlan, LaptopPlan, MaintenancePlan } from '../types/platform';
import type { PlannedService } from './input';

/** Monday morning, so that a week begins with what it has to mend; not at the full hour, when GitHub starts late: https://docs.github.com/actions/reference/events-that-trigger-workflows#schedule */
const securityScan = '23 4 * * 1';

/** The first of the period: the drill itself has a date of its own, which the calendar beside the checklist holds. */
const drillSchedules = { monthly: '41 6 1 * *', quarterly: '41 6 1 1,4,7,10 *', yearly: '41 6 1 1 *' } as const;

const audits: Readonly<Record<BuildPlan['packageManager'], readonly string[]>> = {
  // https://docs.npmjs.com/cli/commands/npm-audit
  npm: ['npm', 'audit', '--omit=dev', '--audit-level=high'],
  // https://pnpm.io/cli/audit
  pnpm: ['pnpm', 'audit', '--prod', '--audit-level', 'high'],
  // https://yarnpkg.com/cli/npm/audit
  yarn: ['yarn', 'npm', 'audit', '--all', '--recursive', '--environment', 'production', '--severity', 'high'],
};

/** Yarn 1: https://classic.yarnpkg.com/lang/en/docs/cli/audit/ */
const classicAudit = ['yarn', 'audit', '--groups', 'dependencies', '--level', 'high'];

export interface MaintenanceInput {
  readonly facts: PlatformFacts;
  readonly services: readonly PlannedService[];
  readonly argo: GitopsPlan | null;
  readonly places: readonly (ClusterPlan | LaptopPlan)[];
}

/** Null where no service lives in this repository. */
export function planMaintenance({ facts, services, argo, places }: MaintenanceInput): MaintenancePlan | null {
  const [own] = services.filter(({ folder }) => folder !== null).map(({ plan }) => plan);
  if (own === undefined) return null;
  const { delivery, build } = own;
  const isClassic = build.packageManager === 'yarn' && build.packageManagerVersion?.startsWith('1.') === true;
  const released = (argo?.environments ?? []).flatMap((environment) => environment.services);
  // Where nothing is backed up there is nothing to practise, and no checklist.
  const isSaved = places.some(({ instances }) => instances.some(({ recovery }) => recovery !== null));
  const drill = isSaved ? facts.backups.drill : 'none';
  return {
    runner: delivery.runner,
    nodeMajor: Math.max(...services.map(({ plan }) => plan.build.nodeMajor)),
    securityScan,
    auditCommand: isClassic ? classicAudit : audits[build.packageManager],
    images: [...new Map(released.map((each) => [each.service, each.imageRepository]))].map(([service, repository]) => ({
      service,
      repository,
      releaseFiles: released.filter((each) => each.service === service).map(({ releaseFile }) => releaseFile),
    })),
    registry: delivery.registry,
    scan: delivery.scan,
    trivy: delivery.tools.trivy,
    defaultBranch: delivery.defaultBranch,
    drill:
      drill === 'none'
        ? null
        : { schedule: drillSchedules[drill], frequency: drill, checklist: 'platform/recovery/drill.md' },
  };
}
