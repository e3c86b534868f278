// The scripts of the workflow, run by bash against stand-ins that answer as kubectl, curl and skopeo would.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const bash = spawnSync(
  'bash',
  ['-c', 'echo "${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]}"; command -v jq awk git realpath'],
  { encoding: 'utf8' },
);
/** The runner has all of it; a person's machine may not (macOS keeps bash 3.2). In CI nothing is skipped. */
const runnable = bash.status === 0 && Number.parseFloat(bash.stdout) >= 5.1;
if (!runnable && process.env.CI === 'true') throw new Error('bash 5.1, jq, awk, git and realpath are needed');

/**
 * What a stand-in answers to a call whose words match; the first rule counts. `waits` never ends by itself; `after` answers
 * when another call that matches was made.
 */
interface Rule {
  readonly match: string;
  readonly out?: string;
  readonly code?: number;
  readonly waits?: boolean;
  readonly after?: string;
}

const standIn = `#!${process.execPath}
const fs = require('node:fs');
const path = require('node:path');
const call = [path.basename(process.argv[1]), ...process.argv.slice(2)].join(' ');
fs.appendFileSync(process.env.CALLS, call + '\\n');
const rule = JSON.parse(process.env.RULES).find(({ match }) => new RegExp(match).test(call));
if (rule && rule.waits) setInterval(() => {}, 1000);
else answer();
function answer() {
  if (rule && rule.after && !new RegExp(rule.after).test(fs.readFileSync(process.env.CALLS, 'utf8'))) return void setTimeout(answer, 5);
  process.stdout.write((rule && rule.out) || '');
  process.exitCode = (rule && rule.code) || 0;
}
`;

const digest = `sha256:${'ab'.repeat(32)}`;
const image = 'ghcr.io/daorsagro/financial-service';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflow-scripts-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'overlay'));
  for (const name of ['kubectl', 'curl', 'skopeo', 'gh', 'sleep']) {
    writeFileSync(join(folder, 'bin', name), standIn);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(script: string, argument: string, rules: readonly Rule[], env: Readonly<Record<string, string>> = {}) {
  const calls = join(folder, 'calls');
  writeFileSync(calls, '');
  const { status, stdout, stderr } = spawnSync('bash', [join(process.cwd(), 'templates/workflow', script), argument], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      CALLS: calls,
      RULES: JSON.stringify(rules),
      RUNNER_TEMP: folder,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'daorsagro/financial-service',
      GITHUB_WORKFLOW_REF: 'daorsagro/financial-service/.github/workflows/financial-service.yml@refs/heads/main',
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      GITHUB_RUN_ID: '7',
      GITHUB_ACTOR: 'a&b',
      IMAGE: image,
      DIGEST: digest,
      OVERLAY: 'overlay',
      NAMESPACE: 'daorsagro',
      DEPLOYMENTS: 'web ledger',
      ROLLOUTS: '',
      ROLLOUT_SECONDS: '1',
      SMOKE_URL: '',
      SMOKE_SERVICE: 'web',
      SMOKE_PATH: '/ready',
      SMOKE_SECONDS: '0',
      MIGRATION: 'web-migration',
      MIGRATION_SECONDS: '60',
      ...env,
    },
  });
  return { status, output: stdout + stderr, calls: readFileSync(calls, 'utf8').split('\n').filter(Boolean) };
}

const deploy = (step: string, rules: readonly Rule[] = [], env: Readonly<Record<string, string>> = {}) =>
  run('deploy.sh', step, rules, env);

