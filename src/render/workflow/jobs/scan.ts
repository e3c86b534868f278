// Turns the built image into the job that looks for known vulnerabilities and lists what is inside.
import type { DeliveryPlan } from '../../../plan/types';
import { action } from '../../shared/workflow/action';
import { expression, literal } from '../../shared/workflow/expression';
import { type Job, plainJob } from '../../shared/workflow/job';
import { artifactDays, imageFolder, sbomFile, sbomFolder, timeoutMinutes } from '../fixed';
import { imageJob, imagePath } from './image';

export const scanJob = 'scan';

const sbomPath = expression('runner.temp').concat(`/${sbomFile}`);

export const scan = ({ scan, tools }: DeliveryPlan): Job => ({
  ...plainJob,
  id: scanJob,
  name: 'Scan the image',
  why: 'Scanners were turned into thieves of secrets before (CVE-2026-33634): here there is none, and nothing to write to.',
  needs: [imageJob],
  permissions: [{ scope: 'contents', access: 'read', why: 'the least that a token can have' }],
  timeoutMinutes: timeoutMinutes.scan,
  steps: [
    action('actions/download-artifact', { name: 'Take the image', with: { name: imageFolder, path: imagePath } }),
    action('aquasecurity/trivy-action', {
      name: 'Look for vulnerabilities',
      ...(scan.ignoreUnfixed ? { why: 'One that nobody can mend yet would only stop every deployment.' } : {}),
      with: {
        version: literal(tools.trivy),
        input: imagePath,
        severity: scan.severities.join(','),
        'ignore-unfixed': scan.ignoreUnfixed,
        'exit-code': '1',
        format: 'table',
        cache: false,
      },
    }),
    action('anchore/sbom-action', {
      name: 'List the parts',
      with: {
        'syft-version': literal(tools.syft),
        image: `oci-dir:${imagePath}`,
        format: 'spdx-json',
        'output-file': sbomPath,
        'upload-artifact': false,
        'upload-release-assets': false,
        'dependency-snapshot': false,
      },
    }),
    action('actions/upload-artifact', {
      name: 'Hand on the list',
      with: { name: sbomFolder, path: sbomPath, 'if-no-files-found': 'error', 'retention-days': artifactDays },
    }),
  ],
});
