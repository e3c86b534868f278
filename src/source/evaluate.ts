// Turns an expression into the values that it can have, as far as the code tells: a small abstract interpreter.
import { valuesOfCall } from './calls';
import { memberOf } from './member';
import { ACCESSOR, fileOf, isAccessor } from './module-files';
import { createQuestions } from './questions';
import { isClass, isFunction } from './read-scopes';
import { type Binding, type Origin, type Pattern, resolve, type Scope, type Source, type SourceFile } from './scope';
import { child, list, type SyntaxNode, slots, staticKey, unwrap, word } from './syntax-tree';
import { environmentIn, texts, UNKNOWN, union, type Value, written } from './value';

/** Answers what an expression can be. All questions about code go through it, so that answers are remembered. */
export interface Evaluator {
  readonly files: ReadonlyMap<string, SourceFile>;
  evaluate(node: SyntaxNode, scope: Scope): readonly Value[];
  /** What was ever assigned to the whole pattern. */
  valuesOf(pattern: Pattern): readonly Value[];
  valuesOfOrigin(origin: Origin, file: SourceFile): readonly Value[];
  /** The member `name` of each value; a null name is one that is not known. */
  member(values: readonly Value[], name: string | null): readonly Value[];
  /** The names that the property of a member expression can have; null among them when it can be another one. */
  keys(member: SyntaxNode, scope: Scope): readonly (string | null)[];
  /** What `import(specifier)` in this file gives. */
  module(specifier: string, from: SourceFile): readonly Value[];
  /** Drops remembered answers, after call arguments have been added to parameters. */
  forget(): void;
}

/** Nodes that are a value themselves: answering for them leads no deeper. */
const isLeaf = (node: SyntaxNode): boolean =>
  isFunction(node) || isClass(node) || ['ObjectExpression', 'StringLiteral', 'NumericLiteral'].includes(node.type);

/** The text of a template or a sum whose parts are all known, in every combination; null when one is not. */
function concatenations(parts: readonly (readonly Value[])[], place: Value & { kind: 'text' }): Value[] {
  let all = [''];
  for (const part of parts) {
    const options = part.map((value) =>
      value.kind === 'text' ? value.text : value.kind === 'number' ? String(value.number) : null,
    );
    if (options.length === 0 || options.includes(null) || all.length * options.length > 100) return [UNKNOWN];
    all = all.flatMap((start) => options.map((end) => start + end));
  }
  return all.map((text) => ({ ...place, text }));
}

