// Turns the scanned image into the job that publishes and attests it.
import type { DeliveryPlan } from '../../../plan/types';
import { action } from '../../shared/workflow/action';
import { expression, literal } from '../../shared/workflow/expression';
import { type Job, plainJob, readContents } from '../../shared/workflow/job';
import { onDefaultBranch } from '../conditions';
import { imageFolder, sbomFile, sbomFolder, timeoutMinutes } from '../fixed';
import { checkout, script } from '../steps';
import { codeqlJob } from './codeql';
import { imageJob, imagePath } from './image';
import { scanJob } from './scan';

export const publishJob = 'publish';

const sbomPath = expression('runner.temp').concat(`/${sbomFolder}`);

const noRecord = 'No storage record: it needs one more permission (artifact-metadata) and proves nothing more.';

/** Signs in to the registry with the job's own token. */
export const login = (delivery: DeliveryPlan) =>
  action('docker/login-action', {
    name: 'Sign in to the registry',
    with: {
      registry: literal(delivery.registry),
      username: expression('github.actor'),
      password: expression('github.token'),
    },
  });

export function publish(delivery: DeliveryPlan): Job {
  const digest = expression(`needs.${imageJob}.outputs.digest`);
  const subject = {
    'subject-name': literal(delivery.imageRepository),
    'subject-digest': digest,
    'push-to-registry': true,
    'create-storage-record': false,
  };
  return {
    ...plainJob,
    id: publishJob,
    name: 'Publish the image',
    why: 'The only job that may write to the registry or attest. In a private repository, attestations need GitHub Enterprise Cloud.',
    needs: [imageJob, scanJob, codeqlJob],
    if: expression(onDefaultBranch(delivery)),
    permissions: [
      readContents,
      { scope: 'packages', access: 'write', why: 'to push the image' },
      { scope: 'id-token', access: 'write', why: 'to prove to Sigstore which workflow attests' },
      { scope: 'attestations', access: 'write', why: 'to keep the attestations with the repository' },
    ],
    timeoutMinutes: timeoutMinutes.publish,
    outputs: { digest },
    steps: [
      checkout(),
      action('actions/download-artifact', { name: 'Take the image', with: { name: imageFolder, path: imagePath } }),
      action('actions/download-artifact', {
        name: 'Take the list of parts',
        with: { name: sbomFolder, path: sbomPath },
      }),
      login(delivery),
      script(delivery, 'publish-image.sh', {
        name: 'Push',
        env: {
          LAYOUT: imagePath,
          IMAGE: literal(delivery.imageRepository),
          DIGEST: digest,
          TAG: expression('github.sha'),
        },
      }),
      action('actions/attest', { name: 'Attest the provenance', why: noRecord, with: subject }),
      action('actions/attest', {
        name: 'Attest the list of parts',
        with: { ...subject, 'sbom-path': `${sbomPath}/${sbomFile}` },
      }),
    ],
  };
}
