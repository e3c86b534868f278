// Turns the rules of an environment into a PrometheusRule of the Prometheus Operator.
import { environmentRules } from '../shared/rules';
import { metadata } from './labels';
import { type Manifest, manifest, type Scope } from './manifest';

export function prometheusRule(scope: Scope): Manifest {
  const { file, comments } = environmentRules(scope.environment);
  return manifest(
    'prometheus-rule.yaml',
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: metadata(scope, { name: scope.plan.identity.name, phase: 'run' }),
      spec: file,
    },
    Object.fromEntries(Object.entries(comments).map(([path, why]) => [`spec.${path}`, why])),
  );
}
