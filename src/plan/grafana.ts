// Decides where people open the dashboards of an environment: a way through the cluster's API server, since they have no public one.
import type { PlatformFacts } from '../model/platform-facts';

/** Port of a laptop's own Grafana, if no service has it. */
export const laptopGrafanaPort = 3030;
const containerPort = 3000;

/** Another one for each environment, so that all of them can be open at once, beside a laptop's own. */
const portOf = ({ environments }: PlatformFacts, environment: string): number =>
  laptopGrafanaPort +
  1 +
  Math.max(
    0,
    environments.findIndex(({ name }) => name === environment),
  );

/**
 * What Kubernetes lets in through the API server asks who is there, by the accounts that people have for the cluster, and
 * every call is in its audit log: https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/
 */
export const grafanaAt = (platform: PlatformFacts, environment: string) => ({
  url: `http://127.0.0.1:${portOf(platform, environment)}`,
  command: (namespace: string): string =>
    `kubectl --namespace ${namespace} port-forward service/grafana ${portOf(platform, environment)}:${containerPort}`,
});
