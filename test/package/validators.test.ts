// The compiled validators refuse what the published schemas refuse: same places, same keywords, same parameters.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ErrorObject } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SchemaError, validatePlatform } from '../../src/generated/validate-platform';
import { validateService } from '../../src/generated/validate-service';
import { root } from './packed';

interface Schema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly definitions: Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>>;
}

/** Keys that mean something to the schema, so that random documents get past the first level. */
function keysOf(schema: Schema): string[] {
  const parts = [schema, ...Object.values(schema.definitions)];
  return [...new Set(parts.flatMap((part) => Object.keys(part.properties ?? {})))].sort();
}

const values = [
  'postgres',
  'critical',
  'a-name',
  'A_NAME',
  '200ms',
  '99.9%',
  '512Mi',
  '10000/min',
  '/live',
  '',
  '5',
  null,
  3,
  true,
];

function documents(keys: readonly string[]): fc.Arbitrary<unknown> {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(...values),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 6, noNullPrototype: true }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  return fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 8, noNullPrototype: true });
}

const comparable = (errors: readonly (SchemaError | ErrorObject)[]) =>
  errors.map(({ instancePath, keyword, params }) => JSON.stringify([instancePath, keyword, params])).sort();

describe.each([
  ['service', validateService],
  ['platform', validatePlatform],
] as const)('the compiled %s validator', (name, compiled) => {
  const schema = JSON.parse(readFileSync(path.join(root, `schemas/${name}.schema.json`), 'utf8')) as Schema;
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    discriminator: true,
  });
  const published = ajv.compile(schema);
  // Environments of a service: merged and judged as a whole by the model, so the compiled validator leaves them out.
  const keys = keysOf(schema).filter((key) => name !== 'service' || key !== 'environments');

  it('agrees with the published schema', () => {
    fc.assert(
      fc.property(documents(keys), (document) => {
        const expected = published(document) ? [] : (published.errors ?? []);
        expect(comparable(compiled(document))).toEqual(comparable(expected));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
