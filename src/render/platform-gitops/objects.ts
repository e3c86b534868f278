// What every object for Argo CD has: its names, and how a list of kinds is written.
import type { GitopsPlan, PlatformPlan } from '../../plan/types/platform';
import type { ObjectMetadata } from '../shared/kubernetes/manifest';

/** The plan where Argo CD delivers. */
export interface GitopsScope {
  readonly plan: PlatformPlan;
  readonly argo: GitopsPlan;
}

export const argoApi = 'argoproj.io/v1alpha1';

/** Argo CD applies a wave when the one before is healthy: projects, what the platform needs, services. */
export type Wave = 'projects' | 'platform' | 'services';
const syncWaves: Readonly<Record<Wave, string>> = { projects: '-2', platform: '-1', services: '0' };

export function metadata(
  { plan, argo }: GitopsScope,
  name: string,
  wave: Wave,
  annotations: Readonly<Record<string, string>> = {},
): ObjectMetadata {
  return {
    name,
    namespace: argo.namespace,
    labels: {
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/part-of': plan.identity.name,
      'app.kubernetes.io/managed-by': 'groundwork',
    },
    annotations: { 'argocd.argoproj.io/sync-wave': syncWaves[wave], ...annotations },
  };
}

/**
 * The API server itself says what would change, so that defaults of custom resources are no drift:
 * https://argo-cd.readthedocs.io/en/stable/user-guide/diff-strategies/
 */
export const serverSideDiff = { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' } as const;

/** One list for every application; https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
export const syncOptions = [
  'ServerSideApply=true',
  'CreateNamespace=false',
  'PruneLast=true',
  'ApplyOutOfSyncOnly=true',
  'RespectIgnoreDifferences=true',
  'FailOnSharedResource=true',
] as const;

export function syncPolicy({ argo }: GitopsScope, automated: boolean): object {
  const { limit, firstSeconds, factor, longestSeconds } = argo.retry;
  return {
    ...(automated ? { automated: { prune: true, selfHeal: true } } : {}),
    syncOptions,
    retry: { limit, backoff: { duration: `${firstSeconds}s`, factor, maxDuration: `${longestSeconds}s` } },
  };
}

/** Comments on a sync policy, seen from the object that holds it at `path`. */
export function syncPolicyComments(
  { argo }: GitopsScope,
  path: string,
  automated: boolean,
): Readonly<Record<string, string>> {
  return {
    ...(automated
      ? { [`${path}.automated`]: 'No gate: what git holds is applied, and what somebody changes by hand is undone.' }
      : { [path]: 'Gated: nothing is applied until somebody syncs it.' }),
    [`${path}.syncOptions`]:
      'Namespaces are made with their Pod Security labels, never by the way; what vanished goes when the rest is healthy.',
    [`${path}.retry`]: `${argo.retry.why}.`,
  };
}
