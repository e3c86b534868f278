// What every object is rendered from: a service, in one of its environments.
import type { EnvironmentPlan, ServicePlan } from '../../plan/types';

export {
  type Commented,
  identityOf,
  type KubernetesObject,
  type Manifest,
  manifest,
  type ObjectMetadata,
  under,
} from '../shared/kubernetes/manifest';

export interface Scope {
  readonly plan: ServicePlan;
  readonly environment: EnvironmentPlan;
}
