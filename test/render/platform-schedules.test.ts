// What the repository does by the clock: the workflows of the example platform, and their scripts run by a real shell with stand-ins.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MaintenancePlan, PlatformPlan } from '../../src/plan/types/platform';
import { renderPlatformSchedules } from '../../src/render/platform-schedules';
import { examplesFolder, generateFolder } from '../support/platform-examples';

const plan = generateFolder(path.join(examplesFolder, 'daorsagro')).plan as PlatformPlan;
const maintenance = plan.maintenance as MaintenancePlan;
const filesOf = (changed: Partial<MaintenancePlan>): Map<string, string> =>
  new Map(
    renderPlatformSchedules({ ...plan, maintenance: { ...maintenance, ...changed } }).map((one) => [
      one.path,
      one.body,
    ]),
  );

let root = '';
const set = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};

function run(script: string, environment: Record<string, string>, fakes: Record<string, string>) {
  for (const [name, body] of Object.entries(fakes)) {
    set(`bin/${name}`, `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>"${root}/calls"\n${body}\n`);
    chmodSync(path.join(root, 'bin', name), 0o755);
  }
  set('calls', '');
  set('script.sh', filesOf({}).get(script) ?? '');
  const { status, stdout } = spawnSync('bash', ['script.sh'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...environment, PATH: `${path.join(root, 'bin')}:${process.env.PATH}` },
  });
  return { code: status, text: stdout, calls: readFileSync(path.join(root, 'calls'), 'utf8').trim().split('\n') };
}

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'schedules-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('workflows', () => {
  it('are there as declared: no drill, no file of it', () => {
    expect([...filesOf({}).keys()]).toContain('.github/workflows/platform-drill.yml');
    expect([...filesOf({ drill: null }).keys()]).toEqual([
      '.github/workflows/platform-security.yml',
      'platform/schedules/scan-images.sh',
    ]);
    expect([...filesOf({ drill: null, images: [] }).keys()]).toEqual(['.github/workflows/platform-security.yml']);
    expect(renderPlatformSchedules({ ...plan, maintenance: null })).toEqual([]);
  });

  it('may write nowhere but where they say why', () => {
    const text = [...filesOf({}).values()].join('\n');
    expect(text.match(/: write # .*/g)).toEqual([
      ': write # to show what it found under Security > Code scanning',
      ': write # to open the issue',
    ]);
  });

  it('keep text of the declaration as text', () => {
    const images = [{ service: 'a', repository: 'ghcr.io/${{ secrets.X }}', releaseFiles: ['f'] }];
    expect(filesOf({ images }).get('.github/workflows/platform-security.yml')).toContain("${{ '${{' }} secrets.X }}");
  });
});

describe('the scan of images', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const environment = {
    IMAGES:
      'ghcr.io/x/a releases/staging/a.json\nghcr.io/x/a releases/production/a.json\nghcr.io/x/b releases/staging/b.json\n',
    SEVERITIES: 'HIGH',
    IGNORE_UNFIXED: 'true',
  };

  it('looks at each image once, by digest, and leaves out what was never released', () => {
    for (const name of ['staging', 'production']) set(`releases/${name}/a.json`, `{\n  "digest": "${digest}"\n}\n`);
    const { code, calls } = run('platform/schedules/scan-images.sh', environment, { trivy: '' });
    expect(calls).toEqual([
      `trivy image --quiet --severity HIGH --ignore-unfixed=true --exit-code 1 ghcr.io/x/a@${digest}`,
    ]);
    expect(code).toBe(0);
  });

  it('fails for what is found, after all were looked at, and for a file without a digest', () => {
    set('releases/staging/b.json', `{ "digest": "sha256:${'b'.repeat(64)}" }`);
    const found = run('platform/schedules/scan-images.sh', environment, { trivy: 'exit 1' });
    expect(found).toMatchObject({ code: 1 });
    expect(found.calls).toHaveLength(2);
    expect(found.text).toContain(`::error::vulnerable: ghcr.io/x/a@${digest} ghcr.io/x/b@sha256:b`);
    set('releases/staging/b.json', '{}');
    expect(run('platform/schedules/scan-images.sh', environment, { trivy: '' }).text).toContain(
      'b.json holds no digest',
    );
  });
});

describe('the drill', () => {
  const month = new Date().toISOString().slice(0, 7);
  const environment = { CHECKLIST: 'platform/recovery/drill.md' };

  it('opens one issue with the checklist', () => {
    const { calls } = run('platform/schedules/open-drill.sh', environment, { gh: '' });
    expect(calls.at(-1)).toBe(`gh issue create --title Failover drill ${month} --body-file platform/recovery/drill.md`);
  });

  it('and not a second one', () => {
    const { code, calls } = run('platform/schedules/open-drill.sh', environment, {
      gh: `echo 'Failover drill ${month}'`,
    });
    expect(calls).toHaveLength(1);
    expect(code).toBe(0);
  });
});
