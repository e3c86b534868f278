// Turns the plan of the platform into its README: picture, tables, and how to start, deploy, promote and roll back.
import type { EnvironmentPlan, ServicePlan } from '../../plan/types';
import type { PlatformPlan, PlatformServicePlan } from '../../plan/types/platform';
import { renderTemplate } from '../shared/template';
import { flowchart } from './flowchart';
import { type MapGraph, type PlaceView, placesOf, runsWords } from './graph';
import { addressOf, promiseWords } from './words';

/** A link from the folder `platform` to a file of the repository; parentheses would end it. */
const linkTo = (file: string): string =>
  `../${file
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`),
    )
    .join('/')}`;

const below = (folder: string, file: string): string => (folder === '.' ? file : `${folder}/${file}`);

/** What beside a service's declaration is made from it, where this repository holds it. */
function linksOf({ folder, declaration }: PlatformServicePlan, plan: ServicePlan | undefined): object[] {
  if (folder === null) return [];
  const watched = (plan?.environments ?? []).filter(
    ({ runs, monitoring }) => runs === 'kubernetes' && monitoring.groups.length > 0,
  );
  const shown = watched.filter(({ monitoring }) => monitoring.dashboard !== null).at(-1);
  return [
    { text: 'declaration', link: linkTo(declaration) },
    ...(watched.length > 0 ? [{ text: 'runbook', link: linkTo(below(folder, 'docs/runbook.md')) }] : []),
    ...(shown === undefined
      ? []
      : [{ text: 'dashboard', link: linkTo(below(folder, `monitoring/${shown.name}/dashboard.json`)) }]),
  ];
}

const orDash = (texts: readonly string[]): string => (texts.length > 0 ? texts.join(', ') : '–');

function serviceRows(plan: PlatformPlan, services: readonly ServicePlan[], place: PlaceView): object[] {
  const byName = new Map(services.map((one) => [one.identity.name, one]));
  return plan.services.map((service) => {
    const own = byName.get(service.name);
    const environment = own?.environments.find(({ name }: EnvironmentPlan) => name === place.name);
    return {
      name: service.name,
      owner: service.owner,
      tier: service.tier,
      about: service.description,
      promises: orDash(environment === undefined ? [] : promiseWords(environment).map((words) => words.join(' '))),
      paths: orDash(place.routes.filter((route) => route.service === service.name).map(addressOf)),
      links: linksOf(service, own),
    };
  });
}

/** One row for each resource, a cell for each environment. */
function resourceRows(places: readonly PlaceView[]): object[] {
  const names = [...new Set(places.flatMap(({ instances }) => instances.map(({ name }) => name)))].sort();
  return names.map((name) => ({
    name,
    cells: places.map(({ instances }) => {
      const found = instances.find((one) => one.name === name);
      if (found === undefined) return '–';
      return `${found.title} ${found.version}, ${found.class}, ${runsWords[found.runs]}${found.replicas > 1 ? `, ${found.replicas} replicas` : ''}`;
    }),
  }));
}

export function readme(
  plan: PlatformPlan,
  services: readonly ServicePlan[],
  place: PlaceView,
  graph: MapGraph,
): string {
  const places = placesOf(plan);
  const [laptop] = plan.laptops;
  const clusters = plan.clusters.map(({ name, cluster, namespace, gated }) => ({
    name,
    cluster: cluster ?? 'of Argo CD itself',
    namespace,
    gated,
    manifests: linkTo(`platform/kubernetes/${name}/kustomization.yaml`),
  }));
  return renderTemplate('platform-map/README.md', {
    name: plan.identity.name,
    declaration: plan.identity.declaration,
    declarationLink: linkTo(plan.identity.declaration),
    place: place.name,
    chart: flowchart(graph),
    services: serviceRows(plan, services, place),
    places: places.map(({ name }) => name),
    resources: resourceRows(places),
    laptop: laptop === undefined ? null : { name: laptop.name, httpsPort: laptop.proxy.httpsPort },
    hasLoadTests: plan.loadTests.length > 0,
    anEnvironment: places[0]?.name ?? '',
    otherLaptops: plan.laptops.slice(1).map(({ name }) => name),
    clusters,
    argo: plan.argo,
    isWatched: plan.monitoring.length > 0,
    first: plan.clusters[0]?.name ?? '',
    second: (plan.clusters[1] ?? plan.clusters[0])?.name ?? '',
    last: plan.clusters.at(-1)?.name ?? '',
    lastNamespace: plan.clusters.at(-1)?.namespace ?? '',
    example: plan.services.find(({ shape }) => shape === 'node')?.name ?? plan.services[0]?.name ?? '',
    gatewayNamespace: plan.clusters[0]?.gateway.namespace ?? '',
  });
}
