// Turns the order that the plan asks for into `depends_on`.
import type { BackingContainerPlan } from '../../../plan/types';
import { secretsService } from './fixed';
import { unlessEmpty } from './service';

export type Condition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export type Dependencies = Readonly<Record<string, { readonly condition: Condition }>>;

export const after = (name: string, condition: Condition): Dependencies => ({ [name]: { condition } });

/** Health is waited for only where there is a check: without one `up` fails, although `config` accepts it. */
export const whenUp = (name: string, hasHealthCheck: boolean): Dependencies =>
  after(name, hasHealthCheck ? 'service_healthy' : 'service_started');

const ready = ({ name, oneShot, healthCheck }: BackingContainerPlan): Dependencies =>
  oneShot ? after(name, 'service_completed_successfully') : whenUp(name, healthCheck !== null);

export const secretsFirst = (hasSecrets: boolean): Dependencies =>
  hasSecrets ? after(secretsService, 'service_completed_successfully') : {};

export const allOf = (dependencies: readonly Dependencies[]): Dependencies => Object.assign({}, ...dependencies);

/** After servers that are ready, and after what prepares them. */
export function afterServers(
  servers: readonly BackingContainerPlan[],
  backing: readonly BackingContainerPlan[],
): Dependencies {
  const names = new Set(servers.map(({ name }) => name));
  const preparations = backing.filter(
    (container) => container.oneShot && container.after.some((name) => names.has(name)),
  );
  return allOf([...servers, ...preparations].map(ready));
}

/** Whether the generator makes something that the container reads. */
const isPrepared = ({ secretFiles, certificate, verifies }: BackingContainerPlan): boolean =>
  secretFiles.length > 0 || certificate !== null || verifies;

export function backingDependencies(backing: readonly BackingContainerPlan[], container: BackingContainerPlan) {
  const first = container.after.map((name) => {
    const other = backing.find((candidate) => candidate.name === name);
    if (other === undefined) throw new Error(`BUG: ${container.name} comes after ${name}, which does not exist`);
    return ready(other);
  });
  return unlessEmpty(allOf([secretsFirst(isPrepared(container)), ...first]));
}
