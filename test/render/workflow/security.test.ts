// What must hold in every workflow, whatever the plan: pins, permissions, secrets and text that stays text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionPins } from '../../../src/catalog/actions';
import { generate } from '../../../src/generate';
import type { ServicePlan } from '../../../src/plan/types';
import {
  delivery,
  inMonorepo,
  jobOf,
  type ParsedStep,
  stepOf,
  workflowOf,
  workflowPlan,
  workflowText,
} from '../fixtures/delivery';

const examples: [string, ServicePlan][] = readdirSync('examples')
  .filter((name) => existsSync(`examples/${name}/service.yaml`))
  .map((name) => {
    const service: unknown = parse(readFileSync(`examples/${name}/service.yaml`, 'utf8'), { merge: true });
    const { plan } = generate({ service, platform: null });
    if (plan === null) throw new Error(`examples/${name} has no plan`);
    return [`example ${name}`, plan];
  });

const plans: [string, ServicePlan][] = [
  ['own repository', workflowPlan()],
  ['monorepo', workflowPlan(inMonorepo)],
  ['pnpm', workflowPlan({ packageManager: 'pnpm', packageManagerVersion: 'pnpm@10.1.0' })],
  [
    'nothing to check, nowhere to deploy',
    workflowPlan({ lintCommand: null, typesCommand: null, testCommand: null, buildCommand: null, stages: [] }),
  ],
  ...examples,
];

const allSteps = (plan: ServicePlan): ParsedStep[] =>
  Object.values(workflowOf(plan).jobs).flatMap(({ steps }) => steps);

