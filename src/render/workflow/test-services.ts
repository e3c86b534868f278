// Turns the services that the tests use into a compose file, and into the steps that start them and show their logs.
import type { DeliveryPlan, HealthCheckPlan, TestContainerPlan } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import type { Step } from '../shared/workflow/job';
import { toYaml } from '../shared/yaml';
import { scriptsFolder, testServicesSeconds } from './fixed';
import { inFolder } from './steps';

const file = `${scriptsFolder}/test-services.compose.yaml`;

/**
 * Not `services:` of the job: GitHub starts those before the checkout and without an order, and there an image by tag is
 * what zizmor calls unpinned, while a digest can only come from the declaration.
 */
export const startTestServices = (delivery: DeliveryPlan): Step => ({
  name: 'Start the services of the tests',
  ...inFolder(delivery),
  run: `docker compose --file ${file} up --detach --wait --wait-timeout ${testServicesSeconds}`,
});

export const testServicesLogs = (delivery: DeliveryPlan): Step => ({
  name: 'Show the logs of these services',
  ...inFolder(delivery),
  run: `docker compose --file ${file} logs`,
});

export function testServicesFile({ testContainers }: DeliveryPlan): GeneratedFile {
  const services = Object.fromEntries(testContainers.map((container) => [container.name, service(container)]));
  return {
    at: 'service',
    path: file,
    body: toYaml({ name: 'test-services', services }),
    comment: 'hash',
    executable: false,
  };
}

/** `$` begins a variable in a compose file; twice it is the character itself. */
const text = (value: string): string => value.replaceAll('$', '$$$$');

function service({ image, port, environment, command, healthCheck }: TestContainerPlan): object {
  return {
    image: text(image),
    ...(command === null ? {} : { command: command.map(text) }),
    ...(environment.length === 0 ? {} : { environment: variables(environment) }),
    ports: [`127.0.0.1:${port}:${port}`],
    ...(healthCheck === null ? {} : { healthcheck: healthCheckObject(healthCheck) }),
  };
}

const variables = (environment: TestContainerPlan['environment']): object =>
  Object.fromEntries(environment.map(({ name, value }) => [name, text(value)]));

const healthCheckObject = (check: HealthCheckPlan): object => ({
  test: ['CMD', ...check.command.map(text)],
  interval: `${check.intervalSeconds}s`,
  timeout: `${check.timeoutSeconds}s`,
  start_period: `${check.startPeriodSeconds}s`,
  retries: check.retries,
});
