// Turns a plan into files: the table of artifacts. To add one, add a folder beside this file and a line here.
import type { ServicePlan } from '../plan/types';
import { renderAccessor } from './accessor';
import { renderCompose } from './compose';
import { renderDashboard } from './dashboard';
import { renderDockerfile } from './dockerfile';
import { renderKubernetes } from './kubernetes';
import { renderPrometheus } from './prometheus';
import { renderRunbook } from './runbook';
import type { GeneratedFile } from './shared/generated-file';
import { renderWorkflow } from './workflow';

/** One artifact: a pure function of the plan. */
export type Renderer = (plan: ServicePlan) => readonly GeneratedFile[];

const renderers: Readonly<Record<string, Renderer>> = {
  accessor: renderAccessor,
  compose: renderCompose,
  dashboard: renderDashboard,
  dockerfile: renderDockerfile,
  kubernetes: renderKubernetes,
  prometheus: renderPrometheus,
  runbook: renderRunbook,
  workflow: renderWorkflow,
};

/** Every file of a service, sorted by place and path. */
export function renderAll(plan: ServicePlan): GeneratedFile[] {
  const files = Object.values(renderers).flatMap((render) => render(plan));
  const key = (file: GeneratedFile): string => `${file.at}/${file.path}`;
  return files.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
