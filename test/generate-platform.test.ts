// All problems at once: a platform that is wrong hides nothing of what is wrong with its services.
import { expect, it } from 'vitest';
import { byPath, draftPlatform, generatePlatform } from '../src/generate-platform';

it('tells what is wrong with the platform and with its services together', () => {
  const value = { name: 'x-service', owner: 'team-a', http: { prot: 3000 }, environments: { anywhere: {} } };
  const { files, diagnostics } = generatePlatform({
    platform: { name: 'farm', domain: 'example.org', backing: { postgress: {} } },
    declaration: 'platform.yaml',
    services: [{ declaration: 'x/service.yaml', folder: 'x', published: null, value }],
  });
  expect(files).toEqual([]);
  expect(diagnostics.map(({ declaration, code, path }) => [declaration, code, path.join('.')])).toEqual(
    expect.arrayContaining([
      ['platform.yaml', 'unknown-key', 'backing.postgress'],
      ['x/service.yaml', 'unknown-key', 'http.prot'],
    ]),
  );
  expect(diagnostics.map(({ code }) => code)).not.toContain('unknown-environment');
});

const platform = { name: 'farm', domain: 'example.org', notify: { default: '#alerts' } };
const draftOf = (service: object) => {
  const value = { name: 'x-service', owner: 'team-a', http: { port: 3000 }, ...service };
  return draftPlatform({
    platform,
    declaration: 'platform.yaml',
    services: [{ declaration: 'x/service.yaml', folder: 'x', published: null, value }],
  });
};

it('makes the files of a draft when they are asked for, each time the same', () => {
  const { files } = draftOf({});
  const first = [...files].sort(byPath);
  expect(first.map(({ path }) => path)).toEqual(expect.arrayContaining(['x/Dockerfile', 'platform/README.md']));
  expect([...files].sort(byPath)).toEqual(first);
});

it('knows of an override that does not apply before the first file is asked for', () => {
  const { files, diagnostics } = draftOf({
    overrides: [
      {
        artifact: 'kubernetes',
        target: 'Deployment/x-service',
        patch: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
      },
    ],
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(['override-does-not-apply']);
  expect([...files]).toEqual([]);
});

it.each([
  [{ backups: { schedule: '99 2 * * *' } }, 'schedule-malformed', 'backups.schedule'],
  [{ backups: { restoreTest: '0 2 30 2 *x' } }, 'schedule-malformed', 'backups.restoreTest'],
  [{ aws: { monthlyBudget: { producton: 5 } } }, 'unknown-environment', 'aws.monthlyBudget.producton'],
  [{ backing: { redis: { runs: { stagin: 'aws' } } } }, 'unknown-environment', 'backing.redis.runs.stagin'],
  [{ aws: { apiAccess: ['0.0.0.0/0'] } }, 'value-malformed', 'aws.apiAccess.0'],
  [{ network: '10.300.0.0/16' }, 'value-malformed', 'network'],
])('says of %j that it is %s, and plans nothing', (wrong, code, path) => {
  const { plan, files, diagnostics } = generatePlatform({
    platform: { name: 'farm', domain: 'example.org', ...wrong },
    declaration: 'platform.yaml',
    services: [],
  });
  expect(diagnostics.map((found) => [found.code, found.path.join('.')])).toEqual([[code, path]]);
  expect([plan, files]).toEqual([null, []]);
});
