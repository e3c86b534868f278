// Turns the plan of one environment into what the page tells of each box: plain texts in sections, and decisions.
import type { Decision, EnvironmentPlan, ServicePlan } from '../../plan/types';
import type { BackingInstancePlan, PlatformEdgePlan, PlatformPlan } from '../../plan/types/platform';
import { instanceCost, serviceCost } from './cost-rows';
import { idOf, type MapGraph, type PlaceView, runsWords } from './graph';
import { addressOf, cpuWords, memoryWords, promiseWords, routeWords } from './words';

/** Label and text. */
export type Row = readonly [string, string];

export interface Section {
  readonly heading: string;
  readonly rows: readonly Row[];
}

/** path, value with unit, who decided; then numbers of texts: declared path, reason, source (-1 = none). */
type DecisionRow = readonly [string, string, string, number, number, number];

export interface NodeData {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly note: string;
  readonly about: string;
  readonly sections: readonly Section[];
  readonly decisions: readonly DecisionRow[];
}

/** Texts that many decisions share, each kept once. */
export interface Texts {
  readonly list: string[];
  readonly numberOf: (text: string | null) => number;
}

export function createTexts(): Texts {
  const list: string[] = [];
  const known = new Map<string, number>();
  return {
    list,
    numberOf: (text) => {
      if (text === null) return -1;
      const found = known.get(text);
      if (found !== undefined) return found;
      known.set(text, list.length);
      return list.push(text) - 1;
    },
  };
}

// Thousandths of a core are written without a space, as Kubernetes writes them.
const valueWords = ({ value, unit }: Decision): string =>
  `${value === null ? 'none' : String(value)}${unit === null ? '' : unit === 'm' ? unit : ` ${unit}`}`;

/** Decisions below a prefix, or of no environment when there is none. */
function decisionsOf(all: readonly Decision[], prefix: string, texts: Texts): DecisionRow[] {
  return all
    .filter(({ path }) => path.startsWith(prefix))
    .map(
      (decision): DecisionRow => [
        decision.path.slice(prefix.length),
        valueWords(decision),
        decision.by,
        texts.numberOf(decision.from),
        texts.numberOf(decision.why),
        texts.numberOf(decision.source),
      ],
    );
}

const section = (heading: string, rows: readonly Row[], empty: string): Section => ({
  heading,
  rows: rows.length > 0 ? rows : [['', empty]],
});

/** Edges by the box at each end: every box asks for its own. */
interface Ends {
  readonly to: ReadonlyMap<string, readonly PlatformEdgePlan[]>;
  readonly from: ReadonlyMap<string, readonly PlatformEdgePlan[]>;
}

function endsOf(edges: readonly PlatformEdgePlan[]): Ends {
  const to = new Map<string, PlatformEdgePlan[]>();
  const from = new Map<string, PlatformEdgePlan[]>();
  const note = (ends: Map<string, PlatformEdgePlan[]>, id: string, edge: PlatformEdgePlan): void => {
    const known = ends.get(id);
    if (known === undefined) ends.set(id, [edge]);
    else known.push(edge);
  };
  for (const edge of edges) {
    note(to, idOf(edge.to), edge);
    note(from, idOf(edge.from), edge);
  }
  return { to, from };
}

const reached = ({ to }: Ends, id: string): Section =>
  section(
    'Who may reach it',
    (to.get(id) ?? []).map(({ from, port, why }): Row => [from.name, `port ${port}: ${why}`]),
    'Nobody.',
  );

const reaching = ({ from }: Ends, id: string): Section =>
  section(
    'What it reaches',
    (from.get(id) ?? []).map(
      ({ to, port, optional }): Row => [to.name, `port ${port}${optional ? ', works without it' : ''}`],
    ),
    'Nothing.',
  );

function workloadRows({ workloads, jobs, migration }: EnvironmentPlan): Row[] {
  const size = ({ limit }: (typeof workloads)[number]['resources']): string =>
    `${cpuWords(limit.cpuMillis)}, ${memoryWords(limit.memoryMiB)} at most`;
  return [
    ...workloads.map(({ name, scale, rollout, resources }): Row => {
      const { minReplicas: least, maxReplicas: most } = scale;
      return [
        name,
        `${least === most ? least : `${least} to ${most}`} replicas, ${rollout.strategy}; ${size(resources)}`,
      ];
    }),
    ...jobs.map(({ name, schedule, timeZone }): Row => [name, `${schedule} in ${timeZone}`]),
    ...(migration === null ? [] : [[migration.name, 'runs to its end before a new version starts'] as const]),
  ];
}

