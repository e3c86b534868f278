// Decides the authority that signs the certificates of the data stores in a cluster.
import { kinds } from '../../catalog';
import { authorityName, issuersNamespace } from '../../catalog/certificates';
import type { BackingInstancePlan, ClusterAuthorityPlan } from '../types/platform';

/** Null where none of them asks for such a certificate. */
export const planAuthority = (
  platform: string,
  instances: readonly BackingInstancePlan[],
): ClusterAuthorityPlan | null =>
  instances.some(({ kind, runs }) => kinds[kind]?.signedBy[runs] === 'platform')
    ? {
        name: authorityName(platform),
        root: `${platform}-self-signed`,
        namespace: issuersNamespace,
        // Five years, of which the last is for its renewal: whatever trusts it is started anew more often than that.
        lifetimeHours: 43_800,
        renewBeforeHours: 8760,
      }
    : null;
