// The deployment command of the example platform, run by a real shell and Node.js with stand-ins of the tools: what it does, in which order.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderTemplate } from '../../src/render/shared/template';
import { examplesFolder, generateFolder } from '../support/platform-examples';

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));

let root = '';
let log = '';

/** A tool that notes how it was called; `body` answers and decides how it ends. */
function fake(name: string, body: string): void {
  const file = path.join(root, 'bin', name);
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>"${log}"\n${body}\n`);
  chmodSync(file, 0o755);
}

const production = 'arn:aws:eks:eu-west-1:444455556666:cluster/daorsagro-production';

function standIns(): void {
  fake(
    'docker',
    `case "$*" in
  'version --format'*) echo 27.1.0 ;;
  'compose version'*) echo 2.26.1 ;;
  *' ps --all --quiet '*) [ -e "${root}/running" ] && echo container ;;
  'inspect '*) echo sha256:old registry/image:tag ;;
  'image inspect '*) [ -e "${root}/running" ] && echo sha256:before ;;
  *' up '*) [ ! -e "${root}/broken" ] || { rm "${root}/broken"; exit 1; } ;;
esac`,
  );
  fake(
    'kubectl',
    `case "$*" in
  'version '*) printf 'clientVersion:\\n  gitVersion: v1.35.2\\n' ;;
  'config view '*) cat "${root}/context" ;;
  *' get gateways'*) echo 127.0.0.1 ;;
esac`,
  );
  fake(
    'aws',
    `case "$*" in
  '--version') echo aws-cli/2.22.0 ;;
  'sts '*) cat "${root}/account" ;;
