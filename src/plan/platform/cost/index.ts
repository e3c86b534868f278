// Estimates what an environment costs in a month, from the dated price table.
import { prices, pricesAsOf, pricesCurrency, pricesRegion } from '../../../catalog/prices';
import type { Decisions } from '../../decisions';
import type { BackingInstancePlan, ClusterPlan, CostItemPlan, CostPlan } from '../../types/platform';
import type { ServiceThere } from '../input';
import { cents, costItems } from './items';
import { partOf, type RequestRange, serviceRequests, storeRequests, sumOf } from './requests';
import { costShares } from './shares';

export interface CostInput {
  readonly cluster: Pick<ClusterPlan, 'nodes' | 'gated' | 'region' | 'aws'>;
  readonly instances: readonly BackingInstancePlan[];
  readonly services: readonly ServiceThere[];
  /** Null where nobody says. */
  readonly budget: number | null;
  readonly decisions: Decisions;
}

const sum = (items: readonly CostItemPlan[], which: 'low' | 'high' | 'reservedSaves'): number =>
  cents(items.reduce((total, item) => total + item[which], 0));

/** Services that can wait on machines that AWS takes back at two minutes' notice. */
function spotAlternative(
  items: readonly CostItemPlan[],
  ranges: readonly RequestRange[],
  services: readonly ServiceThere[],
) {
  if (items.some(({ unitPrice, item, group }) => group === 'nodes' && unitPrice < (prices[item]?.usd ?? 0))) return [];
  const [nodes] = items;
  const waiting = new Set(
    services.filter(({ service }) => service.plan.identity.tier === 'background').map(({ name }) => name),
  );
  if (nodes === undefined || waiting.size === 0) return [];
  const chosen = ranges.filter(({ name }) => waiting.has(name));
  const part = partOf(sumOf(chosen, 'low'), sumOf(ranges, 'low'));
  const spot = prices[nodes.item]?.spot ?? 1;
  return [
    {
      name: 'spot machines for services of tier background',
      saves: cents(nodes.low * part * (1 - spot)),
      arithmetic: `${[...waiting].sort().join(', ')}: ${Number((part * 100).toFixed(1))} % of ${nodes.low} for nodes, of which spot saves ${Math.round((1 - spot) * 100)} %`,
    },
  ];
}

export function planCost({ cluster, instances, services, budget, decisions }: CostInput): CostPlan {
  const own = serviceRequests(services);
  const stores = storeRequests(instances);
  const ranges = [...own, ...stores];
  const items = costItems({ ...cluster, instances }, ranges);
  const largest = [...items]
    .sort((a, b) => b.high - a.high || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name, high }) => `${name} ${high.toFixed(0)}`);
  const note = (which: 'low' | 'high', replicas: string): number =>
    decisions.decide(sum(items, which), {
      path: `cost.${which}`,
      unit: `${pricesCurrency} a month`,
      by: 'rule',
      why: `an estimate at the ${replicas} replicas, by list prices of ${pricesRegion} of ${pricesAsOf}; most of it: ${largest.join(', ')}`,
    });
  return {
    ...{ asOf: pricesAsOf, region: pricesRegion, currency: pricesCurrency },
    low: note('low', 'least'),
    high: note('high', 'most'),
    items,
    services: costShares({ items, instances, services: own, stores }),
    alternatives: [
      {
        name: 'a commitment of one year without payment up front, for what always runs',
        saves: sum(items, 'reservedSaves'),
        arithmetic: 'savings plan for the nodes at the least replicas, reserved instances for the data stores',
      },
      ...spotAlternative(items, ranges, services),
    ],
    budget,
    assumptions: [
      `list prices of ${pricesRegion}, without tax and without what a contract or the free tier saves${cluster.region === pricesRegion ? '' : `; ${cluster.region} differs by some 10 %`}`,
      'the low figure has every service at its least replicas all month, the high one at its most',
      '100 to 500 GB in a month go out to the internet, and as many through NAT',
      'nodes are those that the peak needs, rollouts, jobs and migrations counted: nothing that is generated adds or removes nodes',
      'what runs in the monitoring namespace, logs in CloudWatch and support are not counted',
    ],
  };
}
