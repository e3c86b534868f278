// How a person brings the platform into an environment by one command: tools, order, what is waited for and what is asked afterwards.

export type DeploymentTarget = 'docker' | 'kubernetes' | 'aws';
export type DeploymentStrategy = 'rolling' | 'blue-green' | 'canary';

/** A tool that has to be there, and the oldest version that knows what is asked of it. */
export interface DeploymentToolPlan {
  readonly name: string;
  /** Prints the version among other words. */
  readonly command: readonly string[];
  /** MAJOR.MINOR.PATCH. */
  readonly minimum: string;
  readonly targets: readonly DeploymentTarget[];
  /** Whether it is needed only where Argo CD delivers, or only where it does not; null = always. */
  readonly delivery: 'argo-cd' | 'kubectl' | null;
  readonly why: string;
  readonly source: string;
}

/** The tests of one service, as its workflow runs them. */
export interface DeploymentTestPlan {
  readonly service: string;
  readonly folder: string;
  readonly command: readonly string[];
  /** Compose file of the servers that they use, below the folder; null without any. */
  readonly servers: string | null;
  readonly serversSeconds: number;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
}

/** A question through a public route after a deployment. */
export interface PublicCheckPlan {
  readonly service: string;
  readonly host: string;
  readonly path: string;
  /** `success`: 2xx or 3xx, since the declaration says that the path answers so. `answer`: everything below 500. */
  readonly wants: 'success' | 'answer';
}

export interface DockerDeploymentPlan {
  /** Compose project. */
  readonly project: string;
  /** Compose file, from the root of the repository. */
  readonly file: string;
  /** `build`: images are made from the sources. `registry`: images are pulled. */
  readonly images: 'build' | 'registry';
  /** Called services before their callers: the order in which they are replaced. */
  readonly services: readonly string[];
  /** How long one service may take to become healthy. */
  readonly waitSeconds: number;
  readonly httpsPort: number;
  /** Certificate of the development authority, from the root of the repository. */
  readonly authority: string;
  /** One-shot services of the profile `backup`. */
  readonly backups: readonly string[];
}

export interface KubernetesServicePlan {
  readonly service: string;
  readonly strategy: DeploymentStrategy;
  readonly image: string;
  /** Application of Argo CD; null where the script applies the manifests. */
  readonly application: string | null;
  /** Release file that Argo CD follows; null without it. */
  readonly releaseFile: string | null;
  /** Folder of the service from the root of this repository; null for a published declaration. */
  readonly folder: string | null;
  /** What the service's own deployment script reads from its environment. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly hasMigration: boolean;
  readonly waitSeconds: number;
}

export interface KubernetesDeploymentPlan {
  /** Name of the cluster; null: whatever the context points at. */
  readonly cluster: string | null;
  readonly account: string | null;
  readonly region: string;
  readonly delivery: 'argo-cd' | 'kubectl';
  readonly dataNamespace: string;
  /** Folder of the manifests that the services stand on, from the root of the repository. */
  readonly manifests: string;
  /** Application of those manifests; null without Argo CD. */
  readonly application: string | null;
  /** Branch that Argo CD follows; null without it. */
  readonly revision: string | null;
  readonly gateway: { readonly name: string; readonly namespace: string };
  readonly services: readonly KubernetesServicePlan[];
  readonly waitSeconds: number;
  /** CronJobs of the data namespace that a backup is made from. */
  readonly backups: readonly string[];
}

export interface DeploymentEnvironmentPlan {
  readonly name: string;
  /** Asks for the environment's name before it changes anything. */
  readonly gated: boolean;
  /** The environment that a version comes from; null for the first one in a cluster. */
  readonly before: string | null;
  readonly docker: DockerDeploymentPlan | null;
  readonly kubernetes: KubernetesDeploymentPlan | null;
  /** Folder of the Terraform root, from the root of the repository; null where nothing runs in the cloud. */
  readonly terraform: string | null;
  readonly checks: readonly PublicCheckPlan[];
}

export interface DeploymentPlan {
  /** Oldest Node.js that runs the script. */
  readonly nodeMinimum: string;
  readonly tools: readonly DeploymentToolPlan[];
  readonly tests: readonly DeploymentTestPlan[];
  /** How long a public route is asked before the deployment counts as failed, and how many right answers in a row it takes. */
  readonly verification: {
    readonly seconds: number;
    readonly intervalSeconds: number;
    readonly successes: number;
    readonly why: string;
  };
  readonly backupSeconds: number;
  readonly environments: readonly DeploymentEnvironmentPlan[];
}
