// Turns triggers and jobs into the text of a workflow file: one object, with its comments beside it.
import type { PatchOperation } from '../../../plan/types';
import { applyPatch, explainFailure, overrideError } from '../json-patch';
import { toYaml, type YamlComments, type YamlLineComments } from '../yaml';
import { versionOf } from './action';
import { expression, isPullRequest } from './expression';
import type { Job, Step } from './job';

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, object>>;
  readonly runner: string;
  readonly jobs: readonly Job[];
}

const concurrency = {
  group: `${expression('github.workflow')}-${expression(`${isPullRequest} && github.ref || github.run_id`)}`,
  'cancel-in-progress': expression(isPullRequest),
};

const workflowComments: YamlComments = {
  permissions: 'None: every job names what it needs.',
  concurrency: 'A pull request gives way to its newer state. Any other run stands alone: no deployment is cut short.',
};

/** The overrides of the declaration are applied to the object, before it becomes text. */
export function workflowText(workflow: Workflow, operations: readonly PatchOperation[]): string {
  const patched = applyPatch(workflowObject(workflow), operations);
  if (!patched.applied) throw overrideError(explainFailure('workflow', '', patched.failure));
  const above = { ...workflowComments, ...reasons(workflow.jobs) };
  const after = { ...permissionReasons(workflow.jobs), ...actionVersions(patched.value) };
  return toYaml(patched.value, onlyExisting(above, patched.value), onlyExisting(after, patched.value));
}

function workflowObject({ name, on, runner, jobs }: Workflow): object {
  return {
    name,
    on,
    permissions: {},
    concurrency,
    defaults: { run: { shell: 'bash' } },
    jobs: Object.fromEntries(jobs.map((job) => [job.id, jobObject(job, runner)])),
  };
}

function jobObject(job: Job, runner: string): object {
  const { environment, concurrencyGroup: group } = job;
  return {
    name: job.name,
    ...(job.needs.length === 0 ? {} : { needs: job.needs }),
    ...(job.if === null ? {} : { if: job.if }),
    'runs-on': runner,
    'timeout-minutes': job.timeoutMinutes,
    permissions: Object.fromEntries(job.permissions.map(({ scope, access }) => [scope, access])),
    ...(environment === null ? {} : { environment: environmentObject(environment) }),
    ...(group === null ? {} : { concurrency: { group, 'cancel-in-progress': false } }),
    ...(Object.keys(job.outputs).length === 0 ? {} : { outputs: job.outputs }),
    ...(Object.keys(job.env).length === 0 ? {} : { env: job.env }),
    steps: job.steps.map(stepObject),
  };
}

const environmentObject = ({ name, url }: NonNullable<Job['environment']>): object =>
  url === null ? { name } : { name, url };

/** In the order in which steps are usually read. */
function stepObject({ why, ...step }: Step): object {
  const order = ['name', 'id', 'if', 'uses', 'with', 'env', 'working-directory', 'run'] as const;
  return Object.fromEntries(order.flatMap((key) => (step[key] === undefined ? [] : [[key, step[key]]])));
}

function reasons(jobs: readonly Job[]): YamlComments {
  return Object.fromEntries(
    jobs.flatMap(({ id, why, environment, steps }) => [
      [`jobs.${id}`, why],
      ...(environment === null ? [] : [[`jobs.${id}.environment`, environment.setUp]]),
      ...steps.flatMap((step, index) => (step.why === undefined ? [] : [[`jobs.${id}.steps.${index}`, step.why]])),
    ]),
  );
}

const permissionReasons = (jobs: readonly Job[]): YamlLineComments =>
  Object.fromEntries(
    jobs.flatMap(({ id, permissions }) =>
      permissions.map(({ scope, why }) => [`jobs.${id}.permissions.${scope}`, why]),
    ),
  );

/** The release of every action, read from the finished object, since an override may have moved or changed a step. */
function actionVersions(value: unknown, path = ''): YamlLineComments {
  if (typeof value !== 'object' || value === null) return {};
  return Object.entries(value).reduce<YamlLineComments>((found, [key, inner]) => {
    const place = path === '' ? key : `${path}.${key}`;
    const version = key === 'uses' && typeof inner === 'string' ? versionOf(inner) : null;
    return version === null
      ? Object.assign(found, actionVersions(inner, place))
      : Object.assign(found, { [place]: version });
  }, {});
}

/** An override may have removed what a comment is about. Keys of a workflow of ours hold no dot. */
const onlyExisting = (comments: YamlComments, document: unknown): YamlComments =>
  Object.fromEntries(
    Object.entries(comments).filter(([path]) => {
      const found = path
        .split('.')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], document);
      return found !== undefined && found !== null;
    }),
  );
