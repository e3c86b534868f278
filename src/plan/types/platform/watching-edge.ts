// Who talks to whom among what watches a cluster: the one list that its network policies are rendered from.

/** Pods by their labels, or addresses. */
export interface WatchingEndPlan {
  readonly name: string;
  readonly pods: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> } | null;
  readonly addresses: { readonly cidr: string; readonly except: readonly string[] } | null;
  /** Whether a policy of its own is written for its pods; those of other installations have none here. */
  readonly guarded: boolean;
  readonly why: string;
}

export interface WatchingEdgePlan {
  /** Names of ends. */
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly why: string;
}
