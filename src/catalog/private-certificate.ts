// A certificate for servers inside the cluster, by an authority of the instance's own: no public one signs such names.
import type { ClusterObjectPlan } from './facts';
import type { OperatedInput } from './operated';
import { objectOf } from './operator-object';

const apiVersion = 'cert-manager.io/v1';

/** Secret with `tls.crt`, `tls.key` and `ca.crt`. */
export const certificateSecret = (instance: string): string => `${instance}-tls`;

/** The authority, and the certificate by it; cert-manager renews both. */
export function privateCertificate(input: OperatedInput, hosts: readonly string[]): readonly ClusterObjectPlan[] {
  const authority = `${input.name}-authority`;
  const key = { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' };
  return [
    objectOf(
      input,
      apiVersion,
      'Issuer',
      `${authority}-root`,
      { spec: { selfSigned: {} } },
      { '': 'Signs the authority below, which signs the certificate.' },
    ),
    objectOf(
      input,
      apiVersion,
      'Certificate',
      authority,
      {
        spec: {
          isCA: true,
          commonName: authority,
          secretName: authority,
          duration: '43800h',
          renewBefore: '8760h',
          privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
          issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: `${authority}-root` },
        },
      },
      { 'spec.privateKey': 'The same key at each renewal, so that what trusts the authority goes on trusting it.' },
    ),
    objectOf(input, apiVersion, 'Issuer', authority, { spec: { ca: { secretName: authority } } }),
    objectOf(input, apiVersion, 'Certificate', certificateSecret(input.name), {
      spec: {
        secretName: certificateSecret(input.name),
        dnsNames: [...hosts],
        duration: '2160h',
        renewBefore: '720h',
        usages: ['digital signature', 'server auth', 'client auth'],
        privateKey: key,
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: authority },
      },
    }),
  ];
}
