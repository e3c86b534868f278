// Turns plain variables into kustomize's env file and the generator that makes a ConfigMap of it.
import type { NameValue } from '../../plan/types';
import { metadata } from './labels';
import type { Scope } from './manifest';
import { configMapName } from './variables';

/** File beside the kustomization. */
export const configFile = 'config.env';

/** KEY=value lines. What follows the first `=` is the value, to the end of the line, quotes and all. */
export function configText(variables: readonly NameValue[]): string {
  return variables.map(({ name, value }) => `${name}=${value}\n`).join('');
}

/**
 * An entry of `configMapGenerator`. An env file, since kustomize strips quotes from `literals`. The hash in the name
 * makes a changed value roll the pods, and going back finds the values that belonged to the old ones.
 */
export function configMapGenerator(scope: Scope, behavior: 'create' | 'replace'): object {
  const { labels, annotations } = metadata(scope, {
    name: configMapName(scope),
    phase: 'configure',
    // Old pods may restart until the new ones are ready: their ConfigMap goes last.
    annotations: { 'argocd.argoproj.io/sync-options': 'PruneLast=true' },
  });
  return {
    name: configMapName(scope),
    ...(behavior === 'replace' ? { behavior } : {}),
    envs: [configFile],
    options: { labels, annotations },
  };
}