describe.each(plans)('%s', (_, plan) => {
  const workflow = workflowOf(plan);
  const jobs = Object.entries(workflow.jobs);

  it('uses every action at a full commit, with its exact release beside it', () => {
    const lines = workflowText(plan)
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line));
    expect(lines).toHaveLength(allSteps(plan).filter(({ uses }) => uses !== undefined).length);
    for (const line of lines) expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('interpolates nothing into shell text', () => {
    for (const { run } of allSteps(plan)) expect(run ?? '').not.toContain('${{');
  });

  it('gives the workflow no permission, and every job its own with the reason on the line', () => {
    expect(workflow.permissions).toEqual({});
    for (const [id, job] of jobs) expect(Object.keys(job.permissions), id).not.toHaveLength(0);
    const lines = workflowText(plan)
      .split('\n')
      .filter((line) => /^ {6}[a-z-]+: (read|write)\b/.test(line));
    expect(lines).toHaveLength(jobs.flatMap(([, job]) => Object.keys(job.permissions)).length);
    for (const line of lines) expect(line).toMatch(/# to |# the least/);
  });

  it('gives a pull request neither a token that may write nor a secret', () => {
    for (const [id, job] of jobs) {
      const never =
        job.if !== undefined && /github\.ref == 'refs\/heads\/|github\.event_name != 'pull_request'/.test(job.if);
      const writes = Object.values(job.permissions).includes('write');
      const hasSecret = JSON.stringify(job).includes('secrets.');
      if (writes || hasSecret) expect(never, id).toBe(true);
    }
  });

  it('keeps secrets to jobs with an environment, and out of shells', () => {
    for (const [id, job] of jobs) {
      if (JSON.stringify(job).includes('secrets.')) expect(job.environment, id).toBeDefined();
      for (const step of job.steps)
        if (step.run !== undefined) expect(JSON.stringify(step), id).not.toContain('secrets.');
    }
  });

  it('scans where no secret is and nothing may be written', () => {
    const scan = jobOf(workflow, 'scan');
    expect(scan.permissions).toEqual({ contents: 'read' });
    expect(scan.environment).toBeUndefined();
    expect(JSON.stringify(scan)).not.toMatch(/secrets\.|github\.token/);
    const users = jobs.filter(([, job]) => job.steps.some(({ uses }) => /trivy|sbom-action/.test(uses ?? '')));
    expect(users.map(([id]) => id)).toEqual(['scan']);
    for (const { uses, with: inputs } of scan.steps) {
      if (uses?.includes('trivy')) expect(inputs?.version).toMatch(/^v\d+\.\d+\.\d+$/);
      if (uses?.includes('sbom-action')) expect(inputs?.['syft-version']).toMatch(/^v\d+\.\d+\.\d+$/);
    }
  });

  it('limits the time of every job, names every step and runs on a named release', () => {
    for (const [id, job] of jobs) {
      expect(job['timeout-minutes'], id).toBeGreaterThan(0);
      expect(job['runs-on'], id).toBe(plan.delivery.runner);
      for (const step of job.steps) expect(step.name, id).toBeTruthy();
    }
  });

  it('leaves no credentials behind a checkout', () => {
    const checkouts = allSteps(plan).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(3);
    for (const { with: inputs } of checkouts) expect(inputs?.['persist-credentials']).toBe(false);
  });

  it('has no cache on the way to the published image', () => {
    for (const id of ['image', 'scan', 'publish']) {
      for (const { uses, with: inputs } of jobOf(workflow, id).steps) {
        expect(uses ?? '').not.toMatch(/actions\/cache|setup-node/);
        if (uses?.includes('setup-buildx')) expect(inputs?.['cache-binary']).toBe(false);
        if (uses?.includes('trivy')) expect(inputs?.cache).toBe(false);
        expect(Object.keys(inputs ?? {})).not.toEqual(expect.arrayContaining(['cache-from']));
      }
    }
  });

  it('writes no long-lived key of a cloud', () => {
    expect(workflowText(plan)).not.toMatch(/AWS_SECRET_ACCESS_KEY|aws-secret-access-key|AWS_ACCESS_KEY_ID/);
  });
});

it('uses one commit of CodeQL for both of its steps', () => {
  const uses = jobOf(workflowOf(workflowPlan()), 'codeql').steps.flatMap(
    (step) => step.uses?.match(/codeql-action\/(\w+)@(.*)$/)?.slice(1) ?? [],
  );
  expect(uses).toEqual([
    'init',
    actionPins['github/codeql-action'].sha,
    'analyze',
    actionPins['github/codeql-action'].sha,
  ]);
});

describe('hostile text in the plan', () => {
  const hostile = 'x" \'$(id)`id` ${{ secrets.GITHUB_TOKEN }} }} ; rm -rf /\n- run: id\t# \u2028: \\';
  const plan = workflowPlan(
    {
      workflowName: hostile,
      defaultBranch: "main' || true || '${{ github.token }}",
      runner: 'ubuntu-24.04',
      installCommand: ['npm', 'ci', hostile],
      testCommand: [hostile, hostile],
      freshnessCommand: ['echo', hostile],
      folder: hostile,
      paths: [hostile],
      imageRepository: hostile,
      registry: hostile,
      dockerfile: hostile,
      buildContext: hostile,
      slackChannel: hostile,
      packageManager: 'pnpm',
      packageManagerVersion: hostile,
      testContainers: delivery.testContainers.map((container) => ({
        ...container,
        variables: [{ name: 'A', value: hostile }],
      })),
      stages: delivery.stages.map((stage) => ({
        ...stage,
        namespace: hostile,
        cluster: hostile,
        region: hostile,
        roleArn: hostile,
        overlay: hostile,
        migration: hostile,
        deployments: [hostile],
        smoke: { url: hostile, path: hostile, service: hostile, timeoutSeconds: 1 },
      })),
    },
    hostile,
  );
  const plain = workflowOf(
    workflowPlan({ ...inMonorepo, packageManager: 'pnpm', packageManagerVersion: 'pnpm@10.1.0' }),
  );
  const workflow = workflowOf(plan);

  /** What GitHub evaluates: `${{`, then up to the first `}}` outside of quotes. */
  const expressions = (value: string): string[] =>
    [...value.matchAll(/\$\{\{((?:'(?:[^']|'')*'|[^'}]|\}(?!\}))*)\}\}/g)].map((found) => (found[1] ?? '').trim());

  const strings = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
  };

  it('changes neither jobs nor steps nor permissions', () => {
    expect(Object.keys(workflow.jobs)).toEqual(Object.keys(plain.jobs));
    for (const [id, job] of Object.entries(workflow.jobs)) {
      const other = jobOf(plain, id);
      expect(job.permissions, id).toEqual(other.permissions);
      if (!id.startsWith('deploy-production'))
        expect(job.steps.map(({ uses, name }) => [uses, name])).toEqual(
          other.steps.map(({ uses, name }) => [uses, name]),
        );
    }
  });

  it('is never evaluated', () => {
    for (const job of Object.values(workflow.jobs)) {
      const { if: condition, steps, ...rest } = job;
      const evaluated = [
        ...strings(rest),
        ...steps.flatMap(({ if: inner, ...step }) => [...strings(step), inner ?? '']),
      ].flatMap(expressions);
      for (const text of evaluated) expect(text).not.toMatch(/secrets\.GITHUB_TOKEN|\bid\b`/);
      // Quoted inside a condition, it is only compared with.
      expect((condition ?? '').replaceAll(/'(?:[^']|'')*'/g, "''")).not.toMatch(/github\.token|\|\| true/);
    }
  });

  it('reaches a shell as single words, or by the environment', () => {
    const install = stepOf(jobOf(workflow, 'generated'), 'Install').run ?? '';
    expect(install.startsWith("npm ci 'x\" '\\''$(id)`id` $''{{ secrets.GITHUB_TOKEN }} }} ; rm -rf /\n")).toBe(true);
    for (const { run } of Object.values(workflow.jobs).flatMap(({ steps }) => steps))
      expect(run ?? '').not.toContain('${{');
    expect(jobOf(workflow, 'deploy-staging').env?.NAMESPACE).toBe(hostile.replace('${{', "${{ '${{' }}"));
  });
});
