// Turns the source files of a service into what its code says of its server: ports, paths, topics and hosts that it calls.
import { globalName } from './calls';
import { createEvaluator, type Evaluator } from './evaluate';
import { followCalls } from './follow-calls';
import { calledName, entriesOf } from './member';
import { readSourceFiles, type SourceText } from './read-environment-uses';
import { walk } from './read-scopes';
import type { Scope } from './scope';
import { child, isCall, isMember, list, type SyntaxNode, unwrap, word } from './syntax-tree';
import { texts, UNKNOWN, type Value, type Written, written } from './value';

/** One fact with the place in the code that tells it. */
export interface Seen<T> {
  readonly value: T;
  readonly at: Written;
}

/** A port that the code listens on. Both are null when the code computes it. */
export interface Listening {
  readonly port: number | null;
  /** The environment variable that it comes from. */
  readonly variable: string | null;
}

export interface ServerFacts {
  readonly listens: readonly Seen<Listening>[];
  /** Paths of routes, in the order of the text. A router that is mounted under a prefix is seen without it. */
  readonly paths: readonly Seen<string>[];
  /** Topics of Kafka clients. */
  readonly produces: readonly Seen<string>[];
  readonly consumes: readonly Seen<string>[];
  readonly consumerGroups: readonly Seen<string>[];
  /** Origins of absolute https URLs that the code calls. */
  readonly calls: readonly Seen<string>[];
}

const ROUTE_METHODS = new Set(['all', 'get', 'head', 'route', 'use']);

// Clients of HTTP whose first argument is a URL, or an object with one.
const HTTP_CLIENTS = new Set([
  'axios',
  'cross-fetch',
  'got',
  'ky',
  'needle',
  'node-fetch',
  'ofetch',
  'superagent',
  'undici',
]);

const objects = (values: readonly Value[]): Value[] => values.filter(({ kind }) => kind === 'object');

/** The values of a key of the object literals among these values; nothing where there is no such key. */
function option(values: readonly Value[], name: string, ev: Evaluator): readonly Value[] {
  return objects(values).flatMap((value) => {
    if (value.kind !== 'object') return [];
    const found = entriesOf(value, ev).filter(({ key }) => key.text === name);
    return found.flatMap(({ node, scope }) => ev.evaluate(node, scope));
  });
}

const elements = (values: readonly Value[]): readonly Value[] =>
  values.flatMap((value) => (value.kind === 'array' ? value.elements.flat() : [value]));

function portOf(values: readonly Value[]): number | null {
  for (const value of values) {
    const port = value.kind === 'number' ? value.number : value.kind === 'text' ? Number(value.text) : Number.NaN;
    if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  }
  return null;
}

function listeningOf(
  node: SyntaxNode,
  callee: SyntaxNode,
  args: readonly (readonly Value[])[],
  ev: Evaluator,
): Listening | null {
  const name = calledName(callee);
  const first = args[0] ?? [];
  const inOptions = option(first, 'port', ev);
  const isListen = isMember(callee) && name === 'listen';
  // `serve({ fetch, port })` of Hono, `new WebSocketServer({ port })` of ws.
  const takesOptions = name === 'serve' || (node.type === 'NewExpression' && name === 'WebSocketServer');
  if (!isListen && !(takesOptions && inOptions.length > 0)) return null;
  const values = inOptions.length > 0 ? inOptions : first;
  const variable = values.find((value) => value.kind === 'variable');
  return { port: portOf(values), variable: variable?.kind === 'variable' ? variable.name : null };
}

/** The text that a URL begins with: a template may go on with what only running the code tells. */
function beginnings(node: SyntaxNode, scope: Scope, ev: Evaluator): string[] {
  const inner = unwrap(node);
  if (inner.type !== 'TemplateLiteral') return texts(ev.evaluate(node, scope)).map(({ text }) => text);
  const cooked = (list(inner, 'quasis')[0]?.value as { cooked?: unknown } | undefined)?.cooked;
  return typeof cooked === 'string' ? [cooked] : [];
}

/** `https://host` of a text that holds a whole host name. */
function originOf(text: string): string | null {
  if (!text.startsWith('https://')) return null;
  const host = text.slice('https://'.length);
  const isWhole = host.includes('/') || host.includes('?') || host.includes('.');
  try {
    return isWhole ? new URL(text).origin : null;
  } catch {
    return null;
  }
}

