// A server's certificate inside the cluster, by the platform's own authority: no public one signs such names.
import { authorityName, certificateSecret } from './certificates';
import type { ClusterObjectPlan, ServerCertificatePlan } from './facts';
import type { OperatedInput } from './operated';
import { hostsOf, objectOf } from './operator-object';

/** A Certificate's `spec`: https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec */
export const certificateSpec = (
  platform: string,
  secretName: string,
  { dnsNames, addresses, usages }: ServerCertificatePlan,
): Readonly<Record<string, unknown>> => ({
  secretName,
  dnsNames: [...dnsNames],
  ...(addresses.length === 0 ? {} : { ipAddresses: [...addresses] }),
  duration: '2160h',
  renewBefore: '720h',
  usages: ['digital signature', ...usages],
  // Java reads no other encoding than PKCS #8.
  privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
  additionalOutputFormats: [{ type: 'CombinedPEM' }],
  issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: authorityName(platform) },
});

interface Wanted {
  /** Beside the names that services use: those of the operator's own Services and of members. */
  readonly names?: readonly string[];
  readonly usages?: ServerCertificatePlan['usages'];
  /** Of the Secret, by which an operator sees that it was renewed. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The certificate of an instance that an operator runs; cert-manager renews it, and the operator loads it anew. */
export function serverCertificate(
  input: OperatedInput,
  { names = [], usages = ['server auth'], labels }: Wanted,
): ClusterObjectPlan {
  const secretName = certificateSecret(input.name);
  const certificate = { dnsNames: [...hostsOf(input), ...names], addresses: [], usages };
  return objectOf(
    input,
    'cert-manager.io/v1',
    'Certificate',
    secretName,
    {
      spec: {
        ...certificateSpec(input.platform, secretName, certificate),
        ...(labels === undefined ? {} : { secretTemplate: { labels } }),
      },
    },
    { 'spec.dnsNames': 'What services call it, then what its operator and its members do.' },
  );
}

/** The names of a Service of the operator's own, with those of its members where it has such. */
export const serviceNames = (
  service: string,
  { namespace }: Pick<OperatedInput, 'namespace'>,
  hasMembers = false,
): readonly string[] => {
  const names = hostsOf({ name: service, namespace });
  // A wildcard below fewer labels is one that clients refuse.
  return hasMembers ? [...names, ...names.slice(2).map((name) => `*.${name}`)] : names;
};
