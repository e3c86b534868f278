// Turns the estimate of an environment's cost into what the page tells of a service or a data store.
import type { BackingInstancePlan, PlatformPlan } from '../../plan/types/platform';
import type { PlaceView } from './graph';
import type { Section } from './page-data';

const range = (low: number, high: number): string =>
  low === high ? low.toFixed(2) : `${low.toFixed(2)} to ${high.toFixed(2)}`;

const costOf = (plan: PlatformPlan, place: PlaceView) =>
  place.runs === 'kubernetes' ? (plan.clusters.find(({ name }) => name === place.name)?.cost ?? null) : null;

export function serviceCost(plan: PlatformPlan, place: PlaceView, service: string): readonly Section[] {
  const cost = costOf(plan, place);
  const found = cost?.services.find((one) => one.service === service);
  if (cost === null || found === undefined) return [];
  const { low, high, compute, stores } = found;
  return [
    {
      heading: 'Costs in a month, as an estimate',
      rows: [
        ['together', `${range(low, high)} ${cost.currency} by prices of ${cost.asOf}`],
        ['nodes, cluster and network', `${range(compute.low, compute.high)}: ${compute.arithmetic}`],
        ...stores.map((store) => [store.instance, `${range(store.low, store.high)}: ${store.arithmetic}`] as const),
      ],
    },
  ];
}

export function instanceCost(
  plan: PlatformPlan,
  place: PlaceView,
  { name, managed }: BackingInstancePlan,
): readonly Section[] {
  const items = (costOf(plan, place)?.items ?? []).filter(({ instance }) => instance === name);
  const rows = [
    ...(managed === null ? [] : [['class', managed.why] as const]),
    ...items.map((item) => [item.item, `${range(item.low, item.high)}: ${item.why}`] as const),
  ];
  return rows.length === 0 ? [] : [{ heading: 'Costs in a month, as an estimate', rows }];
}
