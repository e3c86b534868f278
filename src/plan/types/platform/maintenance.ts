// What the platform's repository does by the clock: scans, and the issue of the next drill.

export interface MaintenancePlan {
  readonly runner: string;
  readonly nodeMajor: number;
  /** Cron of GitHub, in UTC. */
  readonly securityScan: string;
  /** Looks for known vulnerabilities in what the lock file names. */
  readonly auditCommand: readonly string[];
  /** Images that run in clusters, with the files that hold their digests; empty where no file does. */
  readonly images: readonly {
    readonly service: string;
    readonly repository: string;
    readonly releaseFiles: readonly string[];
  }[];
  readonly registry: string;
  readonly scan: { readonly severities: readonly string[]; readonly ignoreUnfixed: boolean };
  readonly trivy: string;
  readonly defaultBranch: string;
  /** When an issue with the drill's checklist is opened; null where no drill is declared. */
  readonly drill: { readonly schedule: string; readonly frequency: string; readonly checklist: string } | null;
}
