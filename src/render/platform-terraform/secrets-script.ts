// Turns the entries of the secret store into the script that makes what is missing of them.
import type { AwsPlan } from '../../plan/types/platform';
import { renderTemplate } from '../shared/template';

export const secretsScript = (aws: AwsPlan, folder: string): string =>
  renderTemplate('platform-terraform/fill-secrets.sh', {
    folder,
    account: aws.account,
    region: aws.region,
    entries: aws.secrets.map(({ name, properties }) => ({
      name,
      properties: properties.map(({ name: property, from, instance }) => ({
        property,
        from: instance === null ? from : `${from}:${instance}`,
      })),
    })),
  });
