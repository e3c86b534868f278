// Turns the whole plan into one page that needs no network: the picture of each environment, and what was decided behind each box.
import { createHash } from 'node:crypto';
import type { ServicePlan } from '../../plan/types';
import type { PlatformPlan } from '../../plan/types/platform';
import { plainFile, renderTemplate } from '../shared/template';
import { graphOf, placesOf } from './graph';
import { createTexts, nodeData } from './page-data';
import { pageDrawing } from './picture';

/** What the page's policy admits: this very text and no other. https://www.w3.org/TR/CSP3/#grammardef-hash-source */
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export function page(plan: PlatformPlan, services: readonly ServicePlan[]): string {
  const texts = createTexts();
  const places = placesOf(plan).map((place, index) => {
    const graph = graphOf(plan, place);
    const where = place.runs === 'kubernetes' ? 'in a cluster' : 'on a laptop';
    const labels = {
      title: `${plan.identity.name} in ${place.name}`,
      description:
        'Boxes are services, resources and hosts outside; lines lead from who calls to what is called. Each box opens what is known of it.',
    };
    return {
      name: place.name,
      where,
      prefix: `e${index}-`,
      drawing: { verbatim: pageDrawing(graph, labels, `e${index}-`) },
      nodes: nodeData(plan, services, place, graph, texts),
    };
  });
  const style = `${plainFile('platform-map/diagram.css')}${plainFile('platform-map/page.css')}`;
  const script = plainFile('platform-map/page.js');
  return renderTemplate('platform-map/platform.html', {
    name: plan.identity.name,
    domain: plan.identity.domain,
    asOf: plan.asOf,
    declaration: plan.identity.declaration,
    policy: `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`,
    style: { verbatim: style },
    script: { verbatim: script },
    places,
    data: {
      texts: texts.list,
      places: places.map(({ name, prefix, nodes }) => ({ name, prefix, nodes })),
    },
  });
}
