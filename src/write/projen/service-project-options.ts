// The options of a service's project: projen's own, and the declaration's keys as they are in service.yaml.
import type { ProjectOptions } from 'projen';
import type { PlatformDeclaration } from '../../declaration/platform';
import type {
  BusinessAlert,
  Checks,
  Http,
  Job,
  Migrations,
  Needs,
  Objectives,
  Override,
  Recovery,
  Runtime,
  Scale,
  Secret,
  ServiceOverride,
  Size,
  Worker,
} from '../../declaration/service';

export interface ServiceProjectOptions extends ProjectOptions {
  /**
   * Team that is paged for the service; decides the alert channel. Required, unless `declaration` is given.
   *
   * @default - of the declaration's file
   * @featured
   */
  readonly owner?: string;
  /**
   * One line for people: image label, dashboard, runbook.
   *
   * @default ""
   * @featured
   */
  readonly description?: string;
  /**
   * How important it is: decides replicas, priority and the node group.
   *
   * @default "standard"
   * @featured
   */
  readonly tier?: 'critical' | 'standard' | 'background';
  /**
   * How the service is built and started.
   *
   * @default - Node.js 24, npm, TypeScript
   */
  readonly runtime?: Runtime;
  /**
   * The HTTP server of the service.
   *
   * @default - none: the service only works
   * @featured
   */
  readonly http?: Http;
  /**
   * Port of the HTTP server, where nothing else is to be said about it: short for `http: { port }`.
   *
   * @default - of `http`
   * @pjnew 3000
   */
  readonly port?: number;
  /**
   * Command that brings the database to the new version's schema.
   *
   * @default - none
   */
  readonly migrations?: Migrations;
  /**
   * Processes of the same image beside the web process, by name.
   *
   * @default - none
   */
  readonly workers?: { [name: string]: Worker };
  /**
   * Scheduled commands of the same image, by name.
   *
   * @default - none
   */
  readonly jobs?: { [name: string]: Job };
  /**
   * What the service uses: databases, brokers, buckets, other services, outside hosts.
   *
   * @default - nothing
   * @featured
   */
  readonly needs?: Needs;
  /**
   * Plain variables, by name; never a secret.
   *
   * @default - none
   */
  readonly config?: { [name: string]: string | number | boolean };
  /**
   * Names of secret variables, never their values.
   *
   * @default - none
   */
  readonly secrets?: (string | Secret)[];
  /**
   * How many replicas run.
   *
   * @default - of the tier
   */
  readonly scale?: Scale;
  /**
   * CPU and memory, request and limit.
   *
   * @default "small"
   */
  readonly size?: Size;
  /**
   * Promised availability, latency and throughput.
   *
   * @default - nothing is promised
   */
  readonly objectives?: Objectives;
  /**
   * Promised recovery.
   *
   * @default - of the platform
   */
  readonly recovery?: Recovery;
  /**
   * Alerts on the service's own metrics, by name.
   *
   * @default - none
   */
  readonly alerts?: { [name: string]: BusinessAlert };
  /**
   * How a new version takes over.
   *
   * @default "rolling"
   */
  readonly deploy?: 'rolling' | 'blue-green' | 'canary';
  /**
   * Commands of the workflow's checks.
   *
   * @default - lint, typecheck and test of package.json
   */
  readonly checks?: Checks;
  /**
   * What differs in an environment, in the shape of the declaration itself.
   *
   * @default - nothing differs
   */
  readonly environments?: { [name: string]: ServiceOverride };
  /**
   * What the declaration cannot say: JSON Patches on generated objects.
   *
   * @default - none
   */
  readonly overrides?: Override[];
  /**
   * YAML file that declares the service, in place of the options above.
   *
   * @default - the options above declare it
   */
  readonly declaration?: string;
  /**
   * The platform's declaration.
   *
   * @default - of `platformFile`
   */
  readonly platform?: PlatformDeclaration;
  /**
   * YAML file of the platform's declaration.
   *
   * @default - platform.yaml, where there is one; else documented defaults
   */
  readonly platformFile?: string;
  /**
   * Dependencies of the service, as in package.json: `express@^5`.
   *
   * @default []
   * @featured
   */
  readonly deps?: string[];
  /**
   * Development dependencies; `projen new` adds this library.
   *
   * @default []
   */
  readonly devDeps?: string[];
}
