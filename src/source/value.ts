// What an expression can be, as far as the environment is concerned: the values that the reader tells apart.
import type { Scope } from './scope';
import type { SyntaxNode } from './syntax-tree';

/** Where a name stands in the code. Lines and columns count from 1. */
export interface Written {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A key of a validation schema, with the literal that it falls back to. */
export interface SchemaKey {
  readonly name: string;
  readonly written: Written;
  readonly fallback: string | null;
}

/** `process.env`, Vite's `import.meta.env`, or the accessor that this package generates. */
export interface Environment {
  readonly kind: 'environment';
  readonly of: 'process' | 'vite' | 'accessor';
}

export type Value =
  | { readonly kind: 'unknown' }
  /** `globalThis`. */
  | { readonly kind: 'global' }
  | { readonly kind: 'process' }
  | { readonly kind: 'import-meta' }
  | Environment
  /** What a variable holds. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string; readonly written: Written }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'array'; readonly node: SyntaxNode; readonly elements: readonly (readonly Value[])[] }
  | { readonly kind: 'object'; readonly node: SyntaxNode; readonly scope: Scope }
  | { readonly kind: 'function'; readonly node: SyntaxNode; readonly scope: Scope }
  | { readonly kind: 'class'; readonly node: SyntaxNode; readonly scope: Scope }
  | { readonly kind: 'instance'; readonly node: SyntaxNode; readonly scope: Scope }
  | { readonly kind: 'schema'; readonly node: SyntaxNode; readonly keys: readonly SchemaKey[] }
  /** A file among those given, as a module. */
  | { readonly kind: 'file'; readonly path: string }
  /** Something from an installed package; `member` is the path inside it, for example `default.get`. */
  | { readonly kind: 'package'; readonly name: string; readonly member: string };

export const UNKNOWN: Value = { kind: 'unknown' };

export const written = (node: SyntaxNode, path: string): Written => ({
  path,
  line: node.loc?.start.line ?? 1,
  column: (node.loc?.start.column ?? 0) + 1,
});

const isSame = (a: Value, b: Value): boolean => {
  switch (a.kind) {
    case 'environment':
      return b.kind === 'environment' && a.of === b.of;
    case 'variable':
      return b.kind === 'variable' && a.name === b.name;
    case 'text':
      return (
        b.kind === 'text' &&
        a.text === b.text &&
        a.written.path === b.written.path &&
        a.written.line === b.written.line &&
        a.written.column === b.written.column
      );
    case 'number':
      return b.kind === 'number' && a.number === b.number;
    case 'array':
    case 'object':
    case 'function':
    case 'class':
    case 'instance':
    case 'schema':
      return b.kind === a.kind && a.node === b.node;
    case 'file':
      return b.kind === 'file' && a.path === b.path;
    case 'package':
      return b.kind === 'package' && a.name === b.name && a.member === b.member;
    default:
      return a.kind === b.kind;
  }
};

// Code that would give a name more values than this is read as "unknown": an answer in time is worth more.
const MOST_VALUES = 500;

/** All values of several expressions, each once. */
export function union(groups: readonly (readonly Value[])[]): Value[] {
  const all: Value[] = [];
  for (const value of groups.flat()) {
    if (all.length >= MOST_VALUES) return [UNKNOWN];
    if (!all.some((known) => isSame(known, value))) all.push(value);
  }
  return all;
}

/** The texts among the values. */
export const texts = (values: readonly Value[]): Extract<Value, { kind: 'text' }>[] =>
  values.filter((value) => value.kind === 'text');

/** The environment among the values, or null. */
export const environmentIn = (values: readonly Value[]): Environment | null =>
  values.find((value) => value.kind === 'environment') ?? null;