describe.skipIf(!runnable)('deploy.sh', { timeout: 60_000 }, () => {
  it('verifies who built the image, from which commit', () => {
    expect(deploy('verify').calls).toEqual([
      `gh attestation verify oci://${image}@${digest} --repo daorsagro/financial-service --deny-self-hosted-runners ` +
        '--cert-identity https://github.com/daorsagro/financial-service/.github/workflows/financial-service.yml@refs/heads/main ' +
        '--source-digest 0123456789abcdef0123456789abcdef01234567',
    ]);
    expect(deploy('verify', [{ match: '^gh ', code: 1 }]).status).toBe(1);
  });

  it('renders the overlay with the image by digest', () => {
    const manifest = `spec:\n  containers:\n    - image: ${image}@${digest}\n      name: web\n    - image: ${image}-exporter:1.0\n`;
    const { status, calls } = deploy('render', [{ match: 'kustomize', out: manifest }]);
    expect(status).toBe(0);
    expect(calls).toEqual([`kubectl kustomize ${folder}/deploy/overlay`]);
    expect(JSON.parse(readFileSync(join(folder, 'deploy/overlay/kustomization.yaml'), 'utf8'))).toMatchObject({
      resources: ['../../overlay'],
      images: [{ name: image, digest }],
    });
  });

  it.each([
    ['a tag', `    - image: ${image}:main\n`],
    ['no tag', `    - image: "${image}"\n`],
    ['another digest', `    - image: ${image}@sha256:${'00'.repeat(32)}\n`],
    ['a tag beside the digest', `    - image: ${image}@${digest}\n    - image: ${image}:1\n`],
    ['another image only', '    - image: nginx:1\n'],
  ])('refuses manifests with %s', (_, out) => {
    const { status, output } = deploy('render', [{ match: 'kustomize', out }]);
    expect(output).toContain('do not run ghcr.io/daorsagro/financial-service by digest');
    expect(status).toBe(1);
  });

  it('refuses what is no digest before it calls anything', () => {
    const { status, calls } = deploy('render', [], { DIGEST: `${digest} --force` });
    expect(status).toBe(1);
    expect(calls).toEqual([]);
  });

  it('waits for secrets after it applied the configuration', () => {
    const applied = 'serviceaccount/web\nexternalsecret.external-secrets.io/web-secrets\nconfigmap/web\n';
    const { status, calls } = deploy('configure', [{ match: ' apply ', out: applied }]);
    expect(status).toBe(0);
    expect(calls).toEqual([
      `kubectl --namespace daorsagro apply --filename ${folder}/deploy/manifests.yaml --selector groundwork.daorsagro.com/phase=configure --output name`,
      'kubectl --namespace daorsagro wait externalsecret.external-secrets.io/web-secrets --for condition=Ready --timeout 120s',
    ]);
    expect(deploy('configure', [{ match: ' apply ', code: 1 }]).status).toBe(1);
  });

  it('replaces the migration, and is content when it completes', () => {
    const { status, calls } = deploy('migrate', [{ match: 'condition=failed', waits: true }]);
    expect(status).toBe(0);
    expect(calls.slice(0, 2)).toEqual([
      'kubectl --namespace daorsagro delete job web-migration --ignore-not-found --timeout 60s',
      `kubectl --namespace daorsagro apply --filename ${folder}/deploy/manifests.yaml --selector groundwork.daorsagro.com/phase=migrate`,
    ]);
  });

  it('fails with the logs when the migration fails, without waiting for its time limit', () => {
    const { status, output } = deploy('migrate', [
      { match: 'condition=complete', waits: true },
      { match: ' logs ', out: 'relation does not exist' },
    ]);
    expect(status).toBe(1);
    expect(output).toContain('relation does not exist');
    expect(output).toContain('no pod of the new version was started');
  });

  it('fails when the migration neither completes nor fails in time', () => {
    expect(deploy('migrate', [{ match: ' wait ', code: 1 }]).status).toBe(1);
  });

  it('rolls out what is left, and waits for every Deployment', () => {
    const { status, calls } = deploy('roll-out');
    expect(status).toBe(0);
    expect(calls).toEqual([
      `kubectl --namespace daorsagro apply --filename ${folder}/deploy/manifests.yaml --selector groundwork.daorsagro.com/phase notin (configure,migrate)`,
      'kubectl --namespace daorsagro rollout status deployment/web --timeout=1s',
      'kubectl --namespace daorsagro rollout status deployment/ledger --timeout=1s',
    ]);
  });

  it('fails when one Deployment is not ready, and shows the pods', () => {
    const { status, output } = deploy('roll-out', [
      { match: 'status deployment/ledger', code: 1 },
      { match: 'get pods', out: 'ledger-1 CrashLoopBackOff' },
    ]);
    expect(status).toBe(1);
    expect(output).toContain('CrashLoopBackOff');
    expect(output).toContain('the new version did not become ready');
  });

  it('returns every Deployment to its recorded revision', () => {
    deploy('record', [
      { match: 'get deployment web', out: '41' },
      { match: 'get deployment ledger', out: '7' },
    ]);
    const { status, calls } = deploy('roll-back');
    expect(status).toBe(0);
    expect(calls.slice(0, 2)).toEqual([
      'kubectl --namespace daorsagro rollout undo deployment/web --to-revision 41',
      'kubectl --namespace daorsagro rollout undo deployment/ledger --to-revision 7',
    ]);
    expect(calls).toContain('kubectl --namespace daorsagro rollout status deployment/web --timeout=1s');
    expect(deploy('roll-back', [{ match: 'status deployment/web', code: 1 }]).output).toContain(
      'somebody has to look now',
    );
  });

  it('has nothing to return to after the first deployment', () => {
    deploy('record');
    const { status, output, calls } = deploy('roll-back');
    expect(status).toBe(0);
    expect(calls).toEqual([]);
    expect(output).toContain('web is new: there is no version to return to');
  });

  describe('with an Argo Rollout', () => {
    const env = { DEPLOYMENTS: '', ROLLOUTS: 'web' };
    const seen: Rule[] = [
      { match: 'get rollouts\\.argoproj\\.io web .*metadata\\.generation', out: '3' },
      { match: 'get deployment web .*metadata\\.generation', out: '9' },
      { match: 'status\\.observedGeneration', out: '3 9' },
    ];
    const template = {
      metadata: { labels: { app: 'web', 'rollouts-pod-template-hash': 'abc' } },
      spec: { containers: [] },
    };
    const record = () =>
      deploy(
        'record',
        [
          { match: 'status\\.stableRS', out: 'abc' },
          { match: 'get replicaset web-abc', out: JSON.stringify({ spec: { template } }) },
        ],
        env,
      );

    it('waits until it is healthy', () => {
      const { status, calls } = deploy('roll-out', [...seen, { match: 'Degraded', waits: true }], env);
      expect(status).toBe(0);
      expect(
        calls.some((call) => call.includes('wait rollouts.argoproj.io/web --for=jsonpath={.status.phase}=Healthy')),
      ).toBe(true);
    });

    it('fails as soon as it is degraded', () => {
      expect(deploy('roll-out', [...seen, { match: 'Healthy', waits: true }], env).status).toBe(1);
    });

    it('fails when the controller never sees the new version', () => {
      const stale = [{ match: 'status\\.observedGeneration', out: '2 8' }, ...seen];
      const { status, calls } = deploy('roll-out', stale, { ...env, ROLLOUT_SECONDS: '0' });
      expect(status).toBe(1);
      expect(calls.some((call) => call.includes('=Healthy'))).toBe(false);
    });

    it('puts the template that served back, and leaves out the steps of a canary', () => {
      expect(record().status).toBe(0);
      const { status, calls } = deploy(
        'roll-back',
        [...seen, { match: 'currentPodHash', out: 'abc def' }, { match: 'Degraded', waits: true }],
        env,
      );
      expect(status).toBe(0);
      expect(JSON.parse(readFileSync(join(folder, 'deploy/patch-web.json'), 'utf8'))).toEqual([
        {
          op: 'replace',
          path: '/spec/template',
          value: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } },
        },
      ]);
      expect(calls[0]).toBe(
        `kubectl --namespace daorsagro patch deployment web --type json --patch-file ${folder}/deploy/patch-web.json`,
      );
      expect(calls).toContain(
        'kubectl --namespace daorsagro patch rollouts.argoproj.io web --subresource status --type merge --patch {"status":{"promoteFull":true}}',
      );
    });

    it('promotes nothing when the old version is the stable one still', () => {
      record();
      const { status, calls } = deploy(
        'roll-back',
        [...seen, { match: 'currentPodHash', out: 'abc abc' }, { match: 'Degraded', waits: true }],
        env,
      );
      expect(status).toBe(0);
      expect(calls.some((call) => call.includes('promoteFull'))).toBe(false);
    });

    it('records nothing for a new one', () => {
      expect(deploy('record', [], env).status).toBe(0);
      expect(existsSync(join(folder, 'deploy/template-web.json'))).toBe(false);
    });
  });

  it('asks the public address, or the Service through the API server', () => {
    const answers: Rule[] = [
      { match: '^curl ', out: '200' },
      { match: 'port-forward', waits: true },
    ];
    const inside = deploy('smoke-test', [{ match: '^curl ', out: '200', after: 'port-forward' }, ...answers]);
    expect(inside.status).toBe(0);
    expect(inside.calls).toContain('kubectl --namespace daorsagro port-forward service/web 18080:http');
    expect(
      inside.calls.some((call) => call.startsWith('curl ') && call.endsWith(' http://127.0.0.1:18080/ready')),
    ).toBe(true);
    const outside = deploy('smoke-test', answers, { SMOKE_URL: 'https://api.daorsagro.com' });
    expect(outside.calls).toHaveLength(1);
    expect(outside.calls[0]).toMatch(/^curl .* https:\/\/api\.daorsagro\.com\/ready$/);
  });

  it.each(['503', '301', '000'])('fails when the answer stays %s', (out) => {
    const { status, output } = deploy('smoke-test', [{ match: '^curl ', out }], {
      SMOKE_URL: 'https://api.daorsagro.com',
    });
    expect(output).toContain(`wanted 200 and got ${out}`);
    expect(status).toBe(1);
  });

  it('knows no other step', () => {
    expect(deploy('destroy').status).toBe(1);
  });
});

