// Turns a plan into the GitHub Actions workflow of a service and the files that it uses.
import type { ServicePlan } from '../../plan/types';
import type { Renderer } from '..';
import type { GeneratedFile } from '../shared/generated-file';
import { workflowText } from '../shared/workflow/document';
import { jobsOf } from './jobs';
import { scripts } from './scripts';
import { testServicesFile } from './test-services';
import { triggers } from './triggers';

export const renderWorkflow: Renderer = (plan) => {
  const { delivery } = plan;
  const usesTestServices = delivery.testCommand !== null && delivery.testContainers.length > 0;
  return [workflow(plan), ...scripts(plan), ...(usesTestServices ? [testServicesFile(delivery)] : [])];
};

function workflow(plan: ServicePlan): GeneratedFile {
  const { delivery } = plan;
  const overrides = [...plan.overrides, ...plan.base.overrides];
  const operations = overrides.flatMap(({ artifact, operations }) => (artifact === 'workflow' ? operations : []));
  const { workflowName: name, runner } = delivery;
  return {
    at: 'repository',
    path: `.github/workflows/${delivery.workflowFile}`,
    body: workflowText({ name, on: triggers(delivery), runner, jobs: jobsOf(plan) }, operations),
    comment: 'hash',
    executable: false,
  };
}
