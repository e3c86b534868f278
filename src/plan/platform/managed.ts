// Asks a kind how AWS runs an instance: what all its users declare, in one piece.
import type { ManagedInput, ManagedResourcePlan } from '../../catalog/managed';
import type { EnvironmentFacts, PlatformFacts } from '../../model/platform-facts';
import { dataSizeGiB } from '../bindings';
import type { Decisions } from '../decisions';
import type { InstanceRecoveryPlan } from '../types/platform';
import type { SharedUse } from './shared-use';

export interface ManagedPlanInput {
  readonly uses: readonly [SharedUse, ...SharedUse[]];
  readonly platform: PlatformFacts;
  readonly facts: EnvironmentFacts;
  readonly recovery: InstanceRecoveryPlan | null;
  readonly decisions: Decisions;
  readonly amounts: Pick<
    ManagedInput,
    'class' | 'cpuMillis' | 'memoryMiB' | 'connections' | 'storageMiB' | 'highlyAvailable' | 'pooled'
  >;
}

/** Null where AWS does not run it, or has no such service. */
export function planManaged({
  uses,
  platform,
  facts,
  recovery,
  decisions,
  amounts,
}: ManagedPlanInput): ManagedResourcePlan | null {
  const [{ use: first }] = uses;
  if (first.runs !== 'aws' || first.kind.managed === null) return null;
  const { keep, keepDays, schedule } = platform.backups;
  const plan = first.kind.managed.resource({
    ...{ name: first.instance, platform: platform.name, environment: facts.name, region: facts.region },
    otherRegion: null,
    version: first.version,
    ...{ ...amounts, gated: facts.gated },
    keepDays: recovery !== null && recovery.keepDays > 0 ? recovery.keepDays : keepDays,
    keepDaily: keep.daily,
    dataSizeGiB: uses.reduce((sum, { use }) => sum + (dataSizeGiB(use) ?? 0), 0),
    schedule,
    uses: uses.map(({ service, use }) => ({
      service,
      key: use.need.key,
      parameters: use.need.parameters,
      values: use.values,
    })),
  });
  decisions.decide(plan.instanceType, {
    path: 'managed.instanceType',
    by: 'rule',
    why: plan.why,
    source: first.kind.managed.documentation,
  });
  return plan;
}
