// RFC 6902: its own examples, what it refuses, and that the document is left alone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PatchOperation } from '../../../src/plan/types';
import {
  applyPatch,
  equalJson,
  explainFailure,
  formatPointer,
  parsePointer,
} from '../../../src/render/shared/json-patch';

const operation = (op: PatchOperation['op'], path: string, value: unknown = null): PatchOperation => ({
  op,
  path,
  value,
});

/** The patched value; fails the test when the patch does not apply. */
function patched(document: unknown, ...operations: PatchOperation[]): unknown {
  const result = applyPatch(document, operations);
  if (!result.applied) throw new Error(result.failure.reason);
  return result.value;
}

/** The reason why the patch does not apply. */
function reason(document: unknown, ...operations: PatchOperation[]): string {
  const result = applyPatch(document, operations);
  if (result.applied) throw new Error('the patch applies');
  return result.failure.reason;
}

describe('applyPatch', () => {
  it.each([
    ['A.1 adds a member', { foo: 'bar' }, operation('add', '/baz', 'qux'), { baz: 'qux', foo: 'bar' }],
    ['A.2 adds an item', { foo: ['bar', 'baz'] }, operation('add', '/foo/1', 'qux'), { foo: ['bar', 'qux', 'baz'] }],
    ['A.3 removes a member', { baz: 'qux', foo: 'bar' }, operation('remove', '/baz'), { foo: 'bar' }],
    ['A.4 removes an item', { foo: ['a', 'b', 'c'] }, operation('remove', '/foo/1'), { foo: ['a', 'c'] }],
    ['A.5 replaces a value', { baz: 'qux' }, operation('replace', '/baz', 'boo'), { baz: 'boo' }],
    ['A.10 adds a nested object', { foo: 1 }, operation('add', '/child', { a: {} }), { foo: 1, child: { a: {} } }],
    ['A.14 escapes', { '/': 9, '~1': 10 }, operation('test', '/~01', 10), { '/': 9, '~1': 10 }],
    ['A.16 adds a list as an item', { foo: ['bar'] }, operation('add', '/foo/-', ['x']), { foo: ['bar', ['x']] }],
    ['adds over a member', { foo: 1 }, operation('add', '/foo', 2), { foo: 2 }],
    ['replaces the whole', { foo: 1 }, operation('replace', '', [1]), [1]],
    ['replaces an item', [1, 2, 3], operation('replace', '/2', 4), [1, 2, 4]],
    ['reaches through lists', { a: [{ b: [1] }] }, operation('add', '/a/0/b/0', 0), { a: [{ b: [0, 1] }] }],
    [
      'tests without regard to order of keys',
      { a: { b: 1, c: 2 } },
      operation('test', '/a', { c: 2, b: 1 }),
      { a: { b: 1, c: 2 } },
    ],
  ])('%s', (_name, document, op, expected) => {
    expect(patched(document, op)).toEqual(expected);
  });

  it.each([
    ['A.8 a failed test', { baz: 'qux' }, operation('test', '/baz', 'bar'), 'the value there is "qux", not "bar"'],
    ['A.12 no parent', { foo: 'bar' }, operation('add', '/baz/bat', 1), 'there is nothing at /baz'],
    ['A.15 a number is not a string', { a: 10 }, operation('test', '/a', '10'), 'the value there is 10, not "10"'],
    ['replacing nothing', { foo: 1 }, operation('replace', '/bar', 1), 'there is nothing at /bar'],
    ['removing nothing', { foo: 1 }, operation('remove', '/bar'), 'there is nothing at /bar'],
    ['through a scalar', { foo: 1 }, operation('add', '/foo/bar', 1), 'there is no object or list at /foo'],
    [
      'past the end',
      { foo: [1] },
      operation('add', '/foo/2', 1),
      'the list at /foo has 1 items, and items count from 0',
    ],
    [
      'at the end, to replace',
      [1],
      operation('replace', '/1', 1),
      'the list at the top has 1 items, and items count from 0',
    ],
    [
      'a leading zero',
      { foo: [1, 2] },
      operation('remove', '/foo/01'),
      '/foo is a list, and "01" is not the number of an item',
    ],
    [
      '"-" to remove',
      { foo: [1] },
      operation('remove', '/foo/-'),
      '/foo is a list, and "-" is not the number of an item',
    ],
    ['an inherited key', {}, operation('replace', '/constructor', 1), 'there is nothing at /constructor'],
    ['removing the whole', {}, operation('remove', ''), 'the whole object cannot be removed'],
    [
      'no pointer',
      {},
      operation('add', 'spec', 1),
      'the path is not a JSON Pointer (it begins with "/", "~" is written "~0")',
    ],
    [
      'a bad escape',
      {},
      operation('add', '/a~2', 1),
      'the path is not a JSON Pointer (it begins with "/", "~" is written "~0")',
    ],
  ])('refuses %s', (_name, document, op, expected) => {
    expect(reason(document, op)).toBe(expected);
  });

  it('keeps the place of a replaced key and leaves the document as it is', () => {
    const document = { a: 1, b: { c: [1, 2] }, d: 4 };
    const copy = structuredClone(document);
    const value = patched(
      document,
      operation('replace', '/b', 2),
      operation('add', '/e', 5),
      operation('remove', '/a'),
    );
    expect(JSON.stringify(value)).toBe('{"b":2,"d":4,"e":5}');
    expect(document).toEqual(copy);
  });

  it('cannot reach a prototype', () => {
    const value = patched({}, operation('add', '/__proto__', { polluted: true }));
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(reason({}, operation('add', '/__proto__/polluted', true))).toBe('there is nothing at /__proto__');
  });

  it('says which operation fails, and why', () => {
    const result = applyPatch({ spec: {} }, [operation('add', '/spec/a', 1), operation('replace', '/spec/b', 1)]);
    if (result.applied) throw new Error('the patch applies');
    expect(explainFailure('kubernetes', 'Deployment/api', result.failure)).toBe(
      'The override of kubernetes Deployment/api does not apply: operation 2 is "replace /spec/b", but there is nothing at /spec/b.',
    );
  });

  it('replaces any value of any document by its own pointer', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (document, value) => {
        for (const key of Object.keys(document)) {
          const result = patched(document, operation('replace', formatPointer([key]), value));
          expect((result as Record<string, unknown>)[key]).toEqual(value);
        }
      }),
    );
  });
});

describe('pointers', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        expect(parsePointer(formatPointer(keys))).toEqual(keys);
      }),
    );
  });
});

describe('equalJson', () => {
  it('agrees with itself and tells lists from objects', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => equalJson(value, JSON.parse(JSON.stringify(value)))));
    expect(equalJson([], {})).toBe(false);
    expect(equalJson({ a: 1 }, { b: 1 })).toBe(false);
    expect(equalJson(null, {})).toBe(false);
  });
});
