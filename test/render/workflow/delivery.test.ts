// The way of a change: checks, one image, stages in order, and the way back.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderWorkflow } from '../../../src/render/workflow';
import {
  delivery,
  inMonorepo,
  jobOf,
  production,
  staging,
  stepOf,
  workflowOf,
  workflowPlan,
  workflowText,
} from '../fixtures/delivery';

const workflow = workflowOf(workflowPlan());

describe('triggers', () => {
  it('are the same in every repository, filtered by paths in a monorepo only', () => {
    expect(workflow.on).toEqual({
      pull_request: {},
      push: { branches: ['main'] },
      merge_group: { types: ['checks_requested'] },
      workflow_dispatch: {},
    });
    const { on } = workflowOf(workflowPlan(inMonorepo));
    expect(on.pull_request).toEqual({ paths: inMonorepo.paths });
    expect(on.push).toEqual({ branches: ['main'], paths: inMonorepo.paths });
  });

  it('never cancel a deployment', () => {
    expect(workflow.concurrency['cancel-in-progress']).toBe("${{ github.event_name == 'pull_request' }}");
    expect(jobOf(workflow, 'deploy-production').concurrency).toEqual({
      group: 'deploy-financial-service-production',
      'cancel-in-progress': false,
    });
  });
});

describe('checks', () => {
  it('run the commands of the plan, each only where there is one', () => {
    const runs = jobOf(workflow, 'check').steps.flatMap(({ run }) => run ?? []);
    expect(runs).toEqual([
      'npm ci',
      'npm run lint',
      'npm run typecheck',
      'docker compose --file scripts/ci/test-services.compose.yaml up --detach --wait --wait-timeout 180',
      'npm test',
      'docker compose --file scripts/ci/test-services.compose.yaml logs',
      'npm run build',
    ]);
    const few = workflowOf(
      workflowPlan({ lintCommand: null, typesCommand: null, testContainers: [], buildCommand: null }),
    );
    expect(jobOf(few, 'check').steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', 'npm test']);
  });

  it('are no job at all without a command, and nobody waits for it', () => {
    const none = workflowOf(
      workflowPlan({ lintCommand: null, typesCommand: null, testCommand: null, buildCommand: null }),
    );
    expect(Object.keys(none.jobs)).not.toContain('check');
    expect(jobOf(none, 'image').needs).toEqual(['generated']);
  });

  it('test against containers on the loopback address that are healthy', () => {
    const files = renderWorkflow(workflowPlan());
    const file = files.find(({ path }) => path.endsWith('.compose.yaml'));
    expect(parse(file?.body ?? '')).toEqual({
      name: 'test-services',
      services: {
        postgres: {
          image: 'postgres:17.11-trixie',
          command: ['postgres', '-c', 'fsync=off'],
          environment: { POSTGRES_HOST_AUTH_METHOD: 'trust' },
          ports: ['127.0.0.1:5432:5432'],
          healthcheck: {
            test: ['CMD', 'pg_isready', '--quiet'],
            interval: '2s',
            timeout: '5s',
            start_period: '10s',
            retries: 30,
          },
        },
      },
    });
    expect(stepOf(jobOf(workflow, 'check'), 'Test').env).toEqual({
      DATABASE_URL: 'postgresql://postgres@127.0.0.1:5432/financial_db',
    });
  });

  it('pass a dollar through compose as it is', () => {
    const [container] = delivery.testContainers;
    if (container === undefined) throw new Error('the fixture has no container');
    const plan = workflowPlan({ testContainers: [{ ...container, environment: [{ name: 'A', value: '$B ${C}' }] }] });
    const file = renderWorkflow(plan).find(({ path }) => path.endsWith('.compose.yaml'));
    expect(file?.body).toContain('A: $$B $${C}');
  });

  it('work in the folder of a workspace, but install at the root', () => {
    const check = jobOf(workflowOf(workflowPlan(inMonorepo)), 'check');
    expect(stepOf(check, 'Install')['working-directory']).toBeUndefined();
    expect(stepOf(check, 'Test')['working-directory']).toBe('backend/services/financial-service');
  });

  it('refuse stale generated files', () => {
    expect(stepOf(jobOf(workflow, 'generated'), 'Generate and compare').run).toBe('npx groundwork diff');
    expect(jobOf(workflow, 'image').needs).toContain('generated');
  });

  it('ask in a monorepo whether a merge queue touches the service', () => {
    const mono = workflowOf(workflowPlan(inMonorepo));
    expect(Object.keys(workflow.jobs)).not.toContain('changes');
    for (const id of ['generated', 'check', 'dependency-review', 'codeql']) {
      expect(jobOf(mono, id).needs, id).toEqual(['changes']);
      expect(jobOf(mono, id).if, id).toContain("needs.changes.outputs.relevant == 'true'");
    }
    expect(stepOf(jobOf(mono, 'changes'), 'Compare with the branch').env?.PATHS).toBe(inMonorepo.paths?.join('\n'));
  });
});

describe('image', () => {
  it('is built once, scanned before it is pushed, and pushed from the default branch only', () => {
    const builders = Object.entries(workflow.jobs).filter(([, { steps }]) =>
      steps.some(({ uses }) => uses?.includes('build-push-action')),
    );
    expect(builders.map(([id]) => id)).toEqual(['image']);
    expect(stepOf(jobOf(workflow, 'image'), 'Build').with).toMatchObject({
      push: false,
      provenance: false,
      sbom: false,
    });
    expect(jobOf(workflow, 'scan').needs).toEqual(['image']);
    expect(jobOf(workflow, 'publish').needs).toEqual(['image', 'scan', 'codeql']);
    expect(jobOf(workflow, 'publish').if).toBe("${{ github.ref == 'refs/heads/main' }}");
  });

  it('has the digest of the build everywhere', () => {
    expect(jobOf(workflow, 'image').outputs?.digest).toBe('${{ steps.build.outputs.digest }}');
    const publish = jobOf(workflow, 'publish');
    const digest = '${{ needs.image.outputs.digest }}';
    expect(publish.outputs?.digest).toBe(digest);
    expect(stepOf(publish, 'Push').env?.DIGEST).toBe(digest);
    for (const name of ['Attest the provenance', 'Attest the list of parts']) {
      expect(stepOf(publish, name).with).toMatchObject({
        'subject-name': delivery.imageRepository,
        'subject-digest': digest,
      });
    }
  });

  it('lets only the publishing job write packages and attestations', () => {
    const writers = (scope: string): string[] =>
      Object.entries(workflow.jobs)
        .filter(([, job]) => job.permissions[scope] === 'write')
        .map(([id]) => id);
    expect(writers('packages')).toEqual(['publish']);
    expect(writers('attestations')).toEqual(['publish']);
    expect(writers('id-token')).toEqual(['publish', 'deploy-staging', 'deploy-production']);
    expect(writers('contents')).toEqual([]);
  });
});

describe('deployment', () => {
  it('goes through the stages in order, each gated by its environment', () => {
    expect(jobOf(workflow, 'deploy-staging').needs).toEqual(['publish']);
    expect(jobOf(workflow, 'deploy-production').needs).toEqual(['publish', 'deploy-staging']);
    expect(jobOf(workflow, 'deploy-production').environment).toEqual({
      name: 'production',
      url: 'https://api.daorsagro.com',
    });
    const text = workflowText(workflowPlan());
    expect(text.split('required reviewers')).toHaveLength(2);
    expect(text).toContain('# - variables: AWS_ROLE_ARN, AWS_REGION, EKS_CLUSTER');
  });

  it('verifies the attestation before it takes a role, and records before it applies', () => {
    expect(jobOf(workflow, 'deploy-staging').steps.map(({ name }) => name)).toEqual([
      'Check out',
      'Sign in to the registry',
      'Verify the attestation',
      'Take the role on AWS',
      'Set up kubectl',
      'Point kubectl at the cluster',
      'Render the manifests',
      'Record what runs now',
      'Apply the configuration',
      'Migrate',
      'Roll out',
      'Smoke test',
      'Roll back',
    ]);
    const withoutMigration = jobOf(workflow, 'deploy-production').steps.map(({ name }) => name);
    expect(withoutMigration).not.toContain('Migrate');
  });

  it('rolls back when the roll-out or the smoke test fails, and only what was rolled out', () => {
    for (const id of ['deploy-staging', 'deploy-production']) {
      const job = jobOf(workflow, id);
      expect(job.steps.at(-1)).toEqual({
        name: 'Roll back',
        if: "${{ (failure() || cancelled()) && steps.roll-out.outcome != 'skipped' }}",
        run: 'bash scripts/ci/deploy.sh roll-back',
      });
      expect(stepOf(job, 'Roll out').id).toBe('roll-out');
      expect(JSON.stringify(job)).not.toContain('continue-on-error');
    }
  });

  it('takes role, region and cluster from the plan, or from the variables of the environment', () => {
    const planned = jobOf(workflow, 'deploy-staging');
    expect(stepOf(planned, 'Take the role on AWS').with).toEqual({
      'role-to-assume': staging.roleArn,
      'role-duration-seconds': 1920,
      'aws-region': 'eu-west-1',
    });
    expect(stepOf(planned, 'Point kubectl at the cluster').env).toEqual({
      CLUSTER: 'daorsagro-staging',
      REGION: 'eu-west-1',
    });
    const given = jobOf(workflow, 'deploy-production');
    expect(stepOf(given, 'Take the role on AWS').with).toMatchObject({
      'role-to-assume': '${{ vars.AWS_ROLE_ARN }}',
      'aws-region': '${{ vars.AWS_REGION }}',
    });
    expect(stepOf(given, 'Point kubectl at the cluster').env).toMatchObject({ CLUSTER: '${{ vars.EKS_CLUSTER }}' });
  });

  it('tells the script what to wait for', () => {
    expect(jobOf(workflow, 'deploy-staging').env).toMatchObject({
      DIGEST: '${{ needs.publish.outputs.digest }}',
      DEPLOYMENTS: 'financial-service financial-service-ledger',
      ROLLOUTS: '',
      MIGRATION: 'financial-service-migration',
      SMOKE_URL: '',
    });
    expect(jobOf(workflow, 'deploy-production').env).toMatchObject({
      ROLLOUTS: 'financial-service',
      SMOKE_URL: production.smoke?.url,
    });
  });

  it('needs no script where there is no stage', () => {
    const paths = renderWorkflow(workflowPlan({ stages: [] })).map(({ path }) => path);
    expect(paths).not.toContain('scripts/ci/deploy.sh');
    expect(paths).toContain('scripts/ci/publish-image.sh');
  });
});

describe('notification', () => {
  it('comes after a failure or a deployment to the last stage, from an environment without reviewers', () => {
    const notify = jobOf(workflow, 'notify');
    expect(notify.if).toBe(
      "${{ always() && github.ref == 'refs/heads/main' && (contains(needs.*.result, 'failure') || needs.deploy-production.result == 'success') }}",
    );
    expect(notify.environment).toEqual({ name: 'notifications' });
    expect(notify.needs).toEqual(Object.keys(workflow.jobs).filter((id) => id !== 'notify'));
  });
});

describe('overrides', () => {
  const overridden = (operations: readonly object[]) =>
    ({
      ...workflowPlan(),
      base: { overrides: [{ artifact: 'workflow', target: '', operations }] },
    }) as unknown as ReturnType<typeof workflowPlan>;

  it('change the object, and its comments go with it', () => {
    const plan = overridden([
      { op: 'replace', path: '/jobs/check/timeout-minutes', value: 45 },
      { op: 'remove', path: '/jobs/notify', value: null },
      { op: 'add', path: '/jobs/scan/steps/0', value: { name: 'First', run: 'true' } },
    ]);
    expect(jobOf(workflowOf(plan), 'check')['timeout-minutes']).toBe(45);
    expect(workflowText(plan)).not.toContain('SLACK_WEBHOOK_URL');
    expect(workflowText(plan)).toMatch(/trivy-action@[0-9a-f]{40} # v0\.36\.0/);
  });

  it('say what does not apply', () => {
    expect(() => workflowText(overridden([{ op: 'remove', path: '/jobs/nope', value: null }]))).toThrow(
      'The override of workflow does not apply: operation 1 is "remove /jobs/nope"',
    );
  });
});
