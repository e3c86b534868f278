// Turns the weekly scan into jobs: files of the repository, images that run, dependencies, and habits of the project.
import type { MaintenancePlan } from '../../plan/types/platform';
import { shell } from '../shared/escape/shell';
import { action } from '../shared/workflow/action';
import { expression, literal } from '../shared/workflow/expression';
import { type Job, plainJob, readContents, type Step } from '../shared/workflow/job';

export const imagesScript = 'platform/schedules/scan-images.sh';

const checkout = action('actions/checkout', { name: 'Check out', with: { 'persist-credentials': false } });

/** The same severities as the workflows of the services. */
const trivyInputs = ({ scan, trivy }: MaintenancePlan) => ({
  version: literal(trivy),
  severity: scan.severities.join(','),
  'ignore-unfixed': scan.ignoreUnfixed,
  'exit-code': '1',
  format: 'table',
  cache: false,
});

function imageSteps({ images, registry, scan }: MaintenancePlan): Step[] {
  if (images.length === 0) return [];
  const lines = images.flatMap(({ repository, releaseFiles }) => releaseFiles.map((file) => `${repository} ${file}`));
  return [
    action('docker/login-action', {
      name: 'Sign in to the registry',
      if: expression('!cancelled()'),
      with: { registry: literal(registry), username: expression('github.actor'), password: expression('github.token') },
    }),
    {
      name: 'Look at the images that run',
      why: 'What was clean when it was built may be known to be vulnerable by now.',
      if: expression('!cancelled()'),
      env: {
        IMAGES: literal(`${lines.join('\n')}\n`),
        SEVERITIES: scan.severities.join(','),
        IGNORE_UNFIXED: scan.ignoreUnfixed,
      },
      run: `bash ${imagesScript}`,
    },
  ];
}

const scanJob = (maintenance: MaintenancePlan): Job => ({
  ...plainJob,
  id: 'scan',
  name: 'Vulnerabilities, secrets, misconfiguration',
  why: 'Everything in the repository, then every image that runs. There is no secret here to steal, and nothing to write to.',
  permissions: [
    readContents,
    ...(maintenance.images.length === 0
      ? []
      : [{ scope: 'packages' as const, access: 'read' as const, why: 'to read the images' }]),
  ],
  timeoutMinutes: 45,
  steps: [
    checkout,
    action('aquasecurity/trivy-action', {
      name: 'Look at the repository',
      with: { 'scan-type': 'fs', 'scan-ref': '.', scanners: 'vuln,secret,misconfig', ...trivyInputs(maintenance) },
    }),
    ...imageSteps(maintenance),
  ],
});

/** Each word quoted; none of them holds an expression. */
const run = (argv: readonly string[]): string => argv.map(shell).join(' ');

const auditJob = ({ auditCommand, nodeMajor }: MaintenancePlan): Job => ({
  ...plainJob,
  id: 'audit',
  name: 'Dependencies',
  why: 'What the lock file names, without what only builds and tests need. Pull requests are looked at by the workflows of the services.',
  permissions: [readContents],
  timeoutMinutes: 10,
  steps: [
    checkout,
    action('actions/setup-node', {
      name: 'Set up Node',
      with: { 'node-version': String(nodeMajor), 'package-manager-cache': false },
    }),
    { name: 'Audit', run: run(auditCommand) },
  ],
});

const scorecardJob = ({ defaultBranch }: MaintenancePlan): Job => ({
  ...plainJob,
  id: 'scorecard',
  name: 'Scorecard',
  why: 'Habits of the project: protected branches, reviews, pinned dependencies. Runs on the default branch only.',
  if: expression(`github.ref == 'refs/heads/${defaultBranch}'`),
  permissions: [
    readContents,
    { scope: 'actions', access: 'read', why: 'to read the workflows, in a private repository' },
    { scope: 'security-events', access: 'write', why: 'to show what it found under Security > Code scanning' },
  ],
  timeoutMinutes: 15,
  steps: [
    checkout,
    action('ossf/scorecard-action', {
      name: 'Score',
      with: { results_file: 'scorecard.sarif', results_format: 'sarif', publish_results: false },
    }),
    action('github/codeql-action', {
      folder: 'upload-sarif',
      name: 'Show it',
      with: { sarif_file: 'scorecard.sarif', category: 'scorecard' },
    }),
  ],
});

export const securityJobs = (maintenance: MaintenancePlan): readonly Job[] => [
  scanJob(maintenance),
  auditJob(maintenance),
  scorecardJob(maintenance),
];
