// Turns the plan into platform/cost.md: what each environment and each service costs in a month, item by item, as an estimate.
import type { ClusterPlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';

/** Two digits, since a cent is the least that is billed. */
const money = (amount: number): string => amount.toFixed(2);
/** A unit price may be a fraction of a cent. */
const price = (amount: number): string => String(amount);

const range = (low: number, high: number): string => (low === high ? money(low) : `${money(low)} to ${money(high)}`);

function environmentView({ name, region, cost, instances }: ClusterPlan): object {
  return {
    name,
    region,
    currency: cost.currency,
    total: range(cost.low, cost.high),
    budget: cost.budget === null ? null : money(cost.budget),
    items: cost.items.map((item) => ({
      name: item.name,
      quantity: range(item.quantity.low, item.quantity.high).replaceAll('.00', ''),
      unit: item.unit,
      price: price(item.unitPrice),
      source: item.source,
      sum: range(item.low, item.high),
      why: item.why,
    })),
    services: cost.services.map(({ service, low, high, compute, stores }) => ({
      service,
      sum: range(low, high),
      compute: `${range(compute.low, compute.high)}: ${compute.arithmetic}`,
      stores: stores
        .map((store) => `${store.instance} ${range(store.low, store.high)} (${store.arithmetic})`)
        .join('; '),
    })),
    alternatives: cost.alternatives.map((found) => ({ ...found, saves: money(found.saves) })),
    assumptions: cost.assumptions,
    classes: instances.flatMap(({ name: instance, title, managed }) =>
      managed === null ? [] : [{ instance, title, type: managed.instanceType ?? 'no class', why: managed.why }],
    ),
  };
}

export function renderPlatformCost(plan: PlatformPlan): readonly GeneratedFile[] {
  const [first] = plan.clusters;
  if (first === undefined) return [];
  return [
    {
      path: 'platform/cost.md',
      at: 'repository',
      body: renderTemplate('platform-cost/cost.md', {
        declaration: plan.identity.declaration,
        asOf: first.cost.asOf,
        region: first.cost.region,
        currency: first.cost.currency,
        environments: plan.clusters.map(environmentView),
      }),
      comment: 'html',
      executable: false,
    },
  ];
}
