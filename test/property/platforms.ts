// Arbitrary platforms. Their words have a pattern each; within it they are as hostile as they can be: what YAML takes for a number, null or yes.
import fc from 'fast-check';
import { kinds } from '../../src/catalog';
import type { Declaration } from './declarations';

const one = (...values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);
const some = (fields: Record<string, fc.Arbitrary<unknown>>, required: readonly string[] = []) =>
  fc.record(fields, { requiredKeys: [...required] }) as fc.Arbitrary<Declaration>;

const words = ['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'e1', 'a--b', 'plain'];
const amounts = some({ cpu: one('200..400', 800), memory: one('400Gi..800Gi') });

const cluster = some({
  runs: one('kubernetes'),
  cluster: one(...words, '1e3', '0x1F', '0o17', '017', '1_000', '12345', '0', 'NULL', 'Yes', 'a_-'),
  account: one('444455556666', '000000000000', '012345670123'),
  region: one('eu-west-1', 'us-gov-east-1'),
  namespace: one(...words),
  gated: fc.boolean(),
  quota: amounts,
});

/** The names that declarations override come first; a word of YAML may be one more. */
const environments = fc
  .record({
    laptop: some({ runs: one('compose') }, ['runs']),
    staging: cluster,
    production: cluster,
    more: fc.option(fc.tuple(fc.constantFrom('null', 'yes', 'on', 'e1', 'true'), cluster)),
  })
  .map(({ laptop, staging, production, more }) => ({
    development: laptop,
    staging,
    ...(more === null ? {} : { [more[0]]: more[1] }),
    production,
  }));

const backing = some(
  Object.fromEntries(
    Object.values(kinds).map(({ kind, versions }) => [
      kind,
      some({
        version: one(...Object.keys(versions)),
        class: one('medium', 'large'),
        runs: some({ staging: one('operator', 'aws', 'external'), production: one('operator', 'aws', 'external') }),
      }),
    ]),
  ),
);

/** A platform of every field that a single service reads. */
export const anyPlatform: fc.Arbitrary<Declaration> = some(
  {
    $schema: one('./schema.json'),
    name: one(...words, 'daorsagro'),
    domain: one('daorsagro.com', '1.2', '0x1f', 'null', '1e3', 'no', '0.0.0.0'),
    registry: one('ghcr.io/daorsagro', '1.0/2', 'localhost:5000/a_b', '0.0:1/-_', 'null/null'),
    repository: one('daorsagro/agro-main', '1/2', '-/_', 'null/null'),
    asOf: one('2026-11-24', '2026-01-01'),
    environments,
    backing,
    notify: some({ default: one('#null', '#-', '#1e3', '#_'), 'team-a': one('#alerts', '#0', '#---') }),
    gateway: some({
      name: one(...words, '-', '---', '0', '1e3', '-1'),
      namespace: one(...words, '-', '---', '017'),
      section: one(...words, '-', '---', '0-0', '12'),
    }),
    network: one('10.0.0.0/8', '192.168.0.0/16'),
  },
  ['name', 'domain', 'environments'],
);

/** Keys of words that a person chooses; the names of environments stay, since files are named after them. */
const chosen = ['name', 'domain', 'registry', 'repository', 'cluster', 'namespace', 'section'];

/** As long as the word, its separators and its port in their places: what is shortest is decided by the length. */
const plainWord = (text: string, letter: string): string =>
  text.replace(/(:[0-9]+)|[A-Za-z0-9_-]/g, (_found, port) => port ?? 'p').replace(/p(?=[^p]*$)/, letter);

/** The same platform in plain words: the same word for the same word, so that what was equal stays equal. */
export function harmlessPlatform(platform: Declaration): Declaration {
  const plainOf = new Map<string, string>();
  const plain = (text: string): string => {
    const known = plainOf.get(text) ?? plainWord(text, String.fromCharCode(97 + plainOf.size));
    plainOf.set(text, known);
    return known;
  };
  const replaced = (value: unknown, key: string, parent: string): unknown => {
    if (parent === 'notify') return plain(String(value));
    if (typeof value === 'string') return chosen.includes(key) ? plain(value) : value;
    if (typeof value !== 'object' || value === null || parent === 'backing') return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, name, key)]));
  };
  const result = replaced(platform, '', '') as Declaration;
  return JSON.parse(JSON.stringify(result), (key, value) =>
    key === 'account' ? '444455556666' : value,
  ) as Declaration;
}