describe.skipIf(!runnable)('publish-image.sh', { timeout: 60_000 }, () => {
  const env = { LAYOUT: '/layout', TAG: 'abc' };
  /** skopeo writes the digest it published into a file. */
  const skopeo = (published: string): void => {
    const text = `#!/usr/bin/env bash\nprintf '%s\\n' "$*" >>"$CALLS"\nprintf '%s' '${published}' >"$RUNNER_TEMP/published-digest"\n`;
    writeFileSync(join(folder, 'bin/skopeo'), text, { mode: 0o755 });
  };

  it('copies the layout unchanged', () => {
    skopeo(digest);
    const { status, calls } = run('publish-image.sh', '', [], env);
    expect(status).toBe(0);
    expect(calls).toEqual([
      `copy --preserve-digests --retry-times 3 --digestfile ${folder}/published-digest oci:/layout docker://${image}:abc`,
    ]);
  });

  it('fails when the registry has something else', () => {
    skopeo(`sha256:${'00'.repeat(32)}`);
    expect(run('publish-image.sh', '', [], env)).toMatchObject({ status: 1 });
  });
});

describe.skipIf(!runnable)('slack-message.sh', { timeout: 60_000 }, () => {
  const message = (needs: object): string => {
    const file = join(folder, 'slack.json');
    const { status } = run('slack-message.sh', '', [], {
      MESSAGE: file,
      NEEDS: JSON.stringify(needs),
      SERVICE: 'a<b>"c',
      STAGE: 'production',
    });
    expect(status).toBe(0);
    return (JSON.parse(readFileSync(file, 'utf8')) as { text: string }).text;
  };
  const run7 = '(<https://github.com/daorsagro/financial-service/actions/runs/7|run>)';

  it('names what failed', () => {
    expect(message({ check: { result: 'failure' }, image: { result: 'skipped' } })).toBe(
      `:x: *a&lt;b&gt;"c*: check failed for 0123456789ab, by a&amp;b ${run7}`,
    );
  });

  it('names the version that runs', () => {
    expect(message({ check: { result: 'success' } })).toBe(
      `:white_check_mark: *a&lt;b&gt;"c*: 0123456789ab runs in production, by a&amp;b ${run7}`,
    );
  });
});

