// Decides by which authority the service's containers verify their data stores and the APM server.
import { authorityFile, authorityName, certificatesFolder, developmentCertificates } from '../catalog/certificates';
import type { EnvironmentFacts, PlatformFacts } from '../model/platform-facts';
import type { ServiceSettings } from '../model/settings';
import type { Use } from './bindings';
import { isTraced } from './tracing';
import type { DevelopmentAuthorityPlan, NameValue, TrustPlan } from './types';

/** Signs on the laptop that runs the compose project. */
export const developmentAuthority = (project: string): DevelopmentAuthorityPlan => ({
  name: `${project} development`,
  ...developmentCertificates,
});

export function planTrust(
  settings: ServiceSettings,
  platform: PlatformFacts,
  facts: EnvironmentFacts,
  uses: readonly Use[],
): TrustPlan | null {
  const traces = facts.runs === 'kubernetes' && isTraced(settings, platform);
  const isOurs = traces || uses.some(({ kind, runs }) => kind.signedBy[runs] === 'platform');
  if (!isOurs || settings.runtime.static !== null) return null;
  return {
    folder: certificatesFolder,
    file: authorityFile,
    secretName: facts.runs === 'compose' ? null : authorityName(platform.name),
    development: facts.runs === 'compose' ? developmentAuthority(settings.name) : null,
  };
}

/** Beside the authorities that Node.js knows: https://nodejs.org/api/cli.html#node_extra_ca_certsfile */
export const authorityVariable = 'NODE_EXTRA_CA_CERTS';

export const trustedBy =
  (trust: TrustPlan | null) =>
  <Process extends { readonly environment: readonly NameValue[] }>(process: Process): Process =>
    trust === null
      ? process
      : { ...process, environment: [...process.environment, { name: authorityVariable, value: trust.file }] };
