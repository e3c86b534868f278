// What `init` found out about a service, each value with the place that tells it.
import type { Found } from './snapshot';

export interface RuntimeFindings {
  readonly node: Found<number> | null;
  readonly packageManager: Found<string> | null;
  readonly workspace: Found<string> | null;
  readonly workspaces: readonly Found<string>[];
  readonly typescript: Found<boolean>;
  readonly build: Found<string> | null;
  readonly start: Found<string> | null;
  readonly outputs: readonly Found<string>[];
  /** Only where migrations do not say so already. */
  readonly prisma: Found<boolean> | null;
  readonly nativeModules: Found<boolean> | null;
  /** Null for a service that runs. */
  readonly static: { readonly from: string; readonly output: Found<string> | null } | null;
}

export interface HttpFindings {
  readonly port: Found<number>;
  /** Null: no path was found, and the defaults are to be served. */
  readonly health: { readonly live: Found<string>; readonly ready: Found<string> } | null;
  readonly metrics: { readonly path: Found<string>; readonly library: 'prom-client' | 'opentelemetry' } | null;
}

export interface NeedFindings {
  readonly kind: string;
  readonly from: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly value: string | readonly Found<string>[];
    readonly from: string;
  }[];
  /** Variable → output; empty when the defaults are what the code reads. */
  readonly env: readonly (Found<string> & { readonly name: string })[];
}

export interface VariableFindings {
  readonly config: readonly {
    readonly name: string;
    readonly value: string | number | boolean;
    readonly from: string;
  }[];
  readonly secrets: readonly Found<string>[];
  /** Names that the code reads and for which nothing proposes a value. */
  readonly withoutValue: readonly Found<string>[];
}

export interface CheckFindings {
  /** False: there is no such script, so the workflow must not run it. Null: the default is right. */
  readonly lint: Found<false> | null;
  readonly types: Found<string | false> | null;
  readonly test: Found<false> | null;
}

export interface Findings {
  readonly name: Found<string>;
  readonly owner: Found<string>;
  readonly description: Found<string> | null;
  readonly runtime: RuntimeFindings;
  /** Null for a service without a server. */
  readonly http: HttpFindings | null;
  readonly migrations: Found<string> | null;
  readonly workers: readonly { readonly name: string; readonly command: Found<string> }[];
  readonly needs: readonly NeedFindings[];
  readonly services: readonly Found<string>[];
  readonly hosts: readonly Found<string>[];
  readonly variables: VariableFindings;
  readonly checks: CheckFindings;
  /** What a person has to know or decide, one sentence each. */
  readonly remarks: readonly string[];
}
