// One service's use of a shared instance: the need where it runs, and what the service's own plan says of it.
import type { Use } from '../bindings';
import type { BindingPlan } from '../types';

export interface SharedUse {
  readonly service: string;
  readonly use: Use;
  readonly binding: BindingPlan;
}
