// Turns the calls of functions that the code defines into values of their parameters.
import type { Evaluator } from './evaluate';
import { calledName } from './member';
import type { Pattern, Scope, Source } from './scope';
import { child, isMember, list, type SyntaxNode, staticKey, unwrap } from './syntax-tree';

/** The methods of an array that hand each element to a function, with the position of the element among its parameters. */
const ITERATORS = new Map([
  ['every', 0],
  ['filter', 0],
  ['find', 0],
  ['findIndex', 0],
  ['findLast', 0],
  ['flatMap', 0],
  ['forEach', 0],
  ['map', 0],
  ['reduce', 1],
  ['some', 0],
]);

interface Callable {
  readonly node: SyntaxNode;
  readonly scope: Scope;
}

/** The function that a call runs: for `new`, the constructor. */
function callablesOf(node: SyntaxNode, callee: SyntaxNode, scope: Scope, ev: Evaluator): Callable[] {
  return ev.evaluate(callee, scope).flatMap((value): Callable[] => {
    if (value.kind === 'function') return [value];
    if (value.kind !== 'class' || node.type !== 'NewExpression') return [];
    const body = child(value.node, 'body');
    const made =
      body === null ? undefined : list(body, 'body').find((each) => staticKey(each, 'key') === 'constructor');
    return made === undefined ? [] : [{ node: made, scope: value.scope }];
  });
}

/** The pattern of the parameter that takes the argument at this position; null when there is none. */
function parameterAt(callable: Callable, index: number): Pattern | null {
  const parameters = list(callable.node, 'params');
  const last = parameters.at(-1);
  const parameter = parameters[index] ?? (last?.type === 'RestElement' ? last : undefined);
  return parameter === undefined ? null : (callable.scope.file.patterns.get(parameter) ?? null);
}

/** Adds a source to a pattern, once. */
function add(pattern: Pattern | null, source: Source): boolean {
  if (pattern === null || pattern.sources.some((known) => known.node === source.node)) return false;
  pattern.sources.push(source);
  return true;
}

/** True when the call hands this argument to a function whose code is there to be read. */
export function isFollowed(node: SyntaxNode, index: number, scope: Scope, ev: Evaluator): boolean {
  const callee = child(node, 'callee');
  if (callee === null) return false;
  return callablesOf(node, callee, scope, ev).some((callable) => parameterAt(callable, index) !== null);
}

function followCall(node: SyntaxNode, scope: Scope, ev: Evaluator): boolean {
  const written = child(node, 'callee');
  if (written === null) return false;
  const callee = unwrap(written);
  const args = list(node, 'arguments');
  const spread = args.findIndex((each) => each.type === 'SpreadElement');
  const placed = spread < 0 ? args : args.slice(0, spread);
  let isNew = false;
  for (const callable of callablesOf(node, callee, scope, ev)) {
    placed.forEach((argument, index) => {
      isNew = add(parameterAt(callable, index), { node: argument, scope, take: 'itself' }) || isNew;
    });
  }
  const name = isMember(callee) ? calledName(callee) : null;
  const position = name === null ? undefined : ITERATORS.get(name);
  const object = child(callee, 'object');
  const callback = args[0];
  if (position === undefined || object === null || callback === undefined) return isNew;
  if (!ev.evaluate(object, scope).some((value) => value.kind === 'array')) return isNew;
  for (const value of ev.evaluate(callback, scope)) {
    if (value.kind !== 'function') continue;
    isNew = add(parameterAt(value, position), { node: object, scope, take: 'elements' }) || isNew;
  }
  return isNew;
}

// A function that gets a function as its argument and calls it needs a second round, and so on; nobody writes more.
const MOST_ROUNDS = 4;

/** Follows every call of every file, until no parameter gains a value. */
export function followCalls(ev: Evaluator): void {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let isNew = false;
    for (const file of ev.files.values()) {
      for (const { node, scope } of file.calls) isNew = followCall(node, scope, ev) || isNew;
    }
    ev.forget();
    if (!isNew) return;
  }
}
