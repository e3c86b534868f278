// Turns the first stage of a platform that Argo CD delivers into the job that proposes the new digest there.
import type { DeliveryPlan, DeliveryStagePlan } from '../../../plan/types';
import { expression, literal } from '../../shared/workflow/expression';
import { type Job, plainJob } from '../../shared/workflow/job';
import { onDefaultBranch } from '../conditions';
import { timeoutMinutes } from '../fixed';
import { checkout } from '../steps';
import { login, publishJob } from './publish';

/** What GitHub calls the workflow's own token. */
const author = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' } as const;

export function release(delivery: DeliveryPlan, service: string, stage: DeliveryStagePlan): Job {
  return {
    ...plainJob,
    id: `release-${stage.environment}`,
    name: `Release to ${stage.environment}`,
    why: 'Argo CD applies what git holds, so a new version is a pull request with its digest. To the next environment: promote.sh.',
    needs: [publishJob],
    if: expression(onDefaultBranch(delivery)),
    permissions: [
      { scope: 'contents', access: 'write', why: 'to push the branch with the digest, and to merge it' },
      { scope: 'pull-requests', access: 'write', why: 'to open the pull request' },
      { scope: 'packages', access: 'read', why: 'to read the image that is verified' },
      { scope: 'attestations', access: 'read', why: 'to read its attestations' },
    ],
    environment: {
      name: literal(stage.environment),
      url: null,
      setUp: [
        `Set up once in Settings > Environments > ${stage.environment}:`,
        `- deployment branches: ${delivery.defaultBranch} only`,
        ...(stage.gated ? ['- required reviewers: they are the gate'] : []),
        'And in Settings > General and Actions: auto-merge; that workflows may create pull requests.',
        "Pull requests by the workflow's own token start no other workflow: rules of the branch must not wait for one there.",
      ].join('\n'),
    },
    concurrencyGroup: literal(`release-${service}-${stage.environment}`),
    timeoutMinutes: timeoutMinutes.short,
    steps: [
      checkout(),
      login(delivery),
      {
        name: 'Propose the digest',
        why: 'It verifies the attestation first. Analysis of the roll-out and the alerts tell whether the version is well.',
        env: {
          GH_TOKEN: expression('github.token'),
          SERVICE: literal(service),
          DIGEST: expression(`needs.${publishJob}.outputs.digest`),
          STAGE: literal(stage.environment),
          GIT_AUTHOR_NAME: author.name,
          GIT_AUTHOR_EMAIL: author.email,
          GIT_COMMITTER_NAME: author.name,
          GIT_COMMITTER_EMAIL: author.email,
        },
        run: 'gh auth setup-git\nsh platform/gitops/promote.sh "$SERVICE" "$DIGEST" "$STAGE"\n',
      },
    ],
  };
}
