// Turns the plan of the platform into pictures of it: a README with Mermaid, an SVG beside it, and a page that tells why.
import type { ServicePlan } from '../../plan/types';
import type { PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { graphOf, placesOf } from './graph';
import { page } from './page';
import { picture } from './picture';
import { readme } from './readme';

/** Files directly below `platform`. */
export function renderPlatformMap(plan: PlatformPlan, services: readonly ServicePlan[]): readonly GeneratedFile[] {
  const last = placesOf(plan).at(-1);
  if (last === undefined || plan.services.length === 0) return [];
  const graph = graphOf(plan, last);
  const title = `${plan.identity.name} in ${last.name}`;
  const counts = `${plan.services.length} services and ${last.instances.length} resources`;
  return [
    file('README.md', readme(plan, services, last, graph), 'html'),
    file(
      'architecture.svg',
      picture(graph, { title, description: `${counts}; lines lead from who calls to what is called.` }),
      'html',
    ),
    file('platform.html', page(plan, services), 'html'),
  ];
}

const file = (name: string, body: string, comment: GeneratedFile['comment']): GeneratedFile => ({
  at: 'repository',
  path: `platform/${name}`,
  body,
  comment,
  executable: false,
});
