// The options of a platform's project: projen's own, and the declaration's keys as they are in platform.yaml.
import type { ProjectOptions } from 'projen';
import type {
  Aws,
  BackingResources,
  Backups,
  Certificates,
  Channels,
  GatewayFacts,
  Observability,
  PlatformEnvironment,
  PlatformRecovery,
  Policy,
  PublishedService,
  ServiceFacts,
} from '../../declaration/platform';
import type { InlineService } from './groundwork-platform';

export interface PlatformProjectOptions extends ProjectOptions {
  /**
   * Domain of the platform. Required, unless `declaration` is given.
   *
   * @default - of the declaration's file
   * @featured
   */
  readonly domain?: string;
  /**
   * The services: folders, globs (`backend/services/*`), published declarations, services that are declared here with
   * their folder, or no more than name and port of one that is declared elsewhere.
   *
   * @default - none
   * @featured
   */
  readonly services?: (string | PublishedService | ServiceFacts | InlineService)[];
  /**
   * Slack channel of every alert that has no other: short for `notify: { default }`.
   *
   * @default - of `notify`
   * @pjnew "#alerts"
   */
  readonly channel?: string;
  /**
   * Where images are pushed.
   *
   * @default "ghcr.io/NAME"
   */
  readonly registry?: string;
  /**
   * OWNER/NAME of this repository on GitHub.
   *
   * @default "NAME/NAME"
   */
  readonly repository?: string;
  /**
   * Day against which end of life is measured, YYYY-MM-DD.
   *
   * @default - the day of the catalog
   */
  readonly asOf?: string;
  /**
   * The environments, in order of promotion, by name.
   *
   * @default - development on compose, staging and production on Kubernetes
   */
  readonly environments?: { [name: string]: PlatformEnvironment };
  /**
   * The shared backing resources, by kind.
   *
   * @default - the newest supported version, the smallest class that carries what is declared
   */
  readonly backing?: BackingResources;
  /**
   * Alert channel by owner, for all severities or one for each; `default` for the rest.
   *
   * @default - of `channel`
   */
  readonly notify?: { [owner: string]: string | Channels };
  /**
   * The shared Gateway that public routes attach to.
   *
   * @default - public in namespace gateway-system, listener https
   */
  readonly gateway?: GatewayFacts;
  /**
   * Address range of the cluster's private network.
   *
   * @default "10.0.0.0/16"
   */
  readonly network?: string;
  /**
   * What watches the services.
   *
   * @default - Prometheus and Grafana; neither logging nor tracing
   */
  readonly observability?: Observability;
  /**
   * Promised for every service that promises nothing itself.
   *
   * @default - nothing is promised
   */
  readonly recovery?: PlatformRecovery;
  /**
   * Where backups go, and how long they are kept.
   *
   * @default - 7 days
   */
  readonly backups?: Backups;
  /**
   * Who certificates come from.
   *
   * @default - Let's Encrypt
   */
  readonly certificates?: Certificates;
  /**
   * Who applies the manifests.
   *
   * @default "argo-cd"
   */
  readonly gitops?: 'argo-cd' | 'none';
  /**
   * Service mesh.
   *
   * @default "none"
   */
  readonly mesh?: 'none' | 'istio';
  /**
   * Network policies beyond those of Kubernetes.
   *
   * @default - none
   */
  readonly policy?: Policy;
  /**
   * What Terraform makes on AWS for the environments that have an account.
   *
   * @default - a network of 10.0.0.0/16, the API of the clusters inside of it
   */
  readonly aws?: Aws;
  /**
   * YAML file that declares the platform, in place of the options above.
   *
   * @default - the options above declare it
   */
  readonly declaration?: string;
  /**
   * npm, pnpm or yarn.
   *
   * @default "npm"
   */
  readonly packageManager?: 'npm' | 'pnpm' | 'yarn';
  /**
   * Workspaces of the repository's package.json.
   *
   * @default - the services' folders and the workspaces that they are built with
   */
  readonly workspaces?: string[];
  /**
   * Development dependencies of the repository; `projen new` adds this library.
   *
   * @default []
   */
  readonly devDeps?: string[];
}
