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

const numbers = new WeakMap<SyntaxNode, number>();
let nodes = 0;

/** A number of its own for each node. */
function numberOf(node: SyntaxNode): number {
  const known = numbers.get(node);
  if (known !== undefined) return known;
  nodes += 1;
  numbers.set(node, nodes);
  return nodes;
}

/** What two equal values have in common, and no others. */
function identity(value: Value): string {
  switch (value.kind) {
    case 'environment':
      return `environment ${value.of}`;
    case 'variable':
      return `variable ${value.name}`;
    case 'text':
      return `text ${value.written.line}:${value.written.column} ${value.written.path} ${value.text}`;
    case 'number':
      return `number ${value.number}`;
    case 'array':
    case 'object':
    case 'function':
    case 'class':
    case 'instance':
    case 'schema':
      return `${value.kind} ${numberOf(value.node)}`;
    case 'file':
      return `file ${value.path}`;
    case 'package':
      return `package ${value.name} ${value.member}`;
    default:
      return value.kind;
  }
}

// Code that gives a name more values than this is read as "unknown": an answer in time is worth more. Texts are names
// of variables, and a helper that reads the environment is called with many; of objects and functions a few will do.
const MOST_TEXTS = 1000;
const MOST_OTHERS = 30;

/** All values of several expressions, each once. */
export function union(groups: readonly (readonly Value[])[]): readonly Value[] {
  const filled = groups.filter((group) => group.length > 0);
  // One answer is passed on as it is: it has each value once already.
  if (filled.length <= 1) return filled[0] ?? [];
  const all = new Map<string, Value>();
  for (const group of filled) for (const value of group) all.set(identity(value), value);
  const values = [...all.values()];
  if (values.length <= MOST_OTHERS) return values;
  const isFew = (value: Value): boolean => !('node' in value) && value.kind !== 'package' && value.kind !== 'text';
  const found = texts(values);
  const others = values.filter((value) => value.kind !== 'text');
  const kept = others.length <= MOST_OTHERS ? others : [...others.filter(isFew), UNKNOWN];
  const names = found.length <= MOST_TEXTS ? found : [];
  return names.length === found.length ? [...names, ...kept] : [...kept, UNKNOWN];
}

/** The texts among the values. */
export const texts = (values: readonly Value[]): Extract<Value, { kind: 'text' }>[] =>
  values.filter((value) => value.kind === 'text');

/** The environment among the values, or null. */
export const environmentIn = (values: readonly Value[]): Environment | null =>
  values.find((value) => value.kind === 'environment') ?? null;
