// Turns a plan into the labels, selectors and annotations that objects find each other by.
import type { ObjectMetadata, Scope } from './manifest';

const domain = 'groundwork.daorsagro.com';

/**
 * When an object is applied: `configure` is what a pod needs to start, `migrate` runs to its end next, `run` is the rest.
 * `kubectl apply -k OVERLAY -l groundwork.daorsagro.com/phase=configure` picks one; Argo CD goes by the sync waves below.
 */
export type Phase = 'configure' | 'migrate' | 'run';
export const phaseLabel = `${domain}/phase`;

/** Argo CD applies a wave when the one before is healthy; 0 is what it does without an annotation. */
const syncWaves: Readonly<Record<Phase, string>> = { configure: '-2', migrate: '-1', run: '0' };

export type Component = 'web' | 'worker' | 'job' | 'migration';

interface Identity {
  readonly name: string;
  readonly phase: Phase;
  /** Absent for what all of the service's pods share. */
  readonly component?: Component;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Name, the recommended labels and who to ask. */
export function metadata(scope: Scope, identity: Identity): ObjectMetadata {
  return {
    name: identity.name,
    labels: {
      ...serviceLabels(scope),
      // Polaris (metadataAndInstanceMismatched) wants the instance to be the object's own name.
      'app.kubernetes.io/instance': identity.name,
      ...(identity.component === undefined ? {} : { 'app.kubernetes.io/component': identity.component }),
      [phaseLabel]: identity.phase,
    },
    annotations: { ...ownerAnnotations(scope), ...waveAnnotation(identity.phase), ...identity.annotations },
  };
}

/** Labels that every object of the service has. */
export function serviceLabels({ plan }: Scope): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': plan.identity.name,
    'app.kubernetes.io/part-of': plan.identity.platform,
    'app.kubernetes.io/managed-by': 'groundwork',
    // For node selection, cost reports and whoever has to choose what comes back first.
    [`${domain}/tier`]: plan.identity.tier,
  };
}

/** Whom to ask and which declaration to change. */
export function ownerAnnotations({ plan }: Scope): Readonly<Record<string, string>> {
  const { repository, owner, declaration } = plan.identity;
  return { [`${domain}/owner`]: owner, [`${domain}/declaration`]: `${repository}/${declaration}` };
}

/** Argo CD's order; nothing for what runs, whose wave 0 is the default. */
export function waveAnnotation(phase: Phase): Readonly<Record<string, string>> {
  return phase === 'run' ? {} : { 'argocd.argoproj.io/sync-wave': syncWaves[phase] };
}

/** Selects the pods of one workload. Immutable in a Deployment, so it holds nothing that could ever change. */
export function workloadSelector({ plan }: Scope, workload: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': plan.identity.name, 'app.kubernetes.io/instance': workload };
}

/** Selects all pods of the service, or those of one component. */
export function podSelector({ plan }: Scope, component: Component | null): Readonly<Record<string, string>> {
  const name = { 'app.kubernetes.io/name': plan.identity.name };
  return component === null ? name : { ...name, 'app.kubernetes.io/component': component };
}

/** Labels of the pods themselves; those of `callLabels` open the network edges of called services. */
export function podLabels(scope: Scope, workload: string, component: Component): Readonly<Record<string, string>> {
  return {
    ...serviceLabels(scope),
    'app.kubernetes.io/instance': workload,
    'app.kubernetes.io/component': component,
    ...scope.environment.network.callLabels,
  };
}
