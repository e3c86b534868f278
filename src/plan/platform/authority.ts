// Decides the authority that signs the certificates of the data stores in a cluster.
import { kinds } from '../../catalog';
import { authorityName, issuersNamespace } from '../../catalog/certificates';
import type { PlatformFacts } from '../../model/platform-facts';
import { hasTraces } from '../tracing';
import type { BackingInstancePlan, ClusterAuthorityPlan } from '../types/platform';

/** Null where none of them asks for such a certificate. */
export const planAuthority = (
  platform: PlatformFacts,
  instances: readonly BackingInstancePlan[],
): ClusterAuthorityPlan | null =>
  hasTraces(platform) || instances.some(({ kind, runs }) => kinds[kind]?.signedBy[runs] === 'platform')
    ? {
        name: authorityName(platform.name),
        root: `${platform.name}-self-signed`,
        namespace: issuersNamespace,
        // Five years, of which the last is for its renewal: whatever trusts it is started anew more often than that.
        lifetimeHours: 43_800,
        renewBeforeHours: 8760,
      }
    : null;
