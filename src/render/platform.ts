// Turns the plan of the platform into files: the table of its artifacts. To add one, add a folder beside this file and a line here.
import * as platformTemplates from '../generated/platform-templates';
import type { ServicePlan } from '../plan/types';
import type { PlatformPlan } from '../plan/types/platform';
import { renderPlatformAudit } from './platform-audit';
import { renderPlatformCompose } from './platform-compose';
import { renderPlatformCost } from './platform-cost';
import { renderPlatformDeploy } from './platform-deploy';
import { renderPlatformFacts } from './platform-facts';
import { renderPlatformGitops } from './platform-gitops';
import { renderPlatformKubernetes } from './platform-kubernetes';
import { renderPlatformLoad } from './platform-load';
import { renderPlatformMap } from './platform-map';
import { renderPlatformObservability } from './platform-observability';
import { renderPlatformOperations } from './platform-operations';
import { renderPlatformRecovery } from './platform-recovery';
import { renderPlatformSchedules } from './platform-schedules';
import { renderPlatformSettings } from './platform-settings';
import { renderPlatformTerraform } from './platform-terraform';
import type { GeneratedFile } from './shared/generated-file';
import { addTemplates } from './shared/template';

// Beside the artifacts that use them, so that a service loads neither.
addTemplates(platformTemplates);

/** One artifact of the platform: a pure function of its plan and of its services' plans. Paths are from the repository's root. */
export type PlatformRenderer = (plan: PlatformPlan, services: readonly ServicePlan[]) => Iterable<GeneratedFile>;

const renderers: Readonly<Record<string, PlatformRenderer>> = {
  audit: renderPlatformAudit,
  facts: renderPlatformFacts,
  gitops: renderPlatformGitops,
  compose: renderPlatformCompose,
  cost: renderPlatformCost,
  deploy: renderPlatformDeploy,
  kubernetes: renderPlatformKubernetes,
  load: renderPlatformLoad,
  map: renderPlatformMap,
  observability: renderPlatformObservability,
  operations: renderPlatformOperations,
  schedules: renderPlatformSchedules,
  recovery: renderPlatformRecovery,
  settings: renderPlatformSettings,
  terraform: renderPlatformTerraform,
};

/** Every file of the platform, artifact by artifact: each is made when the one before it has been taken. */
export function* platformArtifacts(plan: PlatformPlan, services: readonly ServicePlan[]): Generator<GeneratedFile> {
  for (const render of Object.values(renderers)) yield* render(plan, services);
}

/** Every file of the platform, sorted by path. */
export function renderPlatform(plan: PlatformPlan, services: readonly ServicePlan[]): GeneratedFile[] {
  return [...platformArtifacts(plan, services)].sort((a, b) => (a.path < b.path ? -1 : 1));
}