esac`,
  );
  fake('argocd', `case "$*" in 'version '*) echo 'argocd: v3.2.0' ;; *' wait '*) [ ! -e "${root}/broken" ] ;; esac`);
  fake('gh', 'echo gh version 2.60.0');
  fake(
    'git',
    `case "$*" in --version) echo git version 2.39.5 ;; show*) echo '{ "digest": "sha256:${'a'.repeat(64)}" }' ;; esac`,
  );
  fake('jq', 'echo jq-1.7');
  fake('terraform', 'echo Terraform v1.13.0');
}

function deploy(words: readonly string[], input = ''): { code: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync('sh', [path.join(root, 'scripts/deploy.sh'), ...words], {
    encoding: 'utf8',
    input,
    env: { ...process.env, PATH: `${path.join(root, 'bin')}:${process.env.PATH}`, API_TOKEN: 'do-not-print-me' },
  });
  return { code: status, text: stdout + stderr };
}

const calls = (): string[] => readFileSync(log, 'utf8').split('\n').filter(Boolean);
const changing = (): string[] =>
  calls().filter(
    (call) =>
      !/ (?:version|--version|ps|inspect|config view|sts|show|get) ?|^docker image inspect|^kubectl .* get /.test(call),
  );
const set = (name: string, text: string): void => writeFileSync(path.join(root, name), text);

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'deploy '));
  log = path.join(root, 'calls');
  for (const { path: file, body } of outcome.files.filter(({ path: one }) =>
    /^(?:scripts|platform\/(?:deploy|gitops))\//.test(one),
  )) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), body);
  }
  mkdirSync(path.join(root, 'bin'));
});
beforeEach(() => {
  for (const name of ['running', 'broken']) rmSync(path.join(root, name), { force: true });
  set('calls', '');
  set('context', production);
  set('account', '444455556666');
  standIns();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('words', () => {
  it.each([
    [['-e', 'moon', '-t', 'docker'], '--environment is one of development, staging, production, not moon'],
    [['-e', 'development'], '--target is one of docker, kubernetes, aws, not left out'],
    [['-e', 'development', '-t', 'docker', '--nonsense'], "Unknown option '--nonsense'"],
    [['-e', 'development', '-t', 'kubernetes'], 'development does not run in a cluster: use -t docker'],
    [['-e', 'development', '-t', 'docker', '--service', 'moon'], '--service is one of analytics-service, auth-service'],
    [['-e', 'development', '-t', 'docker', '--strategy', 'canary'], 'cannot do canary: nothing there shares requests'],
    [['-e', 'production', '-t', 'kubernetes', '--strategy', 'blue-green'], 'api-gateway (canary)'],
    [['-e', 'production', '-t', 'kubernetes', '--digest', 'latest'], '--digest is sha256: and 64 digits, not latest'],
  ])('%j is refused with a sentence, before anything runs', (words, message) => {
    const { code, text } = deploy(words);
    expect(text).toContain(message);
    expect(code).toBe(2);
    expect(calls()).toEqual([]);
  });

  it('takes the strategy that is declared', () => {
    const { text } = deploy([
      '-e',
      'production',
      '-t',
      'kubernetes',
      '--service',
      'api-gateway',
      '--strategy',
      'canary',
      '--dry-run',
      '--skip-tests',
    ]);
    expect(text).toContain('nothing was changed');
  });
});

describe('prerequisites', () => {
  it('names every tool that is missing or too old, at once', () => {
    fake('terraform', 'echo Terraform v1.5.7');
    fake('jq', 'exit 127');
    const { code, text } = deploy(['-e', 'production', '-t', 'aws', '--yes']);
    expect(text).toContain('terraform has to be 1.11.0 or later');
    expect(text).toContain('jq 1.6.0 or later is not there');
    expect(code).toBe(1);
    expect(changing().filter((call) => !/^(?:terraform|jq|gh|git|argocd)/.test(call))).toEqual([]);
  });

  it('refuses another account and another cluster', () => {
    set('account', '111122223333');
    expect(deploy(['-e', 'production', '-t', 'kubernetes', '--yes']).text).toContain(
      'production is in the account 444455556666, and the AWS client speaks for 111122223333',
    );
    set('account', '444455556666');
    // The same name in another account.
    set('context', production.replace('444455556666', '111122223333'));
    const { code, text } = deploy(['-e', 'production', '-t', 'kubernetes', '--yes']);
    expect(text).toContain(`production is the cluster ${production}, and kubectl speaks to`);
    expect(code).toBe(1);
    expect(calls().some((call) => /apply|sync/.test(call))).toBe(false);
  });
});

describe('a gate', () => {
  const words = ['-e', 'production', '-t', 'kubernetes', '--skip-tests', '--skip-backup'];

  it.each(['', 'yes\n', 'staging\n'])('stays shut for the answer %j', (input) => {
    const { code, text } = deploy(words, input);
    expect(text).toContain('not confirmed: nothing was changed');
    expect(code).toBe(1);
    expect(calls().some((call) => call.includes(' sync '))).toBe(false);
  });

  it('opens for the name of the environment, and asks nobody where there is none', () => {
    set('broken', '');
    expect(deploy(words, 'production\n').text).toContain('run: argocd app sync daorsagro-production');
    set('context', 'arn:aws:eks:eu-west-1:111122223333:cluster/daorsagro-staging');
    set('account', '111122223333');
    expect(deploy(['-e', 'staging', ...words.slice(2)]).text).toContain('run: argocd app sync daorsagro-staging');
  });
});

describe('compose', () => {
  it('changes nothing in a dry run', () => {
    set('running', '');
    const { code, text } = deploy(['-e', 'development', '-t', 'docker', '--dry-run']);
    expect(code).toBe(0);
    expect(text).toContain('would run: docker compose --file platform/compose/development/compose.yaml build');
    expect(text).toContain('would ask: https://api.daorsagro.com/api');
    expect(changing()).toEqual([]);
  });

  it('replaces called services before their callers, and waits for each', () => {
    deploy(['-e', 'development', '-t', 'docker', '--skip-tests', '--skip-backup']);
    const replaced = calls().flatMap((call) => / up .*--wait .* (\S+-\S+)$/.exec(call)?.[1] ?? []);
    expect(replaced.indexOf('auth-service')).toBeLessThan(replaced.indexOf('financial-service'));
    expect(replaced.indexOf('financial-service')).toBeLessThan(replaced.indexOf('api-gateway'));
  });

  it('returns to the images from before when one does not become healthy, and fails', () => {
    set('running', '');
    set('broken', '');
    const { code, text } = deploy(['-e', 'development', '-t', 'docker', '--skip-tests', '--service', 'auth-service']);
    expect(text).toContain('auth-service did not become healthy in 300 s');
    expect(changing()).toContain('docker image tag sha256:old registry/image:tag');
    expect(changing().filter((call) => call.includes(' up '))).toHaveLength(2);
    expect(code).toBe(1);
  });

  it('says that there is nothing to return to when nothing ran', () => {
    set('broken', '');
    const { code, text } = deploy(['-e', 'development', '-t', 'docker', '--skip-tests']);
    expect(text).toContain('nothing ran here before');
    expect(code).toBe(1);
  });

  it('returns by hand to what was kept', () => {
    set('running', '');
    deploy(['-e', 'development', '-t', 'docker', '--rollback', '--service', 'auth-service']);
    expect(changing()[0]).toBe('docker image tag sha256:before registry/image:tag');
  });
});

describe('Argo CD', () => {
  it('promotes by the one script, and stops where the pull request waits for a person', () => {
    fake(
      'git',
      `case "$*" in --version) echo git version 2.39.5 ;; show*production/*) echo '{ "digest": "sha256:${'b'.repeat(64)}" }' ;; show*) echo '{ "digest": "sha256:${'a'.repeat(64)}" }' ;; esac`,
    );
    writeFileSync(path.join(root, 'platform/gitops/promote.sh'), `printf '%s\\n' "promote.sh $*" >>"${log}"\n`);
    const { code, text } = deploy([
      '-e',
      'production',
      '-t',
      'kubernetes',
      '--service',
      'auth-service',
      '--skip-tests',
      '--yes',
    ]);
    expect(calls()).toContain('promote.sh auth-service staging production');
    expect(text).toContain('the pull request with the new digest of auth-service waits to be merged');
    expect(code).toBe(3);
    expect(calls().some((call) => call.includes('app sync'))).toBe(false);
  });

  it('returns a service that does not become healthy, by the one script', () => {
    set('broken', '');
    for (const script of ['promote', 'rollback'])
      writeFileSync(path.join(root, `platform/gitops/${script}.sh`), `printf '%s\\n' "${script}.sh $*" >>"${log}"\n`);
    const { code } = deploy([
      '-e',
      'production',
      '-t',
      'kubernetes',
      '--service',
      'auth-service',
      '--skip-tests',
      '--yes',
    ]);
    expect(calls().at(-1)).toBe('rollback.sh auth-service production');
    expect(code).toBe(1);
  });
});

it('prints no value of the environment', () => {
  for (const words of [
    ['-e', 'production', '-t', 'kubernetes', '--dry-run'],
    ['-e', 'development', '-t', 'docker', '--dry-run'],
  ])
    expect(deploy(words).text).not.toContain('do-not-print-me');
});

it('quotes untrusted text for PowerShell', () => {
  const text = renderTemplate('platform-deploy/deploy.ps1', {
    name: 'a #> b\nc',
    nodeMinimum: '20.0.0',
    environments: ["it's", '\u2019; Remove-Item'],
    firstEnvironment: 'a',
    lastEnvironment: 'b',
  });
  expect(text).toContain("[ValidateSet('it''s', '\u2019\u2019; Remove-Item')]");
  expect(text.match(/#>/g)).toHaveLength(1);
});
