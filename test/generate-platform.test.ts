// All problems at once: a platform that is wrong hides nothing of what is wrong with its services.
import { expect, it } from 'vitest';
import { generatePlatform } from '../src/generate-platform';

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
