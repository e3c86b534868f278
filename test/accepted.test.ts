// A declaration that says nearly everything there is to say is accepted, and each field means something: without it the output differs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../src/declaration/read-yaml';
import { generate } from '../src/generate';

const text = readFileSync(path.join(__dirname, 'accepted/every-field.yaml'), 'utf8');
const declaration = readYaml(text, 'service.yaml').value as Record<string, unknown>;

const output = (service: unknown): string | null => {
  const { files, diagnostics } = generate({ service, platform: null });
  return files.length === 0 ? null : JSON.stringify([files, diagnostics]);
};

/** Every path to a value that may be left out: what lies below `required` keys is looked into, not removed. */
function paths(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...paths(inner, [...at, key])]);
}

/** The same without one path; the order of the rest stays. */
function without(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  const entries = Object.entries(value as Record<string, unknown>);
  if (rest.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === key ? without(inner, rest) : inner]));
}

describe('the full declaration', () => {
  const whole = output(declaration);

  it('is accepted without an error', () => {
    expect(generate({ service: declaration, platform: null }).diagnostics).toEqual([]);
    expect(whole).not.toBeNull();
  });

  // These say what is the default anyway.
  const defaults = [
    'runtime.node',
    'http.health',
    'http.health.live',
    'http.health.ready',
    'needs.redis.use',
    'scale.cpu',
    'scale.min',
    'alerts.payment-failures.for',
  ];
  const meant = paths(declaration)
    .map((keys) => keys.join('.'))
    .filter((name) => !defaults.includes(name));

  it.each(meant)('means something by %s', (name) => {
    expect(output(without(declaration, name.split('.')))).not.toBe(whole);
  });

  it.each(defaults)('says the default by %s', (name) => {
    expect(output(without(declaration, name.split('.')))).toBe(whole);
  });
});