describe.skipIf(!runnable)('changed.sh', { timeout: 60_000 }, () => {
  const git = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args],
      { cwd: folder, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const commit = (path: string): string => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), path);
    git('add', path);
    git('commit', '--quiet', '--message', path);
    return git('rev-parse', 'HEAD');
  };
  const relevant = (base: string, head: string, paths: string): string => {
    const output = join(folder, 'output');
    writeFileSync(output, '');
    expect(
      run('changed.sh', '', [], { BASE_SHA: base, HEAD_SHA: head, PATHS: paths, GITHUB_OUTPUT: output }).status,
    ).toBe(0);
    return readFileSync(output, 'utf8');
  };

  it('compares two commits below the paths', () => {
    git('init', '--quiet');
    const base = commit('package.json');
    const head = commit('services/a/src/deep/index.ts');
    expect(relevant(base, head, 'services/a/**')).toBe('relevant=true\n');
    expect(relevant(base, head, 'services/b/**\npackage.json')).toBe('relevant=false\n');
    expect(relevant(base, head, 'services/**\n!services/a/**')).toBe('relevant=false\n');
    const other = commit('services/b/x y.ts');
    expect(relevant(head, other, 'services/a/**')).toBe('relevant=false\n');
    expect(relevant(base, other, 'services/b/x y.ts')).toBe('relevant=true\n');
  });

  it('fails when a commit is not there', () => {
    git('init', '--quiet');
    const base = commit('package.json');
    const env = { BASE_SHA: base, HEAD_SHA: 'f'.repeat(40), PATHS: '**', GITHUB_OUTPUT: join(folder, 'output') };
    expect(run('changed.sh', '', [], env).status).not.toBe(0);
  });
});
