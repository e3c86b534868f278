// Turns the order that the plan asks for into `depends_on`.
import type { BackingContainerPlan, EnvironmentPlan } from '../../plan/types';
import { secretsService } from './fixed';
import { type Component, serversOf } from './networks';
import { unlessEmpty } from './service';

export type Condition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

type Dependencies = Readonly<Record<string, { readonly condition: Condition }>>;

const after = (name: string, condition: Condition): Dependencies => ({ [name]: { condition } });

/** Health is waited for only where there is a check: without one `up` fails, although `config` accepts it. */
function ready({ name, oneShot, healthCheck }: BackingContainerPlan): Dependencies {
  if (oneShot) return after(name, 'service_completed_successfully');
  return after(name, healthCheck === null ? 'service_started' : 'service_healthy');
}

const secretsFirst = (hasSecrets: boolean): Dependencies =>
  hasSecrets ? after(secretsService, 'service_completed_successfully') : {};

const all = (dependencies: readonly Dependencies[]) => unlessEmpty(Object.assign({}, ...dependencies) as Dependencies);

/** A container of the service starts after the servers that it uses are ready and prepared, and after the migration. */
export function applicationDependencies(environment: EnvironmentPlan, component: Component, hasSecrets: boolean) {
  const servers = serversOf(environment, component);
  const names = new Set(servers.map(({ name }) => name));
  const preparations = environment.backing.filter(
    ({ oneShot, after }) => oneShot && after.some((name) => names.has(name)),
  );
  const migration = component === 'migration' ? null : environment.migration;
  return all([
    secretsFirst(hasSecrets),
    ...servers.map(ready),
    ...preparations.map(ready),
    migration === null ? {} : after(migration.name, 'service_completed_successfully'),
  ]);
}

export function backingDependencies(environment: EnvironmentPlan, container: BackingContainerPlan) {
  const first = container.after.map((name) => {
    const other = environment.backing.find((candidate) => candidate.name === name);
    if (other === undefined) throw new Error(`BUG: ${container.name} comes after ${name}, which does not exist`);
    return ready(other);
  });
  return all([secretsFirst(container.secretFiles.length > 0), ...first]);
}
