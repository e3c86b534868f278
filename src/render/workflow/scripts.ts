// Turns a plan into the scripts that its workflow runs. They are the same for every service: all values come by the environment.
import type { ServicePlan } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { plainFile } from '../shared/template';
import { scriptsFolder } from './fixed';

export function scripts({ delivery }: ServicePlan): readonly GeneratedFile[] {
  const files = [
    ...(delivery.paths.length === 0 ? [] : ['changed.sh']),
    ...(delivery.stages.some(({ by }) => by === 'kubectl') ? ['deploy.sh'] : []),
    'publish-image.sh',
    'slack-message.sh',
  ];
  return files.map((file) => ({
    at: 'service',
    path: `${scriptsFolder}/${file}`,
    body: plainFile(`workflow/${file}`),
    comment: 'hash',
    executable: true,
  }));
}
