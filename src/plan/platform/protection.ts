// Decides what is said of an instance's encryption and of what it writes down.
import type { EnvironmentFacts, PlatformFacts } from '../../model/platform-facts';
import { backingNamespace, type Use } from '../bindings';
import type { ProtectionPlan } from '../types/platform';

function encryptionOf({ kind, runs }: Use): string {
  const signedBy = kind.signedBy[runs];
  if (signedBy === 'other') return 'TLS; an authority outside of the platform signs its certificate';
  if (signedBy === 'nobody') return `none: ${kind.plainBecause ?? ''}`;
  return runs === 'container'
    ? 'TLS 1.2 or newer and nothing else; services verify its certificate by the development authority'
    : "TLS 1.2 or newer; services verify its certificate by the platform's own authority";
}

export function planProtection(use: Use, platform: PlatformFacts, environment: EnvironmentFacts): ProtectionPlan {
  const audit = use.kind.audit[use.runs];
  const log =
    use.runs === 'container'
      ? `docker compose --file platform/compose/${environment.name}/compose.yaml logs ${use.instance}`
      : `kubectl --namespace ${backingNamespace(platform)} logs --selector app.kubernetes.io/instance=${use.instance} --all-containers --tail=-1`;
  return {
    encryption: encryptionOf(use),
    audit: audit === null ? null : { ...audit, where: audit.where?.replace('{log}', log) ?? null },
  };
}
