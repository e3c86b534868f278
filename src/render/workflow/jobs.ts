// Turns a plan into the jobs of its workflow, in the order in which they run.
import type { ServicePlan } from '../../plan/types';
import type { Job } from '../shared/workflow/job';
import { changes } from './jobs/changes';
import { check, hasChecks } from './jobs/check';
import { codeql } from './jobs/codeql';
import { dependencyReview } from './jobs/dependency-review';
import { deploy } from './jobs/deploy';
import { generated } from './jobs/generated';
import { image } from './jobs/image';
import { notify } from './jobs/notify';
import { publish } from './jobs/publish';
import { release } from './jobs/release';
import { scan } from './jobs/scan';

export function jobsOf(plan: ServicePlan): readonly Job[] {
  const { delivery, identity } = plan;
  const deployments = delivery.stages.flatMap((stage, index) => {
    if (stage.by === 'promotion') return [];
    return stage.by === 'release'
      ? [release(delivery, identity.name, stage)]
      : [deploy(delivery, identity.name, stage, delivery.stages[index - 1] ?? null)];
  });
  const jobs = [
    ...(delivery.paths.length === 0 ? [] : [changes(delivery)]),
    generated(delivery),
    ...(hasChecks(delivery) ? [check(delivery)] : []),
    dependencyReview(delivery),
    codeql(plan),
    image(delivery),
    scan(delivery),
    publish(delivery),
    ...deployments,
  ];
  return [...jobs, notify(delivery, identity.name, jobs)];
}
