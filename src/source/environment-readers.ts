// Turns calls that take the environment, or the name of a variable, into what they read from it.
import { globalFunction, isAccessorFunction } from './calls';
import type { Evaluator } from './evaluate';
import { isFollowed } from './follow-calls';
import { calledName, entriesOf, environmentBehind } from './member';
import { receiverOf, schemaKeys } from './schema';
import type { Scope } from './scope';
import { child, isMember, list, type SyntaxNode, unwrap } from './syntax-tree';
import { environmentIn, type SchemaKey, texts, type Value } from './value';

/** What one call does with the environment. */
export interface CallUse {
  readonly reads: readonly SchemaKey[];
  readonly writes: readonly SchemaKey[];
  /** True when the call can read any variable. */
  readonly isDynamic: boolean;
}

const NOTHING: CallUse = { reads: [], writes: [], isDynamic: false };

const named = (values: readonly Value[]): SchemaKey[] =>
  texts(values).map(({ text, written }) => ({ name: text, written, fallback: null }));

/** A use of the names that these values can be; dynamic when one of them is not known. */
function byName(values: readonly Value[], access: 'reads' | 'writes'): CallUse {
  const isDynamic = values.length === 0 || values.some((value) => value.kind !== 'text');
  return { ...NOTHING, [access]: named(values), isDynamic };
}

// Static functions that take (environment, name) and do no more than look at, or change, this one variable.
const BY_NAME = new Map<string, 'reads' | 'writes'>([
  ['Object.defineProperty', 'writes'],
  ['Object.hasOwn', 'reads'],
  ['Reflect.deleteProperty', 'writes'],
  ['Reflect.get', 'reads'],
  ['Reflect.has', 'reads'],
  ['Reflect.set', 'writes'],
]);

// Functions that give the environment back, so that what is read from it is seen where it is read.
const PASS_ON = new Set(['Object.freeze', 'Object.seal', 'structuredClone']);

/** Functions of packages that take the name of a variable: `env.get('PORT')` of env-var, `env('URL')` of Prisma 7. */
const NAME_READERS: ReadonlyMap<string, string> = new Map([
  ['@prisma/config', 'env'],
  ['env-var', 'get'],
  ['prisma/config', 'env'],
]);

/** Functions of packages that read `process.env` by themselves, by the keys of their argument. */
const KEY_READERS: ReadonlyMap<string, string> = new Map([['envsafe', 'envsafe']]);

const lastPart = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const isOneOf = (values: readonly Value[], table: ReadonlyMap<string, string>): boolean =>
  values.some((value) => value.kind === 'package' && table.get(value.name) === lastPart(value.member));

/** `createEnv({ server: {…}, client: {…}, runtimeEnv: process.env })` of t3-env. */
function createEnvKeys(args: readonly (readonly Value[])[], ev: Evaluator): readonly SchemaKey[] {
  return args.flat().flatMap((value) => {
    if (value.kind !== 'object') return [];
    const entries = entriesOf(value, ev);
    const takesEnvironment = entries.some(
      ({ key, node, scope }) => key.text === 'runtimeEnv' && environmentIn(ev.evaluate(node, scope)) !== null,
    );
    const groups = entries.filter(({ key }) => ['server', 'client', 'shared'].includes(key.text));
    return takesEnvironment ? groups.flatMap(({ node, scope }) => schemaKeys(ev.evaluate(node, scope), ev)) : [];
  });
}

/** What a call with the environment among its arguments does with it. */
function useOfArgument(
  node: SyntaxNode,
  callee: SyntaxNode,
  index: number,
  args: readonly (readonly Value[])[],
  scope: Scope,
  ev: Evaluator,
): CallUse {
  const name = globalFunction(callee, scope);
  if (name === 'Object.assign') {
    return index === 0 ? { ...NOTHING, writes: schemaKeys(args.slice(1).flat(), ev) } : NOTHING;
  }
  const byNameAccess = name === null ? undefined : BY_NAME.get(name);
  if (byNameAccess !== undefined) return index === 0 ? byName(args[1] ?? [], byNameAccess) : NOTHING;
  if (name !== null && PASS_ON.has(name)) return NOTHING;
  if (isFollowed(node, index, scope, ev)) return NOTHING;
  const receiver = receiverOf(node, scope, ev).filter((value) => value.kind === 'schema');
  const others = args.filter((_, at) => at !== index).flat();
  const schemas = [...receiver, ...others.filter((value) => value.kind === 'schema' || value.kind === 'object')];
  return schemas.length === 0 ? { ...NOTHING, isDynamic: true } : { ...NOTHING, reads: schemaKeys(schemas, ev) };
}

/** What a call reads from the environment and writes to it. */
export function useOfCall(node: SyntaxNode, scope: Scope, ev: Evaluator): CallUse {
  const written = child(node, 'callee');
  if (written === null) return NOTHING;
  const callee = unwrap(written);
  // `readEnvironment(process.env)` reads what the declaration injects, which says nothing about the code.
  const called = ev.evaluate(callee, scope);
  if (called.some(isAccessorFunction)) return NOTHING;
  const args = list(node, 'arguments').map((each) => ev.evaluate(each, scope));
  const uses: CallUse[] = args.flatMap((values, index) =>
    environmentBehind(values, null, ev) === null ? [] : [useOfArgument(node, callee, index, args, scope, ev)],
  );
  if (
    isMember(callee) &&
    calledName(callee) === 'hasOwnProperty' &&
    environmentIn(receiverOf(node, scope, ev)) !== null
  ) {
    uses.push(byName(args[0] ?? [], 'reads'));
  }
  if (isOneOf(called, NAME_READERS)) uses.push(byName(args[0] ?? [], 'reads'));
  if (isOneOf(called, KEY_READERS)) uses.push({ ...NOTHING, reads: schemaKeys(args[0] ?? [], ev) });
  uses.push({ ...NOTHING, reads: createEnvKeys(args, ev) });
  return {
    reads: uses.flatMap((use) => use.reads),
    writes: uses.flatMap((use) => use.writes),
    isDynamic: uses.some((use) => use.isDynamic),
  };
}
