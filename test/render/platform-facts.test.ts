// The package of a platform's facts: a declaration of its own, with a version that follows its content.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generatePlatform } from '../../src/generate-platform';
import { parsePlatform } from '../../src/model/parse';

const service = (name: string, port: number) => ({
  declaration: `services/${name}/service.yaml`,
  folder: `services/${name}`,
  published: null,
  value: { name, owner: 'team-iot', runtime: { workspace: `services/${name}` }, http: { port } },
});

function facts(platform: object = {}) {
  const { files, diagnostics } = generatePlatform({
    declaration: 'platform.yaml',
    platform: {
      name: 'acme',
      domain: 'acme.example',
      asOf: '2026-01-05',
      notify: { default: '#alerts' },
      services: ['services/*', { name: 'auth-service', port: 3001 }],
      ...platform,
    },
    services: [service('weather-service', 3009), service('field-service', 3010)],
  });
  expect(diagnostics).toEqual([]);
  const body = (path: string): string => files.find((file) => file.path === `platform/facts/${path}`)?.body ?? '';
  return {
    declared: parse(body('platform.yaml')) as Record<string, unknown>,
    manifest: JSON.parse(body('package.json')) as { version: string; name: string },
  };
}

describe('the facts of a platform', () => {
  it('are its declaration, with names and ports in place of folders', () => {
    const { declared } = facts();
    expect(declared).toEqual({
      name: 'acme',
      domain: 'acme.example',
      asOf: '2026-01-05',
      notify: { default: '#alerts' },
      services: [
        { name: 'field-service', port: 3010 },
        { name: 'weather-service', port: 3009 },
        { name: 'auth-service', port: 3001 },
      ],
    });
    expect(parsePlatform(declared).diagnostics).toEqual([]);
  });

  it('are a package whose version is new when they are', () => {
    const { manifest } = facts();
    expect(manifest).toMatchObject({
      name: '@acme/platform',
      exports: { '.': './platform.yaml' },
      publishConfig: { tag: 'latest' },
    });
    // https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string
    expect(manifest.version).toMatch(/^2026\.1\.5-h[0-9a-f]{12}$/);
    expect(facts().manifest.version).toBe(manifest.version);
    expect(facts({ network: '10.1.0.0/16' }).manifest.version).not.toBe(manifest.version);
  });
});
