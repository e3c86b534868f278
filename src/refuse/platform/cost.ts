// Refuses an environment whose estimate is above its declared budget, and warns of one that may come to be.
import type { ClusterPlan, CostPlan } from '../../plan/types/platform';
import { inClusters, type PlatformFinding, type PlatformRefusal } from './refusal';

const money = (amount: number): string => amount.toFixed(0);

/** The five largest items: what is worth a look. */
function largest({ items }: CostPlan, which: 'low' | 'high'): string {
  return [...items]
    .sort((a, b) => b[which] - a[which] || (a.name < b.name ? -1 : 1))
    .slice(0, 5)
    .map((item) => `${item.name} ${money(item[which])}`)
    .join(', ');
}

const cheaper = ({ alternatives }: CostPlan): string =>
  alternatives
    .filter(({ saves }) => saves >= 1)
    .map(({ name, saves }) => `${name} saves ${money(saves)}`)
    .join('; ');

function finding(
  name: string,
  cost: CostPlan,
  which: 'low' | 'high',
  budget: number,
): Omit<PlatformFinding, 'environment'> {
  const replicas = which === 'low' ? 'least' : 'most';
  return {
    service: null,
    path: ['aws', 'monthlyBudget', name],
    message: `${money(cost[which])} ${cost.currency} a month at the ${replicas} replicas, by list prices of ${cost.asOf} (an estimate), but the budget is ${money(budget)}: ${money(cost[which] - budget)} too much. The largest items: ${largest(cost, which)}.`,
    fix: `Set aws.monthlyBudget.${name} to at least ${money(Math.ceil(cost[which]))}, or choose smaller classes of data stores, fewer replicas or no highAvailability where nobody needs it; ${cheaper(cost)}.`,
  };
}

const costExceedsBudget: PlatformRefusal = {
  code: 'cost-exceeds-budget',
  severity: 'error',
  title: 'An environment costs more than its budget even at the least replicas',
  why: 'The bill comes a month later, when the money is spent.',
  check: (plan) =>
    inClusters(plan, ({ name, cost }: ClusterPlan) =>
      cost.budget === null || cost.low <= cost.budget ? [] : [finding(name, cost, 'low', cost.budget)],
    ),
};

const costMayExceedBudget: PlatformRefusal = {
  code: 'cost-may-exceed-budget',
  severity: 'warning',
  title: 'An environment costs more than its budget when every service is at its most replicas',
  why: 'Under load that lasts the budget is exceeded, and nobody has decided that it may.',
  check: (plan) =>
    inClusters(plan, ({ name, cost }: ClusterPlan) =>
      cost.budget === null || cost.low > cost.budget || cost.high <= cost.budget
        ? []
        : [finding(name, cost, 'high', cost.budget)],
    ),
};

export const costRefusals: readonly PlatformRefusal[] = [costExceedsBudget, costMayExceedBudget];
