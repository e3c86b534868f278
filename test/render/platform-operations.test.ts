// The documents of operation of the example platform: every link leads somewhere, every command names what is there, text stays text.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlatformPlan } from '../../src/plan/types/platform';
import { renderPlatformOperations } from '../../src/render/platform-operations';
import { examplesFolder, generateFolder } from '../support/platform-examples';

const folder = path.join(examplesFolder, 'daorsagro');
const outcome = generateFolder(folder);
const plan = outcome.plan as PlatformPlan;
const services = outcome.services.flatMap((service) => (service.plan === null ? [] : [service.plan]));
const files = new Map(outcome.files.map((file) => [file.path, file.body]));

/** As GitHub makes them: lower case, no punctuation, a hyphen for each space. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Links that lead nowhere. */
function broken(from: string, text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '');
  return [...prose.matchAll(/\]\(<?([^)>]+)>?\)/g)].flatMap(([, link = '']) => {
    if (/^https?:/.test(link)) return [];
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? from : path.posix.join(path.posix.dirname(from), decodeURIComponent(file));
    const body = files.get(target);
    if (body === undefined) return existsSync(path.join(folder, target)) ? [] : [`${from}: ${link}`];
    return anchor === undefined || anchorsOf(body).includes(anchor) ? [] : [`${from}: ${link}`];
  });
}

const documents = [...files].filter(([file]) =>
  /^platform\/(?:operations|load-tests)\/.*\.md$|^platform\/README\.md$/.test(file),
);

describe('links', () => {
  it('all lead somewhere, anchors too', () => {
    expect(documents.length).toBeGreaterThan(6);
    expect(documents.flatMap(([file, text]) => broken(file, text))).toEqual([]);
  });

  it('are seen when they do not', () => {
    expect(
      broken('platform/operations/a.md', '[a](nothing.md) [b](architecture.md#nothing) [c](architecture.md#services)'),
    ).toEqual(['platform/operations/a.md: nothing.md', 'platform/operations/a.md: architecture.md#nothing']);
  });
});

describe('commands', () => {
  it('name jobs and files that are there', () => {
    const text = files.get('platform/operations/backup-verification.md') ?? '';
    const jobs = [...text.matchAll(/--from=cronjob\/(\S+)/g)].map(([, name = '']) => name);
    expect(jobs.length).toBeGreaterThan(2);
    const manifests = [...files].filter(([file]) => file.includes('/kubernetes/')).map(([, body]) => body);
    for (const job of jobs)
      expect(
        manifests.some((body) => body.includes('kind: CronJob') && body.includes(`name: ${job}\n`)),
        job,
      ).toBe(true);
    for (const [, file = ''] of documents.flatMap(([, body]) => [...body.matchAll(/--file (\S+)/g)]))
      expect([...files.keys()], file).toContain(file);
  });

  it('of the backup before a deployment too', () => {
    const [laptop] = plan.deployment.environments;
    const recovery = files.get('platform/compose/development/recovery.yaml') ?? '';
    expect(laptop?.docker?.backups.length).toBeGreaterThan(0);
    for (const name of laptop?.docker?.backups ?? []) expect(recovery).toMatch(new RegExp(`^ {2}${name}:$`, 'm'));
    for (const { kubernetes } of plan.deployment.environments)
      for (const name of kubernetes?.backups ?? [])
        expect(
          [...files.values()].some((body) => body.includes('kind: CronJob') && body.includes(`name: ${name}\n`)),
          name,
        ).toBe(true);
  });
});

describe('text', () => {
  it('of a declaration stays text', () => {
    const owner = 'a | b](javascript:x) <script>';
    const changed = { ...plan, channels: [{ owner, critical: '#c|d', warning: '#w', info: '#i', declared: true }] };
    const [first] = renderPlatformOperations(changed, services);
    expect(first?.body).toContain('a \\| b\\](javascript:x) &lt;script&gt;');
  });

  it('speaks of clusters, Argo CD and drills only where they are', () => {
    const without = { ...plan, clusters: [], argo: null, monitoring: [], maintenance: null };
    const text = renderPlatformOperations(without, services)
      .map(({ body }) => body)
      .join('\n');
    expect(text).not.toMatch(/argocd|promote\.sh|platform-drill|runbook\.md\)\{/);
    expect(text).not.toContain('undefined');
    expect(renderPlatformOperations({ ...plan, services: [] }, [])).toEqual([]);
  });
});