function serviceData(
  platform: PlatformPlan,
  place: PlaceView,
  ends: Ends,
  id: string,
  plan: ServicePlan,
  texts: Texts,
): Omit<NodeData, 'note'> | null {
  const environment = plan.environments.find(({ name }) => name === place.name);
  if (environment === undefined) return null;
  const { identity } = plan;
  const exposed = place.routes.filter(({ service }) => service === identity.name);
  const general = plan.decisions.filter(({ path }) => !path.startsWith('environments.'));
  return {
    id,
    kind: 'service',
    name: identity.name,
    about: identity.description,
    sections: [
      section(
        'Who and where',
        [
          ['owner', identity.owner],
          ['tier', identity.tier],
          ['declaration', identity.declaration],
          ['image', plan.image.repository],
        ],
        '',
      ),
      section('Promises', promiseWords(environment), 'Promises nothing.'),
      section(
        'Exposed',
        exposed.map((route): Row => [addressOf(route), routeWords(route)]),
        'Not public.',
      ),
      section('Runs', workloadRows(environment), ''),
      ...serviceCost(platform, place, identity.name),
      reached(ends, id),
      reaching(ends, id),
    ],
    decisions: [
      ...decisionsOf(plan.decisions, `environments.${place.name}.`, texts),
      ...decisionsOf(general, '', texts),
    ],
  };
}

function instanceRows(instance: BackingInstancePlan): Row[] {
  const { storageMiB, connections, availability, endOfLife } = instance;
  return [
    ['version', `${instance.version}${endOfLife === null ? '' : `, supported until ${endOfLife}`}`],
    ['run by', runsWords[instance.runs]],
    ['class', instance.class],
    ['size', `${cpuWords(instance.cpuMillis)}, ${memoryWords(instance.memoryMiB)}`],
    ['replicas', `${instance.replicas}${instance.highlyAvailable ? ', one takes over when another fails' : ''}`],
    ...(storageMiB === null ? [] : [['disk of each', memoryWords(storageMiB)] as const]),
    ['address', `${instance.host}:${instance.port}`],
    ['can carry', `${availability.ratioText} of the time (${availability.source})`],
    ...(connections === null
      ? []
      : [['connections', `${connections.atPeak} of ${connections.limit}: ${connections.arithmetic}`] as const]),
  ];
}

function instanceData(
  plan: PlatformPlan,
  place: PlaceView,
  ends: Ends,
  id: string,
  instance: BackingInstancePlan,
  texts: Texts,
) {
  const where = place.runs === 'kubernetes' ? place.name : `${place.name}.laptop`;
  return {
    id,
    kind: 'resource',
    name: instance.name,
    about: '',
    sections: [
      section('What it is', instanceRows(instance), ''),
      ...instanceCost(plan, place, instance),
      section(
        'Who uses it for what',
        instance.uses.map(
          ({ service, optional, owns, reads, connectionArithmetic }): Row => [
            service,
            [
              ...owns.map(({ what, name }) => `owns ${what} ${name}`),
              ...reads.map(({ what, name }) => `reads ${what} ${name}`),
              ...(connectionArithmetic === null ? [] : [connectionArithmetic]),
              ...(optional ? ['works without it'] : []),
            ].join('; '),
          ],
        ),
        'Nobody.',
      ),
      reached(ends, id),
    ],
    decisions: decisionsOf(plan.decisions, `environments.${where}.instances.${instance.name}.`, texts),
  };
}

/** Everything of one environment, box by box in the order of the graph. */
export function nodeData(
  plan: PlatformPlan,
  services: readonly ServicePlan[],
  place: PlaceView,
  graph: MapGraph,
  texts: Texts,
): NodeData[] {
  const ends = endsOf(place.edges);
  const byName = new Map(services.map((service) => [service.identity.name, service]));
  return graph.nodes.map(({ id, kind, name, note }): NodeData => {
    const service = byName.get(name);
    const instance = place.instances.find((one) => one.name === name);
    const known =
      kind === 'service' && service !== undefined
        ? serviceData(plan, place, ends, id, service, texts)
        : kind === 'resource' && instance !== undefined
          ? instanceData(plan, place, ends, id, instance, texts)
          : null;
    const sections = [reached(ends, id), reaching(ends, id)];
    return { id, kind, name, about: '', sections, decisions: [], ...known, note };
  });
}
