// Turns the plan of a deployment into the two commands that a person runs, the program behind both, and what it knows.
import type { PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { toJson } from '../shared/json';
import { plainFile, renderTemplate } from '../shared/template';

const folder = 'platform/deploy';

/** The program: the same for every platform, since all that it knows stands in settings.json. */
const programs = [
  'platform-deploy/aws.mjs',
  'platform-deploy/commands.mjs',
  'platform-deploy/deploy.mjs',
  'platform-deploy/docker.mjs',
  'platform-deploy/kubernetes.mjs',
  'platform-deploy/prerequisites.mjs',
  'platform-deploy/verify.mjs',
] as const;

/** `scripts/deploy.sh` and `scripts/deploy.ps1`, which hand on to `platform/deploy`. */
export function renderPlatformDeploy(plan: PlatformPlan): readonly GeneratedFile[] {
  const { deployment, identity } = plan;
  const environments = deployment.environments.map(({ name }) => name);
  const view = {
    name: identity.name,
    nodeMinimum: deployment.nodeMinimum,
    environments,
    firstEnvironment: environments[0] ?? '',
    lastEnvironment: environments.at(-1) ?? '',
  };
  return [
    { ...file('scripts/deploy.sh', renderTemplate('platform-deploy/deploy.sh', view), 'hash'), executable: true },
    file('scripts/deploy.ps1', renderTemplate('platform-deploy/deploy.ps1', view), 'hash'),
    file(`${folder}/settings.json`, toJson(deployment), 'none'),
    ...programs.map((name) => file(name.replace(/^platform-deploy/, folder), plainFile(name), 'slash')),
  ];
}

const file = (path: string, body: string, comment: GeneratedFile['comment']): GeneratedFile => ({
  at: 'repository',
  path,
  body,
  comment,
  executable: false,
});
