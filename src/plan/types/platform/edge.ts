// Who talks to whom across the platform: the one list that network policies, grants, access lists and the mesh are rendered from.

/** One end of an edge. */
export interface EdgeEnd {
  /**
   * `service`: of this platform. `resource`: a backing instance. `platform`: what the platform runs beside both, for
   * example `prometheus`. `outside`: a host outside the cluster, or `internet` for the clients of public paths.
   */
  readonly kind: 'service' | 'resource' | 'platform' | 'outside';
  readonly name: string;
}

export interface PlatformEdgePlan {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** Which of the caller's pods it is for; empty where the caller is no service. */
  readonly components: readonly ('web' | 'worker' | 'job' | 'migration')[];
  /** What declares it. */
  readonly by:
    | 'needs.services'
    | 'needs'
    | 'needs.http'
    | 'http.public'
    | 'http.metrics'
    | 'observability.tracing'
    | 'platform';
  /** Whether the caller works without the other end. */
  readonly optional: boolean;
  readonly why: string;
}
