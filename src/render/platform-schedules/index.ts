// Turns what the repository does by the clock into workflows, and the scripts that they run.
import type { MaintenancePlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { plainFile } from '../shared/template';
import { workflowText } from '../shared/workflow/document';
import type { Job } from '../shared/workflow/job';
import { drillJob, drillScript } from './drill';
import { imagesScript, securityJobs } from './security';

function workflow(
  { runner }: MaintenancePlan,
  file: string,
  name: string,
  schedule: string,
  jobs: readonly Job[],
): GeneratedFile {
  const on = { schedule: [{ cron: schedule }], workflow_dispatch: {} };
  return {
    at: 'repository',
    path: `.github/workflows/${file}`,
    body: workflowText({ name, on, runner, jobs }, []),
    comment: 'hash',
    executable: false,
  };
}

const script = (path: string, template: string): GeneratedFile => ({
  at: 'repository',
  path,
  body: plainFile(template),
  comment: 'hash',
  executable: true,
});

export function renderPlatformSchedules({ maintenance }: PlatformPlan): readonly GeneratedFile[] {
  if (maintenance === null) return [];
  const { drill, images } = maintenance;
  return [
    workflow(
      maintenance,
      'platform-security.yml',
      'Security scan',
      maintenance.securityScan,
      securityJobs(maintenance),
    ),
    ...(images.length === 0 ? [] : [script(imagesScript, 'platform-schedules/scan-images.sh')]),
    ...(drill === null
      ? []
      : [
          workflow(maintenance, 'platform-drill.yml', 'Failover drill', drill.schedule, [drillJob(drill)]),
          script(drillScript, 'platform-schedules/open-drill.sh'),
        ]),
  ];
}
