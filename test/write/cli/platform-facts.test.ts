// A service in a repository of its own, with the platform's facts as an npm dependency: packed, unpacked, generated.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { get, groundwork, put, scratchFolder, tree } from '../scratch';

it('a service repository takes the facts from the published package', async () => {
  const platform = scratchFolder();
  put(
    platform,
    'platform.yaml',
    'name: acme\ndomain: acme.example\nregistry: registry.acme.example/images\nservices: [services/*]\nnotify: { default: "#alerts" }\n',
  );
  put(
    platform,
    'services/weather-service/service.yaml',
    'name: weather-service\nowner: team-iot\nhttp: { port: 3009 }\n',
  );
  expect(await groundwork(platform, 'generate')).toMatchObject({ code: 0 });
  const facts = path.join(platform, 'platform/facts');
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts'], { cwd: facts, encoding: 'utf8' }),
  ) as { filename: string; files: { path: string }[] }[];
  expect(packed?.files.map((file) => file.path).sort()).toEqual(['package.json', 'platform.yaml']);

  const repository = scratchFolder();
  const installed = path.join(repository, 'node_modules/@acme/platform');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', path.join(facts, packed?.filename ?? ''), '--strip-components=1', '-C', installed]);
  put(
    repository,
    'service.yaml',
    'name: field-service\nowner: team-iot\nhttp: { port: 3010 }\nneeds: { services: [weather-service] }\n',
  );
  const made = await groundwork(repository, 'generate', '--platform', '@acme/platform');
  expect(made).toMatchObject({ code: 0, error: '' });
  const text = Object.values(tree(path.join(repository, 'deploy'))).join('');
  expect(text).toContain('registry.acme.example/images/field-service');
  // The port of a service that is declared elsewhere: in the network policy, and in the address on a laptop.
  expect(get(repository, 'deploy/base/network-policy.yaml')).toContain('port: 3009');
  expect(get(repository, 'compose.yaml')).toContain('http://weather-service:3009');

  put(installed, 'platform.yaml', `${get(installed, 'platform.yaml')}mseh: none\n`);
  const refused = await groundwork(repository, 'check', '--platform', '@acme/platform');
  expect(refused.error).toMatch(/^node_modules\/@acme\/platform\/platform\.yaml:\d+:1 {2}error {2}unknown-key\n/);
});
