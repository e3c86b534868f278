// Turns one stage of the plan into the job that deploys to it, and returns to the version before when that fails.

import type { DeliveryPlan, DeliveryStagePlan } from '../../../plan/types';
import { action } from '../../shared/workflow/action';
import { expression, literal, words } from '../../shared/workflow/expression';
import { type Job, plainJob, readContents, type Scalar, type Step } from '../../shared/workflow/job';
import { onDefaultBranch } from '../conditions';
import { checkout, script } from '../steps';
import { login, publishJob } from './publish';

export const deployJob = (stage: DeliveryStagePlan): string => `deploy-${stage.environment}`;

const rollOut = 'roll-out';

/** A value of the plan, or the variable of the GitHub environment that takes its place. */
const given = (value: string | null, variable: string): string =>
  value === null ? expression(`vars.${variable}`) : literal(value);

/** `before` is the stage that has to succeed first; null for the first. */
export function deploy(
  delivery: DeliveryPlan,
  service: string,
  stage: DeliveryStagePlan,
  before: DeliveryStagePlan | null,
): Job {
  return {
    ...plainJob,
    id: deployJob(stage),
    name: `Deploy to ${stage.environment}`,
    why:
      before === null
        ? 'A failed roll-out or smoke test returns to the version before, and the job still fails.'
        : `Only what ran in ${before.environment} comes here: the same image, by digest.`,
    needs: [publishJob, ...(before === null ? [] : [deployJob(before)])],
    if: expression(onDefaultBranch(delivery)),
    permissions: [
      readContents,
      { scope: 'id-token', access: 'write', why: 'to take a role on AWS; there is no stored key' },
      { scope: 'packages', access: 'read', why: 'to read the image that is verified' },
      { scope: 'attestations', access: 'read', why: 'to read its attestations' },
    ],
    environment: {
      name: literal(stage.environment),
      url: stage.smoke?.url == null ? null : literal(stage.smoke.url),
      setUp: setUp(delivery, stage),
    },
    concurrencyGroup: literal(`deploy-${service}-${stage.environment}`),
    timeoutMinutes: stage.timeoutMinutes,
    env: environmentOf(delivery, stage),
    steps: steps(delivery, stage),
  };
}

/** What a person has to configure once on GitHub, since no file can. */
function setUp(delivery: DeliveryPlan, stage: DeliveryStagePlan): string {
  const variables = [
    ...(stage.roleArn === null ? ['AWS_ROLE_ARN'] : []),
    ...(stage.region === null ? ['AWS_REGION'] : []),
    ...(stage.cluster === null ? ['EKS_CLUSTER'] : []),
  ];
  return [
    `Set up once in Settings > Environments > ${stage.environment}:`,
    `- deployment branches: ${delivery.defaultBranch} only`,
    ...(stage.gated ? ['- required reviewers: they are the gate, without them it deploys at once'] : []),
    ...(variables.length === 0 ? [] : [`- variables: ${variables.join(', ')}`]),
    `The role trusts the subject repo:OWNER/NAME:environment:${stage.environment} of GitHub's identity provider,`,
    `for sessions of ${stage.timeoutMinutes} minutes or more. In the cluster it edits the namespace ${stage.namespace}${
      stage.rollouts.length === 0 ? '' : ', the status of Rollouts included'
    }.`,
  ].join('\n');
}

function environmentOf(delivery: DeliveryPlan, stage: DeliveryStagePlan): Readonly<Record<string, Scalar>> {
  return {
    IMAGE: literal(delivery.imageRepository),
    DIGEST: expression(`needs.${publishJob}.outputs.digest`),
    NAMESPACE: literal(stage.namespace),
    OVERLAY: literal(stage.overlay),
    DEPLOYMENTS: words(stage.deployments),
    ROLLOUTS: words(stage.rollouts),
    ROLLOUT_SECONDS: stage.rolloutTimeoutSeconds,
    ...(stage.migration === null
      ? {}
      : { MIGRATION: literal(stage.migration), MIGRATION_SECONDS: stage.migrationTimeoutSeconds }),
    ...(stage.smoke === null
      ? {}
      : {
          SMOKE_URL: literal(stage.smoke.url ?? ''),
          SMOKE_SERVICE: literal(stage.smoke.service),
          SMOKE_PATH: literal(stage.smoke.path),
          SMOKE_SECONDS: stage.smoke.timeoutSeconds,
        }),
  };
}

function steps(delivery: DeliveryPlan, stage: DeliveryStagePlan): readonly Step[] {
  const region = given(stage.region, 'AWS_REGION');
  const run = (word: string, step: Omit<Step, 'uses' | 'with' | 'run'>): Step =>
    script(delivery, 'deploy.sh', step, word);
  return [
    checkout(),
    login(delivery),
    run('verify', {
      name: 'Verify the attestation',
      why: 'Before any access to the cluster: built from this commit, by this workflow, on this branch.',
      env: { GH_TOKEN: expression('github.token') },
    }),
    action('aws-actions/configure-aws-credentials', {
      name: 'Take the role on AWS',
      with: {
        'role-to-assume': given(stage.roleArn, 'AWS_ROLE_ARN'),
        'role-duration-seconds': stage.timeoutMinutes * 60,
        'aws-region': region,
      },
    }),
    action('azure/setup-kubectl', { name: 'Set up kubectl', with: { version: literal(delivery.tools.kubectl) } }),
    {
      name: 'Point kubectl at the cluster',
      env: { CLUSTER: given(stage.cluster, 'EKS_CLUSTER'), REGION: region },
      run: 'aws eks update-kubeconfig --name "$CLUSTER" --region "$REGION"',
    },
    run('render', { name: 'Render the manifests' }),
    run('record', { name: 'Record what runs now' }),
    run('configure', { name: 'Apply the configuration' }),
    ...(stage.migration === null
      ? []
      : [
          run('migrate', {
            name: 'Migrate',
            why: 'Not undone by the roll-back: the version before must run with the new schema, so expand first, contract a release later.',
          }),
        ]),
    run('roll-out', { name: 'Roll out', id: rollOut }),
    ...(stage.smoke === null ? [] : [run('smoke-test', { name: 'Smoke test' })]),
    run('roll-back', {
      name: 'Roll back',
      why: 'Also when the run is cancelled half-way. The job stays failed.',
      if: expression(`(failure() || cancelled()) && steps.${rollOut}.outcome != 'skipped'`),
    }),
  ];
}
