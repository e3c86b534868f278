// The scripts beside the applications, run by a real shell and git: a digest moves by a pull request, and a rollback is one command.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesFolder, generateFolder } from '../support/platform-examples';

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

let root = '';
let clone = '';
let log = '';

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** A command that only notes how it was called, and prints what is wanted. */
function fake(name: string, body: string): void {
  const file = path.join(root, 'bin', name);
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>"${log}"\n${body}\n`);
  chmodSync(file, 0o755);
}

function run(script: string, ...args: string[]): { readonly code: number; readonly text: string } {
  const options = {
    encoding: 'utf8' as const,
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${path.join(root, 'bin')}:${process.env.PATH}`,
      GIT_AUTHOR_NAME: 't',
      GIT_AUTHOR_EMAIL: 't@example.com',
      GIT_COMMITTER_NAME: 't',
      GIT_COMMITTER_EMAIL: 't@example.com',
    },
  };
  try {
    return { code: 0, text: execFileSync('sh', [path.join(clone, 'platform/gitops', script), ...args], options) };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    return { code: status, text: stderr };
  }
}

const calls = (): string[] => readFileSync(log, 'utf8').split('\n').filter(Boolean);
const released = (branch: string, file: string): unknown =>
  JSON.parse(git(path.join(root, 'origin.git'), 'show', `${branch}:platform/releases/${file}`));

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'gitops-'));
  clone = path.join(root, 'clone');
  log = path.join(root, 'calls');
  mkdirSync(path.join(root, 'bin'));
  writeFileSync(log, '');
  fake('gh', '');
  fake('argocd', `case "$2" in get) printf '{}' ;; esac`);
  fake('jq', `printf '%s\\n' ${digest('c')}`);
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', path.join(root, 'origin.git')]);
  execFileSync('git', ['clone', '-q', path.join(root, 'origin.git'), clone], { stdio: 'ignore' });
  git(clone, 'checkout', '-q', '-b', 'main');
  for (const file of outcome.files.filter((one) => /^platform\/gitops\/.*\.sh$/.test(one.path))) {
    mkdirSync(path.dirname(path.join(clone, file.path)), { recursive: true });
    writeFileSync(path.join(clone, file.path), file.body, { mode: 0o755 });
  }
  git(clone, 'add', '.');
  git(clone, 'commit', '-q', '-m', 'scripts');
  git(clone, 'push', '-q', 'origin', 'main');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('promote.sh', () => {
  it('releases what was just built by a pull request that merges itself where there is no gate', () => {
    expect(run('promote.sh', 'financial-service', digest('a'), 'staging')).toMatchObject({ code: 0 });
    const branch = 'promote/staging/financial-service-aaaaaaaaaaaa';
    expect(released(branch, 'staging/financial-service.json')).toEqual({ digest: digest('a') });
    expect(calls()).toEqual([
      `gh attestation verify oci://ghcr.io/daorsagro/financial-service@${digest('a')} --repo daorsagro/agro-main --signer-workflow daorsagro/agro-main/.github/workflows/financial-service.yml --source-ref refs/heads/main --deny-self-hosted-runners`,
      expect.stringContaining(`gh pr list --head ${branch} --state open`),
      expect.stringContaining(`gh pr create --base main --head ${branch}`),
      `gh pr merge ${branch} --auto --squash`,
    ]);
    // Merged, as the pull request would.
    git(path.join(root, 'origin.git'), 'update-ref', 'refs/heads/main', branch);
  });

  it('takes the digest from one environment to the next, where a person merges', () => {
    writeFileSync(log, '');
    expect(run('promote.sh', 'financial-service', 'staging', 'production')).toMatchObject({ code: 0 });
    expect(released('promote/production/financial-service-aaaaaaaaaaaa', 'production/financial-service.json')).toEqual({
      digest: digest('a'),
    });
    expect(calls().some((call) => call.startsWith('gh pr merge'))).toBe(false);
    expect(git(clone, 'status', '--porcelain')).toBe('');
    expect(git(clone, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('opens no second pull request when it is run again', () => {
    writeFileSync(log, '');
    fake('gh', 'case "$2" in list) echo 7 ;; esac');
    expect(run('promote.sh', 'financial-service', 'staging', 'production')).toMatchObject({ code: 0 });
    expect(calls().some((call) => call.startsWith('gh pr create'))).toBe(false);
    fake('gh', '');
  });

  it('does nothing when it runs there already', () => {
    writeFileSync(log, '');
    expect(run('promote.sh', 'financial-service', digest('a'), 'staging').text).toContain('already');
    expect(calls()).toEqual([]);
  });

  it.each([
    ['weather-service', 'staging', 'production', 'never released'],
    ['weather-service', 'sha256:short', 'production', 'never released'],
    ['../x', 'staging', 'production', 'no service of this platform'],
    ['weather-service', 'staging', 'development', 'no environment in a cluster'],
    ['weather-service', '$(touch x)', 'production', 'neither an environment nor a digest'],
  ])('refuses %s %s %s', (service, from, to, message) => {
    const { code, text } = run('promote.sh', service, from, to);
    expect(code).toBe(1);
    expect(text).toContain(message);
  });

  it('refuses an image that nobody attested', () => {
    fake('gh', 'case "$1" in attestation) exit 1 ;; esac');
    const { code, text } = run('promote.sh', 'auth-service', digest('b'), 'staging');
    expect(code).toBe(1);
    expect(text).toContain('is not attested');
    fake('gh', '');
  });
});

describe('rollback.sh', () => {
  it('returns at once and makes git follow', () => {
    writeFileSync(log, '');
    expect(run('rollback.sh', 'financial-service', 'production')).toMatchObject({ code: 0 });
    expect(calls().filter((call) => call.startsWith('argocd'))).toEqual([
      'argocd app rollback daorsagro-production-financial-service',
      'argocd app wait daorsagro-production-financial-service --operation --health --timeout 900',
      'argocd app get daorsagro-production-financial-service --output json',
    ]);
    expect(released('promote/production/financial-service-cccccccccccc', 'production/financial-service.json')).toEqual({
      digest: digest('c'),
    });
  });

  it('switches automation off first, which would refuse it', () => {
    writeFileSync(log, '');
    const { text } = run('rollback.sh', 'financial-service', 'staging');
    expect(calls()[0]).toBe('argocd app set daorsagro-staging-financial-service --sync-policy none');
    expect(text).toContain('--sync-policy automated --auto-prune --self-heal');
  });
});
