// The repository itself: what is generated and committed is what its sources give today, and its workflows are tight.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from './packed';

const read = (file: string, folder = root) => readFileSync(path.join(folder, file), 'utf8');

function node(args: readonly string[], cwd: string) {
  // NODE_ENV: vitest sets it, and projen takes it for its own tests. PROJEN_DISABLE_POST: no `npm install`.
  const { NODE_ENV: _, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env: { ...env, PROJEN_DISABLE_POST: 'true' } });
}

describe('npx projen', () => {
  const { files } = JSON.parse(read('.projen/files.json')) as { files: string[] };
  let copy: string;
  beforeAll(() => {
    // In a copy: in the checkout it would mend what this test is to find.
    copy = mkdtempSync(path.join(tmpdir(), 'groundwork-projen-'));
    for (const file of ['.projenrc.ts', 'register.cjs', 'scripts/workflows.ts', 'package.json']) {
      cpSync(path.join(root, file), path.join(copy, file));
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('leaves the repository as it is', () => {
    const { status, stderr } = node(['-r', './register.cjs', '.projenrc.ts'], copy);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(files).toContain('.github/workflows/release.yml');
    // projen edits package.json in place, so it is not on its own list.
    for (const file of [...files, 'package.json']) expect(read(file, copy), file).toBe(read(file));
  });
});

describe('committed outputs', () => {
  it.each(['gen-schema', 'gen-types'])('are what scripts/%s.mjs makes today', (script) => {
    const { status, stderr } = node([`scripts/${script}.mjs`, '--check'], root);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

interface Job {
  readonly 'runs-on': string;
  readonly 'timeout-minutes': number;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
}
interface Workflow {
  readonly permissions: object;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

describe.each(readdirSync(path.join(root, '.github/workflows')))('workflow %s', (name) => {
  const text = read(`.github/workflows/${name}`);
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  it('names every action by its full commit, and the version beside it', () => {
    const lines = text.split('\n').filter((line) => line.includes('uses:'));
    expect(lines).toHaveLength(steps.filter((step) => step.uses).length);
    for (const line of lines) expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('grants nothing by default, reading to a job, and a token to the publishing one only', () => {
    expect(workflow.permissions).toEqual({});
    for (const [id, job] of jobs) {
      expect(job.permissions, id).toEqual(id === 'publish' ? { 'id-token': 'write' } : { contents: 'read' });
    }
  });

  it('leaves no credential in the checkout', () => {
    for (const step of steps.filter((step) => step.uses?.startsWith('actions/checkout@'))) {
      expect(step.with).toEqual({ 'persist-credentials': false });
    }
  });

  it('limits time and concurrency, on a named runner', () => {
    expect(workflow.concurrency.group).toMatch(/\S/);
    for (const [id, job] of jobs) {
      expect(job['timeout-minutes'], id).toBeGreaterThan(0);
      expect(job['runs-on'], id).toBe('ubuntu-24.04');
    }
  });

  it('puts no expression into shell text', () => {
    for (const step of steps) expect(step.run ?? '').not.toContain('${{');
  });
});

describe('release', () => {
  it('restores no cache on the way to what is published', () => {
    const { jobs } = parse(read('.github/workflows/release.yml')) as Workflow;
    const setups = Object.values(jobs).flatMap((job) =>
      job.steps.filter((step) => step.uses?.startsWith('actions/setup-node@')),
    );
    expect(setups).toHaveLength(2);
    for (const { with: inputs } of setups) {
      expect(inputs).toMatchObject({ 'package-manager-cache': false });
      expect(inputs).not.toHaveProperty('cache');
    }
  });
});
