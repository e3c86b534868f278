// How a change becomes a running version: checks, image, staging, production.
import type { HealthCheckPlan } from '../../catalog/facts';
import type { PackageManager } from './build';

/** A database or broker that the tests use, started beside them. */
export interface TestContainerPlan {
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly command: readonly string[] | null;
  readonly healthCheck: HealthCheckPlan | null;
  /** Variables of the test step that point at it on localhost. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
}

/** A place to deploy to, in order. */
export interface DeliveryStagePlan {
  readonly environment: string;
  /**
   * Who brings a version there. `kubectl`: the workflow applies the manifests. With Argo CD the workflow only proposes the digest
   * in the first environment (`release`); to the others a person promotes it (`promotion`), and the workflow has no job for them.
   */
  readonly by: 'kubectl' | 'release' | 'promotion';
  /** Waits for a reviewer: the GitHub environment's protection rule. */
  readonly gated: boolean;
  readonly namespace: string;
  /** Values, or null: then the GitHub environment's variables AWS_ROLE_ARN, AWS_REGION and EKS_CLUSTER are used. */
  readonly roleArn: string | null;
  readonly region: string | null;
  readonly cluster: string | null;
  /** Folder of the overlay, from the service's folder. */
  readonly overlay: string;
  /** Where the smoke test asks after the rollout: through the cluster's API server proxy, or the public address. */
  readonly smoke: {
    readonly url: string | null;
    readonly path: string;
    readonly service: string;
    readonly timeoutSeconds: number;
  } | null;
  readonly rolloutTimeoutSeconds: number;
  readonly migration: string | null;
  readonly migrationTimeoutSeconds: number;
  /** Deployments to wait for and to roll back. */
  readonly deployments: readonly string[];
  /** Kind of the web workload: a Deployment, or an Argo Rollout for canary and blue-green. */
  readonly rollouts: readonly string[];
  /** Of the whole job: migration, rollout and a rollout back, smoke test, five minutes of overhead. */
  readonly timeoutMinutes: number;
}

export interface DeliveryPlan {
  readonly workflowName: string;
  /** File below .github/workflows. */
  readonly workflowFile: string;
  readonly defaultBranch: string;
  readonly runner: string;
  readonly nodeMajor: number;
  readonly packageManager: PackageManager;
  readonly packageManagerVersion: string | null;
  /** Commands are words: no shell reads them but the step's own, which gets each word quoted. */
  readonly installCommand: readonly string[];
  readonly folder: string;
  /** In a monorepo only changes below these run it; empty = every change. */
  readonly paths: readonly string[];
  readonly lintCommand: readonly string[] | null;
  readonly typesCommand: readonly string[] | null;
  readonly testCommand: readonly string[] | null;
  readonly buildCommand: readonly string[] | null;
  /** Fails when generated files are stale. */
  readonly freshnessCommand: readonly string[];
  readonly testContainers: readonly TestContainerPlan[];
  readonly imageRepository: string;
  readonly registry: string;
  readonly dockerfile: string;
  readonly buildContext: string;
  readonly stages: readonly DeliveryStagePlan[];
  readonly checkTimeoutMinutes: number;
  readonly imageTimeoutMinutes: number;
  /** Exact versions of what the jobs install. */
  readonly tools: { readonly kubectl: string; readonly trivy: string; readonly syft: string };
  readonly scan: { readonly severities: readonly string[]; readonly ignoreUnfixed: boolean };
  readonly slackChannel: string;
}
