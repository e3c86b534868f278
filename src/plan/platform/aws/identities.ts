// Decides which service accounts take a role on AWS, with exactly what their uses need.
import { type AccessStatement, environmentKey } from '../../../catalog/access';
import type { BackingInstancePlan, PodIdentityPlan } from '../../types/platform';
import type { ServiceThere } from '../input';

/** Statements that say the same are one. */
function distinct(statements: readonly AccessStatement[]): AccessStatement[] {
  const byText = new Map(statements.map((statement) => [JSON.stringify(statement), statement]));
  return [...byText.values()];
}

/** One role for each service that uses something by its identity. */
function ofServices(
  services: readonly ServiceThere[],
  instances: readonly BackingInstancePlan[],
  namespace: string,
): PodIdentityPlan[] {
  return services.flatMap(({ name, environment }) => {
    if (environment.podRole === null) return [];
    const statements = instances.flatMap(({ uses }) =>
      uses.filter(({ service }) => service === name).flatMap(({ permissions }) => permissions),
    );
    return [{ name: environment.podRole, namespace, serviceAccount: name, statements: distinct(statements) }];
  });
}

/** One role for each service account that copies or restores data. */
function ofBackups(instances: readonly BackingInstancePlan[], prefix: string): PodIdentityPlan[] {
  const all = instances.flatMap(({ recovery }) => recovery?.identities ?? []);
  const accounts = new Map(all.map((identity) => [`${identity.namespace}/${identity.serviceAccount}`, identity]));
  return [...accounts.values()].map(({ serviceAccount, namespace }) => ({
    name: `${prefix}-${serviceAccount}`,
    namespace,
    serviceAccount,
    statements: distinct([
      ...all
        .filter((one) => one.serviceAccount === serviceAccount && one.namespace === namespace)
        .flatMap(({ statements }) => statements),
      // The bucket encrypts with the environment's key.
      { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [environmentKey] },
    ]),
  }));
}

export interface IdentityInput {
  readonly services: readonly ServiceThere[];
  readonly instances: readonly BackingInstancePlan[];
  readonly namespace: string;
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
  readonly platform: string;
  readonly environment: string;
}

export function planIdentities(input: IdentityInput): PodIdentityPlan[] {
  const { services, instances, namespace, prefix, account, region, platform, environment } = input;
  return [
    ...ofServices(services, instances, namespace),
    ...ofBackups(instances, prefix),
    {
      name: `${prefix}-external-secrets`,
      namespace: 'external-secrets',
      serviceAccount: 'external-secrets',
      statements: [
        {
          actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
          resources: [
            `arn:aws:secretsmanager:${region}:${account}:secret:${platform}/${environment}/*`,
            `arn:aws:secretsmanager:${region}:${account}:secret:${platform}/shared/*`,
          ],
        },
        { actions: ['kms:Decrypt'], resources: [environmentKey] },
      ],
    },
  ]
    .filter(({ statements }) => statements.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
