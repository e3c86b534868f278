// Turns the commands of the plan into the job that lints, checks types, tests and builds.
import type { DeliveryPlan } from '../../../plan/types';
import { expression, literal } from '../../shared/workflow/expression';
import { type Job, plainJob, readContents, type Step } from '../../shared/workflow/job';
import { afterChanges, whenRelevant } from '../conditions';
import { command, inFolder, install } from '../steps';
import { startTestServices, testServicesLogs } from '../test-services';

export const checkJob = 'check';

/** True when the service has anything to check. */
export const hasChecks = ({ lintCommand, typesCommand, testCommand, buildCommand }: DeliveryPlan): boolean =>
  [lintCommand, typesCommand, testCommand, buildCommand].some((argv) => argv !== null);

export function check(delivery: DeliveryPlan): Job {
  const { lintCommand, typesCommand, testCommand, buildCommand } = delivery;
  const folder = inFolder(delivery);
  const step = (name: string, argv: readonly string[] | null): Step[] =>
    argv === null ? [] : [command(name, argv, folder)];
  return {
    ...plainJob,
    id: checkJob,
    name: 'Lint, types, tests',
    why: 'The tests run against real services, each in a container of its own.',
    needs: afterChanges(delivery),
    if: whenRelevant(delivery, null),
    permissions: [readContents],
    timeoutMinutes: delivery.checkTimeoutMinutes,
    steps: [
      ...install(delivery),
      ...step('Lint', lintCommand),
      ...step('Check types', typesCommand),
      ...(testCommand === null ? [] : tests(delivery, testCommand)),
      ...step('Build', buildCommand),
    ],
  };
}

function tests(delivery: DeliveryPlan, testCommand: readonly string[]): Step[] {
  const { testContainers } = delivery;
  const run = (env: Step['env']): Step =>
    command('Test', testCommand, { ...inFolder(delivery), ...(env === undefined ? {} : { env }) });
  if (testContainers.length === 0) return [run(undefined)];
  const variables = testContainers.flatMap((container) => container.variables);
  return [
    startTestServices(delivery),
    run(Object.fromEntries(variables.map(({ name, value }) => [name, literal(value)]))),
    { ...testServicesLogs(delivery), if: expression('failure()') },
  ];
}
