// Where a container finds its certificate and the authority to verify others by, and what a certificate says.
import type { ServerCertificatePlan } from './facts';

/** Folder in every container that presents a certificate or verifies one; the files in it have cert-manager's names. */
export const certificatesFolder = '/run/certificates';

const path = (file: string): string => `${certificatesFolder}/${file}`;

/** The authority's own certificate: what `NODE_EXTRA_CA_CERTS`, `sslrootcert` and the like name. */
export const authorityFile = path('ca.crt');
export const certificateFile = path('tls.crt');
/** PKCS #8, not encrypted. */
export const keyFile = path('tls.key');
/** Key, then certificate, in one file: https://cert-manager.io/docs/usage/certificate/#additional-certificate-output-formats */
export const combinedFile = path('tls-combined.pem');

/** Oldest protocol that a server accepts: 1.0 and 1.1 are withdrawn by https://www.rfc-editor.org/rfc/rfc8996 */
export const oldestTls = '1.2';

/** The certificate of a server that is reached by these names, and by itself. */
export const certificateFor = (
  hosts: readonly string[],
  usages: ServerCertificatePlan['usages'] = ['server auth'],
): ServerCertificatePlan => ({ dnsNames: [...hosts, 'localhost'], addresses: ['127.0.0.1'], usages });

/**
 * On a laptop. 397 days are the longest that browsers accept from an authority of one's own: https://support.apple.com/en-us/102028
 */
export const developmentCertificates = { lifetimeDays: 397, renewDaysBefore: 30 } as const;

/** In a cluster: name of the platform's authority as a ClusterIssuer, and of the Secret by which a namespace of services knows it. */
export const authorityName = (platform: string): string => `${platform}-authority`;

/** Secret with `tls.crt`, `tls.key`, `tls-combined.pem` and `ca.crt` beside an instance. */
export const certificateSecret = (instance: string): string => `${instance}-tls`;

/** cert-manager reads what ClusterIssuers sign with here: https://cert-manager.io/docs/configuration/#cluster-resource-namespace */
export const issuersNamespace = 'cert-manager';
