// Turns the platform's plan into an npm package with its facts: what the repository of one service needs of the platform.
import { createHash } from 'node:crypto';
import type { PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { toJson } from '../shared/json';
import { toYaml } from '../shared/yaml';

const folder = 'platform/facts';

const comments = {
  services: "Names and ports only: what a caller must know. The services' own declarations stay where they are.",
};

/**
 * The day that the facts are of, and what they are: other facts have another version, and the same facts the same, so that
 * publishing twice changes nothing. A letter first, since digits alone must not begin with 0: https://semver.org/#spec-item-9
 */
function versionOf({ asOf }: PlatformPlan, body: string): string {
  const date = asOf.split('-').map(Number).join('.');
  return `${date}-h${createHash('sha256').update(body).digest('hex').slice(0, 12)}`;
}

export function renderPlatformFacts(plan: PlatformPlan): GeneratedFile[] {
  const body = toYaml(plan.facts, comments);
  const { name, repository } = plan.identity;
  const manifest = {
    name: `@${name}/platform`,
    version: versionOf(plan, body),
    description: `Facts of the platform ${name} for the repositories of its services`,
    repository: { type: 'git', url: `git+https://github.com/${repository}.git`, directory: folder },
    // Node.js resolves the package's name to the declaration: `groundwork generate --platform @NAME/platform`.
    exports: { '.': './platform.yaml', './platform.yaml': './platform.yaml', './package.json': './package.json' },
    files: ['platform.yaml'],
    // npm asks for a tag where a version has a suffix.
    publishConfig: { tag: 'latest' },
  };
  const file = { at: 'repository', executable: false } as const;
  return [
    { ...file, path: `${folder}/package.json`, body: toJson(manifest), comment: 'none' },
    { ...file, path: `${folder}/platform.yaml`, body, comment: 'hash' },
  ];
}
