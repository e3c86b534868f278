// What an environment costs in a month: an estimate from the dated price table, item by item and service by service.

/** One line of the bill, in the currency's unit; low at the least replicas, high at the most. */
export interface CostItemPlan {
  /** For people, for example `nodes` or `postgres: db.m7g.large`. */
  readonly name: string;
  readonly group: 'nodes' | 'cluster' | 'network' | 'disks' | 'store';
  /** Backing instance that it belongs to; null otherwise. */
  readonly instance: string | null;
  /** Key of the price table. */
  readonly item: string;
  readonly unit: string;
  readonly unitPrice: number;
  readonly quantity: { readonly low: number; readonly high: number };
  readonly low: number;
  readonly high: number;
  /** What a commitment of one year for the low quantity saves. */
  readonly reservedSaves: number;
  readonly why: string;
  readonly source: string;
}

/** What a service has of the bill. */
export interface ServiceCostPlan {
  readonly service: string;
  readonly low: number;
  readonly high: number;
  /** Its part of nodes, cluster and network, by what its pods request. */
  readonly compute: { readonly low: number; readonly high: number; readonly arithmetic: string };
  /** Its part of each store, by connections at peak, or by the size of its data, or evenly. */
  readonly stores: readonly {
    readonly instance: string;
    readonly low: number;
    readonly high: number;
    readonly arithmetic: string;
  }[];
}

export interface CostPlan {
  /** Day of the price table, and the region that its prices are of. */
  readonly asOf: string;
  readonly region: string;
  readonly currency: string;
  readonly low: number;
  readonly high: number;
  readonly items: readonly CostItemPlan[];
  readonly services: readonly ServiceCostPlan[];
  /** What would be cheaper, and by how much in a month. */
  readonly alternatives: readonly { readonly name: string; readonly saves: number; readonly arithmetic: string }[];
  /** Most that the environment is to cost in a month; null where nobody says. */
  readonly budget: number | null;
  /** What the estimate takes for granted. */
  readonly assumptions: readonly string[];
}