function originsOf(callee: SyntaxNode, node: SyntaxNode, scope: Scope, ev: Evaluator): string[] {
  const isFetch = globalName(callee, scope) === 'fetch';
  const isClient = ev.evaluate(callee, scope).some((value) => value.kind === 'package' && HTTP_CLIENTS.has(value.name));
  const first = list(node, 'arguments')[0];
  if (first === undefined || (!isFetch && !isClient)) return [];
  const given = ev.evaluate(first, scope);
  const inOptions = ['baseURL', 'prefixUrl', 'url'].flatMap((name) => texts(option(given, name, ev)));
  return [...beginnings(first, scope, ev), ...inOptions.map(({ text }) => text)]
    .map(originOf)
    .filter((origin) => origin !== null);
}

/** The argument of a decorator, as text: '' when it has none; null when the node has no such decorator. */
function decoratorText(node: SyntaxNode, name: string, scope: Scope, ev: Evaluator): string | null {
  for (const decorator of list(node, 'decorators')) {
    const call = child(decorator, 'expression');
    const callee = call === null ? null : child(call, 'callee');
    if (call === null || callee === null || calledName(callee) !== name) continue;
    const first = list(call, 'arguments')[0];
    return first === undefined ? '' : (texts(ev.evaluate(first, scope))[0]?.text ?? '');
  }
  return null;
}

/** The routes of a NestJS controller. */
function controllerPaths(node: SyntaxNode, scope: Scope, ev: Evaluator): Seen<string>[] {
  const prefix = decoratorText(node, 'Controller', scope, ev);
  const body = child(node, 'body');
  if (prefix === null || body === null) return [];
  return list(body, 'body').flatMap((method) => {
    const path = decoratorText(method, 'Get', scope, ev);
    if (path === null) return [];
    const parts = [...prefix.split('/'), ...path.split('/')].filter((part) => part !== '');
    return [{ value: `/${parts.join('/')}`, at: written(method, scope.file.path) }];
  });
}

/** `request.url === '/health'` of a server without a router. */
function comparedPath(node: SyntaxNode, scope: Scope, ev: Evaluator): string[] {
  const sides = ['left', 'right'].map((field) => child(node, field)).filter((side) => side !== null);
  const isUrl = sides.some((side) => isMember(side) && ['path', 'pathname', 'url'].includes(calledName(side) ?? ''));
  if (!isUrl || !['==', '==='].includes(word(node, 'operator') ?? '')) return [];
  return sides.flatMap((side) => texts(ev.evaluate(side, scope)).map(({ text }) => text));
}

/** What the code says of the server. Files that do not parse are left out: `readEnvironmentUses` reports them. */
export function readServer(sources: readonly SourceText[]): ServerFacts {
  const { files } = readSourceFiles(sources);
  const ev = createEvaluator(files);
  followCalls(ev);
  const listens: Seen<Listening>[] = [];
  const paths: Seen<string>[] = [];
  const produces: Seen<string>[] = [];
  const consumes: Seen<string>[] = [];
  const consumerGroups: Seen<string>[] = [];
  const calls: Seen<string>[] = [];
  const addAll = (found: Seen<string>[], values: readonly Value[], at: Written): void => {
    for (const { text } of texts(elements(values))) found.push({ value: text, at });
  };
  for (const file of files.values()) {
    walk(file, (node, scope) => {
      const at = written(node, file.path);
      if (node.type === 'BinaryExpression') {
        for (const path of comparedPath(node, scope, ev)) paths.push({ value: path, at });
      }
      if (list(node, 'decorators').length > 0) paths.push(...controllerPaths(node, scope, ev));
      const callee = isCall(node) ? child(node, 'callee') : null;
      if (callee === null) return;
      const args = list(node, 'arguments').map((each) =>
        each.type === 'SpreadElement' ? [UNKNOWN] : ev.evaluate(each, scope),
      );
      const first = args[0] ?? [];
      const listening = listeningOf(node, callee, args, ev);
      if (listening !== null) listens.push({ value: listening, at });
      for (const origin of originsOf(callee, node, scope, ev)) calls.push({ value: origin, at });
      const name = isMember(callee) ? calledName(callee) : null;
      if (name !== null && ROUTE_METHODS.has(name)) {
        addAll(paths, [...first, ...option(first, 'url', ev), ...option(first, 'path', ev)], at);
      }
      if (name === 'send') addAll(produces, option(first, 'topic', ev), at);
      if (name === 'subscribe') addAll(consumes, [...option(first, 'topic', ev), ...option(first, 'topics', ev)], at);
      if (name === 'consumer') addAll(consumerGroups, option(first, 'groupId', ev), at);
    });
  }
  return {
    listens,
    paths: paths.filter(({ value }) => value.startsWith('/') && !value.startsWith('//')),
    produces,
    consumes,
    consumerGroups,
    calls,
  };
}
