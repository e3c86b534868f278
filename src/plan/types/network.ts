// Who may talk to whom, and what of the service is public.

/** The other end of an edge. */
export type NetworkPeer =
  /** Pods by label, in the namespace with this name (null = the same namespace). */
  | { readonly kind: 'pods'; readonly namespace: string | null; readonly labels: Readonly<Record<string, string>> }
  /** Every pod of a namespace. */
  | { readonly kind: 'namespace'; readonly namespace: string }
  /** Addresses, without the excepted ranges. */
  | { readonly kind: 'addresses'; readonly cidr: string; readonly except: readonly string[] };

export interface NetworkPort {
  /** A number, or the name of a container port where the number is the peer's own business. */
  readonly port: number | string;
  readonly protocol: 'TCP' | 'UDP';
}

/** One allowed direction. Everything that no edge names is denied. */
export interface NetworkEdge {
  /** DNS label, unique per direction: `dns`, `postgres`, `auth-service`, `scrape`, `gateway`, `outside`. */
  readonly name: string;
  readonly peer: NetworkPeer;
  readonly ports: readonly NetworkPort[];
  /** Which of the service's pods the edge is for. */
  readonly components: readonly ('web' | 'worker' | 'job' | 'migration')[];
  readonly why: string;
  /** Hosts that an edge to addresses is meant for (a NetworkPolicy cannot name hosts); empty otherwise. */
  readonly hosts: readonly string[];
}

export interface NetworkPlan {
  readonly ingress: readonly NetworkEdge[];
  readonly egress: readonly NetworkEdge[];
  /** Labels of the pods that open the edges of called services: each callee admits pods with its own. */
  readonly callLabels: Readonly<Record<string, string>>;
}

/** The public side of a service. */
export interface ExposurePlan {
  readonly kind: 'gateway' | 'ingress';
  readonly host: string;
  readonly paths: readonly string[];
  /** Paths below them that a GET answers with success; empty when none is declared. */
  readonly samples: readonly string[];
  readonly bodyLimitBytes: number | null;
  /** Requests per client address; null = no limit declared. */
  readonly rateLimit: { readonly requests: number; readonly unit: 'Second' | 'Minute' | 'Hour' } | null;
  readonly requestTimeoutSeconds: number;
  readonly websockets: boolean;
  readonly tls: { readonly secretName: string; readonly issuer: string };
  /** The shared Gateway that the route attaches to. */
  readonly gateway: { readonly name: string; readonly namespace: string; readonly section: string };
  /** Used by kind `ingress` only. */
  readonly ingressClass: string;
}
