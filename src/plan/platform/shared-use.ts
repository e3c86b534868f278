// One service's use of a shared instance: the need where it runs, and what the service's own plan says of it.
import type { RestoreProbeSettings } from '../../model/settings';
import type { Use } from '../bindings';
import type { BindingPlan, EnvironmentPlan } from '../types';

export interface SharedUse {
  readonly service: string;
  readonly use: Use;
  readonly binding: BindingPlan;
  /** What the service promises, or the platform for it. */
  readonly promise: EnvironmentPlan['recovery'];
  /** What a restore test asks of this need's data. */
  readonly probes: readonly RestoreProbeSettings[];
}
