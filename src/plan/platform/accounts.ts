// Decides the accounts of an instance, and the secrets that its containers and accounts read.
import type { EnvironmentFacts, PlatformFacts } from '../../model/platform-facts';
import type { SecretSource } from '../types';
import type { InstanceAccountPlan } from '../types/platform';
import { secretFolder } from '../variables';
import { platformSecret } from './secrets';
import type { SharedUse } from './shared-use';

/** One account for each service that uses the instance. */
export function planAccounts(
  uses: readonly SharedUse[],
  platform: PlatformFacts,
  facts: EnvironmentFacts,
): InstanceAccountPlan[] {
  const services = [...new Set(uses.map(({ service }) => service))];
  return services.flatMap((service) => {
    const first = uses.find((shared) => shared.service === service)?.use;
    const user = first?.values.user;
    if (first === undefined || user === undefined) return [];
    return [
      {
        service,
        user,
        passwordSecret: first.kind.authenticates[first.runs] ? platformSecret(service, first.passwordSecret) : null,
        remoteKey: `${secretFolder(platform.name, facts.name, service)}/${first.instance}`,
        remoteProperty: 'password',
        secretName: `${first.instance}-${service}`,
      },
    ];
  });
}

/** Every secret that something here may read. */
export function secretsOf(
  instance: string,
  platform: PlatformFacts,
  facts: EnvironmentFacts,
  accounts: readonly InstanceAccountPlan[],
): SecretSource[] {
  const remoteKey = `${platform.name}/${facts.name}/${instance}`;
  const made = { generatedLength: 32, developmentValue: null };
  return [
    {
      ...made,
      id: `${instance}-admin-password`,
      description: `Password of the administrator of ${instance}`,
      remoteKey,
      remoteProperty: 'admin-password',
    },
    {
      ...made,
      id: `${instance}-monitor-password`,
      description: `Password of the exporter at ${instance}`,
      remoteKey,
      remoteProperty: 'monitor-password',
    },
    {
      ...made,
      id: `${instance}-backup-password`,
      description: `Password of the account of backups at ${instance}`,
      remoteKey,
      remoteProperty: 'backup-password',
    },
    ...accounts.flatMap((account) =>
      account.passwordSecret === null
        ? []
        : [
            {
              ...made,
              id: account.passwordSecret,
              description: `Password of ${account.service} at ${instance}`,
              remoteKey: account.remoteKey,
              remoteProperty: account.remoteProperty,
            },
          ],
    ),
  ];
}
