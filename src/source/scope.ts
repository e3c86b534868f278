// What is known of one file's names: which scope declares each, and where its values come from.
import type { SyntaxNode } from './syntax-tree';
import type { Value } from './value';

/** Code that yields a value, with the scope in which its names are looked up. */
export interface Source {
  readonly node: SyntaxNode;
  readonly scope: Scope;
  /** `elements`: of the array, as in `for (x of node)`; `keys`: of the object, as in `for (x in node)`. */
  readonly take: 'itself' | 'elements' | 'keys';
}

/** A pattern (a name, or destructuring) and everything that is ever assigned to it. */
export interface Pattern {
  readonly node: SyntaxNode;
  readonly scope: Scope;
  /** Grows while calls are followed: each call adds its argument to the parameter's pattern. */
  readonly sources: Source[];
  readonly values: Value[];
}

/** One step from the value of a pattern into it. */
export type Step =
  | { readonly kind: 'property'; readonly key: string }
  | { readonly kind: 'computed'; readonly key: Source }
  | { readonly kind: 'element'; readonly index: number }
  /** The remainder of an object or array, as in `{ a, ...rest }`. */
  | { readonly kind: 'rest' }
  /** All values together, as the elements of one array: a last parameter `...names`. */
  | { readonly kind: 'gathered' };

/** One way in which a name gets its value. */
export type Origin =
  | { readonly kind: 'pattern'; readonly pattern: Pattern; readonly steps: readonly Step[] }
  | { readonly kind: 'expression'; readonly source: Source }
  /** `imported` is null for the whole module. */
  | { readonly kind: 'import'; readonly specifier: string; readonly imported: string | null };

/** A declared name. Several origins, as it may be assigned again. */
export interface Binding {
  readonly name: string;
  readonly origins: Origin[];
}

/** A region of the text in which declared names hold. */
export interface Scope {
  readonly file: SourceFile;
  readonly parent: Scope | null;
  /** True where `var` lands: the file, a function, a static block, a namespace. */
  readonly holdsVar: boolean;
  readonly bindings: Map<string, Binding>;
  /** The class that `this` is an instance of (or, in static members, is); null when not known. */
  readonly self: { readonly node: SyntaxNode; readonly isStatic: boolean; readonly scope: Scope } | null;
  /** The innermost function around, for its return statements. */
  readonly owner: SyntaxNode | null;
}

/** One parsed file with its scopes. */
export interface SourceFile {
  readonly path: string;
  readonly tree: SyntaxNode;
  readonly program: Scope;
  /** The scope that a node opens; nodes that open none are absent. */
  readonly scopes: Map<SyntaxNode, Scope>;
  /** The pattern of each parameter and destructuring, by its node. */
  readonly patterns: Map<SyntaxNode, Pattern>;
  readonly calls: { readonly node: SyntaxNode; readonly scope: Scope }[];
  readonly returns: Map<SyntaxNode, Source[]>;
  /** What `this.name = …` and constructor parameters put into the fields of each class. */
  readonly fields: Map<SyntaxNode, Map<string, Origin[]>>;
  /** `default` is the default export; `export=` is `module.exports`. */
  readonly exports: Map<string, Origin[]>;
  /** Specifiers of `export * from`. */
  readonly reexported: string[];
  /** What each imported name, types included, is called in its module. */
  readonly importedNames: Map<string, { readonly specifier: string; readonly imported: string }>;
  /** Every package or file that the code imports. */
  readonly imported: Set<string>;
  /** Member expressions that are assigned to by destructuring. */
  readonly targets: Set<SyntaxNode>;
}

/** The declaration that a name refers to here; null for a global. */
export function resolve(name: string, scope: Scope): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.bindings.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

/** The nearest scope around in which `var` lands. */
export function scopeOfVar(scope: Scope): Scope {
  let at = scope;
  while (!at.holdsVar && at.parent !== null) at = at.parent;
  return at;
}

/** The binding of this name in this very scope, made when it is not there. */
export function declare(name: string, scope: Scope): Binding {
  const known = scope.bindings.get(name);
  if (known !== undefined) return known;
  const binding: Binding = { name, origins: [] };
  scope.bindings.set(name, binding);
  return binding;
}

/** Adds to the list under this key. */
export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
