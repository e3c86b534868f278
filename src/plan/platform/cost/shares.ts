// Divides the bill among the services: nodes by what pods request, stores by connections, by the size of data, or evenly.
import type { BackingInstancePlan, CostItemPlan, InstanceUsePlan, ServiceCostPlan } from '../../types/platform';
import { cents } from './items';
import { partOf, type RequestRange, sumOf } from './requests';

type Which = 'low' | 'high';

const total = (items: readonly CostItemPlan[], which: Which): number =>
  items.reduce((sum, item) => sum + item[which], 0);

interface StoreShare {
  readonly part: number;
  readonly arithmetic: string;
}

/** A service's part of a store. */
export function storeShare(uses: readonly InstanceUsePlan[], service: string): StoreShare {
  const own = uses.filter((use) => use.service === service);
  const connections = (list: readonly InstanceUsePlan[]): number =>
    list.reduce((sum, { connectionsAtPeak }) => sum + (connectionsAtPeak ?? 0), 0);
  const all = connections(uses);
  if (all > 0 && uses.every(({ connectionsAtPeak }) => connectionsAtPeak !== null))
    return { part: connections(own) / all, arithmetic: `${connections(own)} of ${all} connections at peak` };
  const users = new Set(uses.map((use) => use.service));
  return {
    part: own.length === 0 ? 0 : 1 / users.size,
    arithmetic: users.size === 1 ? 'nobody else uses it' : `one of ${users.size} services that use it`,
  };
}

export interface SharesInput {
  readonly items: readonly CostItemPlan[];
  readonly instances: readonly BackingInstancePlan[];
  readonly services: readonly RequestRange[];
  readonly stores: readonly RequestRange[];
}

const percent = (part: number): string => `${Number((part * 100).toFixed(1))} %`;

export function costShares({ items, instances, services, stores }: SharesInput): ServiceCostPlan[] {
  const shared = items.filter(({ instance }) => instance === null);
  const everything = [...services, ...stores];
  const partAt = (range: RequestRange, which: Which): number => partOf(range[which], sumOf(everything, which));
  const average = (range: RequestRange): number => (partAt(range, 'low') + partAt(range, 'high')) / 2;
  const compute = (range: RequestRange, which: Which): number => total(shared, which) * average(range);
  // A store on the nodes has its part of them beside its own items.
  const storeCost = (name: string, which: Which): number => {
    const own = items.filter(({ instance }) => instance === name);
    const onNodes = stores.find((store) => store.name === name);
    return total(own, which) + (onNodes === undefined ? 0 : compute(onNodes, which));
  };
  return services.map((range) => {
    const used = instances
      .filter(({ uses }) => uses.some(({ service }) => service === range.name))
      .flatMap(({ name, uses }) => {
        const { part, arithmetic } = storeShare(uses, range.name);
        const of = (which: Which): number => cents(storeCost(name, which) * part);
        return of('high') === 0 ? [] : [{ instance: name, low: of('low'), high: of('high'), arithmetic }];
      });
    const own = { low: cents(compute(range, 'low')), high: cents(compute(range, 'high')) };
    const sum = (which: Which): number => cents(own[which] + used.reduce((part, store) => part + store[which], 0));
    return {
      service: range.name,
      low: sum('low'),
      high: sum('high'),
      compute: {
        ...own,
        arithmetic: `${percent(average(range))} of what all pods request (${percent(partAt(range, 'low'))} at the least replicas, ${percent(partAt(range, 'high'))} at the most)`,
      },
      stores: used,
    };
  });
}
