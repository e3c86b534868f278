// Spells the three probes of a container.
import type { ProbePlan, ProbesPlan } from '../../plan/types';
import { literal } from '../shared/kubernetes/expansion';
import type { Commented } from './manifest';

/** `startupProbe`, `readinessProbe`, `livenessProbe`. */
export function probesOf(probes: ProbesPlan): Commented {
  return {
    value: {
      startupProbe: probe(probes.startup),
      readinessProbe: probe(probes.readiness),
      livenessProbe: probe(probes.liveness),
    },
    comments: {
      startupProbe: 'A slow start is not a failure: the other two begin when this one has succeeded.',
      readinessProbe: 'Takes the pod out of the Service; may ask what the service depends on.',
      livenessProbe:
        'Restarts the container; never asks a dependency, or an outage there would restart every pod here.',
    },
  };
}

function probe({ check, periodSeconds, timeoutSeconds, failureThreshold }: ProbePlan): object {
  return { ...action(check), periodSeconds, timeoutSeconds, failureThreshold };
}

function action(check: ProbePlan['check']): object {
  switch (check.kind) {
    case 'http':
      return { httpGet: { path: check.path, port: 'http', scheme: 'HTTP' } };
    case 'tcp':
      return { tcpSocket: { port: 'http' } };
    case 'command':
      return { exec: { command: check.command.map(literal) } };
  }
}
