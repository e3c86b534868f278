// Turns the Dockerfile into the job that builds the image, once, for everything that follows.

import { buildkitVersion } from '../../../catalog/actions';
import type { DeliveryPlan } from '../../../plan/types';
import { action } from '../../shared/workflow/action';
import { expression, literal } from '../../shared/workflow/expression';
import { type Job, plainJob, readContents } from '../../shared/workflow/job';
import { artifactDays, imageFolder } from '../fixed';
import { checkout } from '../steps';
import { checkJob, hasChecks } from './check';
import { generatedJob } from './generated';

export const imageJob = 'image';

/** Where the image lies on the runner. */
export const imagePath = expression('runner.temp').concat(`/${imageFolder}`);

export const image = (delivery: DeliveryPlan): Job => ({
  ...plainJob,
  id: imageJob,
  name: 'Build the image',
  why: 'Built once: the very bytes of this job are scanned, published and deployed.',
  needs: [generatedJob, ...(hasChecks(delivery) ? [checkJob] : [])],
  permissions: [readContents],
  timeoutMinutes: delivery.imageTimeoutMinutes,
  outputs: { digest: expression('steps.build.outputs.digest') },
  steps: [
    checkout(),
    action('docker/setup-buildx-action', {
      name: 'Set up Buildx',
      why: 'No cache of any kind: what a branch could have put there would end in the published image.',
      with: { 'driver-opts': `image=moby/buildkit:${buildkitVersion}`, 'cache-binary': false },
    }),
    action('docker/build-push-action', {
      name: 'Build',
      why: 'Without attestations of its own, so that there is one image with one digest: the publishing job makes them.',
      id: 'build',
      env: { DOCKER_BUILD_RECORD_UPLOAD: false },
      with: {
        context: literal(delivery.buildContext),
        file: literal(delivery.dockerfile),
        labels: [
          `org.opencontainers.image.revision=${expression('github.sha')}`,
          `org.opencontainers.image.source=${expression('github.server_url')}/${expression('github.repository')}\n`,
        ].join('\n'),
        outputs: `type=oci,tar=false,dest=${imagePath}`,
        provenance: false,
        sbom: false,
        push: false,
      },
    }),
    action('actions/upload-artifact', {
      name: 'Hand on the image',
      with: {
        name: imageFolder,
        path: imagePath,
        'if-no-files-found': 'error',
        'retention-days': artifactDays,
        'compression-level': 0,
      },
    }),
  ],
});
