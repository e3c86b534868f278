// Every pattern of a name in the schemas has its rule in words.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { nameRule } from '../../src/declaration/name-rule';

interface Schema {
  readonly definitions: Readonly<Record<string, { readonly pattern?: string }>>;
}

/** Of the keys of maps, wherever they are in the schema. */
function patterns(value: unknown, schema: Schema): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== 'propertyNames') return patterns(inner, schema);
    const { pattern, $ref } = inner as { pattern?: string; $ref?: string };
    const name = $ref?.replace('#/definitions/', '') ?? '';
    return [pattern ?? schema.definitions[name]?.pattern ?? ''];
  });
}

it.each(['service', 'platform'])('%s', (name) => {
  const file = path.join(__dirname, '../../schemas', `${name}.schema.json`);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
  const found = [...new Set(patterns(schema, schema))];
  expect(found.length).toBeGreaterThan(1);
  for (const pattern of found) expect(nameRule(pattern), pattern).toMatch(/^[^^$[\]{}]*(?:characters|p99\.9)$/);
});
