// Turns the plan of the platform into the documents of its operation: incidents, changes, backups, trouble, architecture.
import type { ServicePlan } from '../../plan/types';
import type { PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';
import { architecture } from './architecture';
import { backups, changes, incidents, trouble } from './procedures';

/** Files below `platform/operations`; none without a service. */
export function renderPlatformOperations(
  plan: PlatformPlan,
  services: readonly ServicePlan[],
): readonly GeneratedFile[] {
  if (plan.services.length === 0) return [];
  return [
    file('incident-response', renderTemplate('platform-operations/incident-response.md', incidents(plan, services))),
    file('change-management', renderTemplate('platform-operations/change-management.md', changes(plan))),
    file('backup-verification', renderTemplate('platform-operations/backup-verification.md', backups(plan))),
    file('troubleshooting', renderTemplate('platform-operations/troubleshooting.md', trouble(plan))),
    file('architecture', renderTemplate('platform-operations/architecture.md', architecture(plan))),
  ];
}

const file = (name: string, body: string): GeneratedFile => ({
  at: 'repository',
  path: `platform/operations/${name}.md`,
  body,
  comment: 'html',
  executable: false,
});
