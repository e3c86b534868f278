// Turns the outcome of the other jobs into one message on Slack.
import type { DeliveryPlan } from '../../../plan/types';
import { action } from '../../shared/workflow/action';
import { expression, literal } from '../../shared/workflow/expression';
import { type Job, plainJob, readContents } from '../../shared/workflow/job';
import { onDefaultBranch } from '../conditions';
import { notificationEnvironment, timeoutMinutes } from '../fixed';
import { checkout, script } from '../steps';
import { deployJob } from './deploy';

const message = expression('runner.temp').concat('/slack.json');

export function notify(delivery: DeliveryPlan, service: string, others: readonly Job[]): Job {
  // What Argo CD brings there tells of itself.
  const last = delivery.stages.filter(({ by }) => by === 'kubectl').at(-1);
  const deployed = last === undefined ? [] : [`needs.${deployJob(last)}.result == 'success'`];
  const worthTelling = ["contains(needs.*.result, 'failure')", ...deployed].join(' || ');
  return {
    ...plainJob,
    id: 'notify',
    name: 'Tell the owners',
    why:
      last === undefined
        ? 'Only when something failed on the default branch.'
        : `Only when something failed on the default branch, or when ${last.environment} has a new version.`,
    needs: others.map(({ id }) => id),
    if: expression(`always() && ${onDefaultBranch(delivery)} && (${worthTelling})`),
    permissions: [readContents],
    environment: {
      name: notificationEnvironment,
      url: null,
      setUp: [
        `Set up once in Settings > Environments > ${notificationEnvironment}, without reviewers:`,
        `- deployment branches: ${delivery.defaultBranch} only`,
        `- secret SLACK_WEBHOOK_URL: an incoming webhook of the channel ${delivery.slackChannel}`,
      ].join('\n'),
    },
    timeoutMinutes: timeoutMinutes.short,
    steps: [
      checkout(),
      script(delivery, 'slack-message.sh', {
        name: 'Write the message',
        env: {
          MESSAGE: message,
          NEEDS: expression('toJSON(needs)'),
          SERVICE: literal(service),
          STAGE: literal(last?.environment ?? ''),
        },
      }),
      action('slackapi/slack-github-action', {
        name: 'Send it',
        with: {
          webhook: expression('secrets.SLACK_WEBHOOK_URL'),
          'webhook-type': 'incoming-webhook',
          'payload-file-path': message,
          errors: true,
        },
      }),
    ],
  };
}