export function createEvaluator(files: ReadonlyMap<string, SourceFile>): Evaluator {
  const paths = new Set(files.keys());
  const questions = createQuestions<Value>([UNKNOWN]);
  /** What stands for "the member of this name of that object, class or file" as a question. */
  const memberQuestions = new Map<SyntaxNode | string, Map<string, object>>();

  const evaluate = (node: SyntaxNode, scope: Scope): readonly Value[] =>
    questions.ask(node, () => valuesOfNode(node, scope), isLeaf(node));

  function valuesOfSource({ node, scope, take }: Source): readonly Value[] {
    const values = evaluate(node, scope);
    if (take === 'itself') return values;
    if (take === 'elements') {
      return union(values.map((value) => (value.kind === 'array' ? union(value.elements) : [UNKNOWN])));
    }
    return union(
      values.map((value) => {
        if (value.kind !== 'object') return [UNKNOWN];
        return list(value.node, 'properties').map((property): Value => {
          const text = staticKey(property, 'key');
          const key = child(property, 'key');
          if (text === null || key === null) return UNKNOWN;
          return { kind: 'text', text, written: written(key, value.scope.file.path) };
        });
      }),
    );
  }

  function valuesOf(pattern: Pattern): readonly Value[] {
    if (pattern.sources.length === 0 && pattern.values.length === 0) return [UNKNOWN];
    return questions.ask(pattern, () => union([pattern.values, ...pattern.sources.map(valuesOfSource)]));
  }

  function valuesOfOrigin(origin: Origin, file: SourceFile): readonly Value[] {
    if (origin.kind === 'expression') return valuesOfSource(origin.source);
    if (origin.kind === 'import') {
      const whole = module(origin.specifier, file);
      return origin.imported === null ? whole : member(whole, origin.imported);
    }
    let values = valuesOf(origin.pattern);
    for (const step of origin.steps) {
      if (step.kind === 'property') values = member(values, step.key);
      else if (step.kind === 'element') values = member(values, String(step.index));
      else if (step.kind === 'computed') {
        const names = texts(valuesOfSource(step.key)).map((value) => value.text);
        values = names.length === 0 ? [UNKNOWN] : union(names.map((name) => member(values, name)));
      } else if (step.kind === 'gathered') {
        values = [{ kind: 'array', node: origin.pattern.node, elements: [values] }];
      }
      // The rest of an object has every member that the object has, but for those taken out before.
    }
    return values;
  }

  function valuesOfBinding(binding: Binding, file: SourceFile): readonly Value[] {
    const { origins } = binding;
    if (origins.length === 0) return [UNKNOWN];
    const isValue = origins.every((origin) => origin.kind === 'expression' && isLeaf(origin.source.node));
    return questions.ask(binding, () => union(origins.map((origin) => valuesOfOrigin(origin, file))), isValue);
  }

  function memberQuestion(value: Value, name: string | null): object | null {
    const isPlace = value.kind === 'object' || value.kind === 'class' || value.kind === 'instance';
    const place = isPlace ? value.node : value.kind === 'file' ? value.path : null;
    if (place === null) return null;
    const ofPlace = memberQuestions.get(place) ?? new Map<string, object>();
    memberQuestions.set(place, ofPlace);
    const key = `${value.kind} ${name === null ? 'any' : `.${name}`}`;
    const question = ofPlace.get(key) ?? {};
    ofPlace.set(key, question);
    return question;
  }

  const member = (values: readonly Value[], name: string | null): readonly Value[] =>
    union(
      values.map((value) => {
        const question = memberQuestion(value, name);
        if (question === null) return memberOf(value, name, evaluator);
        return questions.ask(question, () => memberOf(value, name, evaluator));
      }),
    );

  function module(specifier: string, from: SourceFile): readonly Value[] {
    if (specifier === 'node:process' || specifier === 'process') return [{ kind: 'process' }];
    if (isAccessor(specifier)) return [{ kind: 'package', name: ACCESSOR, member: '' }];
    const path = fileOf(specifier, from.path, paths);
    if (path === null) return [{ kind: 'package', name: specifier, member: '' }];
    const assigned = files.get(path)?.exports.get('export=') ?? [];
    const file = files.get(path);
    const values = file === undefined ? [] : assigned.map((origin) => valuesOfOrigin(origin, file));
    return union([[{ kind: 'file', path }], ...values]);
  }

  function keys(node: SyntaxNode, scope: Scope): readonly (string | null)[] {
    const name = staticKey(node, 'property');
    const property = child(node, 'property');
    if (name !== null || property === null) return [name];
    return evaluate(property, scope).map((value) =>
      value.kind === 'text' ? value.text : value.kind === 'number' ? String(value.number) : null,
    );
  }

  function valuesOfIdentifier(node: SyntaxNode, scope: Scope): readonly Value[] {
    const name = word(node, 'name') ?? '';
    const binding = resolve(name, scope);
    if (binding !== null) return valuesOfBinding(binding, scope.file);
    if (name === 'process') return [{ kind: 'process' }];
    if (name === 'globalThis' || name === 'global') return [{ kind: 'global' }];
    return [UNKNOWN];
  }

  /** The values of the expressions in these fields together. */
  const either = (node: SyntaxNode, scope: Scope, fields: readonly string[]): readonly Value[] =>
    union(
      fields.map((field) => {
        const part = child(node, field);
        return part === null ? [] : evaluate(part, scope);
      }),
    );

  function valuesOfNode(node: SyntaxNode, scope: Scope): readonly Value[] {
    const { path } = scope.file;
    const inner = unwrap(node);
    if (inner !== node) return evaluate(inner, scope);
    if (isFunction(node)) return [{ kind: 'function', node, scope }];
    if (isClass(node)) return [{ kind: 'class', node, scope }];
    const place = { kind: 'text', text: '', written: written(node, path) } as const;
    switch (node.type) {
      case 'Identifier':
        return valuesOfIdentifier(node, scope);
      case 'MetaProperty':
        return word(child(node, 'meta'), 'name') === 'import' ? [{ kind: 'import-meta' }] : [UNKNOWN];
      case 'StringLiteral':
        return [{ ...place, text: word(node, 'value') ?? '' }];
      case 'NumericLiteral':
        return [{ kind: 'number', number: Number(node.value) }];
      case 'TemplateLiteral': {
        const strings = list(node, 'quasis').map((quasi) => {
          const cooked = (quasi.value as { cooked?: unknown }).cooked;
          return [{ ...place, text: typeof cooked === 'string' ? cooked : '' }];
        });
        const between = list(node, 'expressions').map((each) => evaluate(each, scope));
        return concatenations(
          strings.flatMap((each, index) => [each, ...between.slice(index, index + 1)]),
          place,
        );
      }
      case 'BinaryExpression': {
        const left = child(node, 'left');
        const right = child(node, 'right');
        if (node.operator !== '+' || left === null || right === null) return [UNKNOWN];
        return concatenations([evaluate(left, scope), evaluate(right, scope)], place);
      }
      case 'ArrayExpression': {
        const elements = slots(node, 'elements').map((each) => {
          if (each === null) return [];
          if (each.type !== 'SpreadElement') return evaluate(each, scope);
          const spread = child(each, 'argument');
          return spread === null ? [] : valuesOfSource({ node: spread, scope, take: 'elements' });
        });
        return [{ kind: 'array', node, elements }];
      }
      case 'ObjectExpression':
      case 'TSEnumDeclaration':
        return [{ kind: 'object', node, scope }];
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const object = child(node, 'object');
        if (object === null) return [UNKNOWN];
        const values = evaluate(object, scope);
        // The environment is asked only for names that the code spells; the member of anything else may be any.
        const names = keys(node, scope).filter((name) => name !== null || environmentIn(values) === null);
        return union(names.map((name) => member(values, name)));
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        return valuesOfCall(node, scope, evaluator);
      case 'LogicalExpression':
        return either(node, scope, node.operator === '&&' ? ['right'] : ['left', 'right']);
      case 'ConditionalExpression':
        return either(node, scope, ['consequent', 'alternate']);
      case 'AssignmentExpression':
        return either(node, scope, ['right']);
      case 'AwaitExpression':
        return either(node, scope, ['argument']);
      case 'UnaryExpression':
        return node.operator === '+' ? either(node, scope, ['argument']) : [UNKNOWN];
      case 'SequenceExpression': {
        const last = list(node, 'expressions').at(-1);
        return last === undefined ? [UNKNOWN] : evaluate(last, scope);
      }
      case 'ThisExpression':
        if (scope.self === null) return [UNKNOWN];
        return [{ kind: scope.self.isStatic ? 'class' : 'instance', node: scope.self.node, scope: scope.self.scope }];
      default:
        return [UNKNOWN];
    }
  }

  const evaluator: Evaluator = {
    files,
    evaluate,
    valuesOf,
    valuesOfOrigin,
    member,
    keys,
    module,
    forget: questions.forget,
  };
  return evaluator;
}
