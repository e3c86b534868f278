// Turns a name or a destructuring into bindings, each with the steps from the assigned value to it.
import { isAccessor } from './module-files';
import type { Origin, Pattern, Scope, Source, SourceFile, Step } from './scope';
import { child, isMember, list, type SyntaxNode, slots, staticKey, word } from './syntax-tree';
import type { Value } from './value';

type Bind = (name: string, origin: Origin) => void;

const itself = (node: SyntaxNode, scope: Scope): Source => ({ node, scope, take: 'itself' });

/** "NodeJS.ProcessEnv" for a type written so; null for one that is no dotted name. */
function dottedName(type: SyntaxNode | null): string | null {
  if (type === null) return null;
  if (type.type === 'Identifier') return word(type, 'name');
  if (type.type !== 'TSQualifiedName') return null;
  const left = dottedName(child(type, 'left'));
  return left === null ? null : `${left}.${word(child(type, 'right'), 'name') ?? ''}`;
}

/** A value that the type alone tells: code often takes the environment as a parameter, to be given another in tests. */
function valueOfType(type: SyntaxNode | null, file: SourceFile): Value | null {
  if (type === null) return null;
  if (type.type === 'TSTypeAnnotation') return valueOfType(child(type, 'typeAnnotation'), file);
  if (type.type === 'TSUnionType') {
    return (
      list(type, 'types')
        .map((each) => valueOfType(each, file))
        .find((value) => value !== null) ?? null
    );
  }
  if (type.type === 'TSTypeQuery') {
    return dottedName(child(type, 'exprName')) === 'process.env' ? { kind: 'environment', of: 'process' } : null;
  }
  if (type.type !== 'TSTypeReference') return null;
  const name = dottedName(child(type, 'typeName'));
  if (name === 'NodeJS.ProcessEnv') return { kind: 'environment', of: 'process' };
  if (name === 'NodeJS.Process') return { kind: 'process' };
  if (name === 'ImportMetaEnv') return { kind: 'environment', of: 'vite' };
  const imported = file.importedNames.get(name ?? '');
  if (imported?.imported === 'Environment' && isAccessor(imported.specifier)) {
    return { kind: 'environment', of: 'accessor' };
  }
  const parameters = child(type, 'typeParameters') ?? child(type, 'typeArguments');
  if (parameters === null || !['Readonly', 'Partial', 'Pick', 'Omit'].includes(name ?? '')) return null;
  return valueOfType(list(parameters, 'params')[0] ?? null, file);
}

/** The steps of one property of an object pattern. */
function stepOf(property: SyntaxNode, scope: Scope): Step | null {
  const key = staticKey(property, 'key');
  if (key !== null) return { kind: 'property', key };
  const computed = child(property, 'key');
  return computed === null ? null : { kind: 'computed', key: itself(computed, scope) };
}

/** Binds every name inside `node`, which stands `steps` deep in `pattern`. */
function bindNames(node: SyntaxNode, pattern: Pattern, steps: readonly Step[], bind: Bind): void {
  const { scope } = pattern;
  switch (node.type) {
    case 'Identifier': {
      const name = word(node, 'name');
      if (name !== null) bind(name, { kind: 'pattern', pattern, steps });
      return;
    }
    case 'AssignmentPattern': {
      const left = child(node, 'left');
      const fallback = child(node, 'right');
      if (left === null) return;
      bindNames(left, pattern, steps, bind);
      if (fallback === null) return;
      bindNames(left, { node: left, scope, sources: [itself(fallback, scope)], values: [] }, [], bind);
      return;
    }
    case 'ObjectPattern':
      for (const property of list(node, 'properties')) {
        const isRest = property.type === 'RestElement';
        const target = child(property, isRest ? 'argument' : 'value');
        const step: Step | null = isRest ? { kind: 'rest' } : stepOf(property, scope);
        if (target !== null && step !== null) bindNames(target, pattern, [...steps, step], bind);
      }
      return;
    case 'ArrayPattern':
      slots(node, 'elements').forEach((element, index) => {
        if (element === null) return;
        const isRest = element.type === 'RestElement';
        const target = isRest ? child(element, 'argument') : element;
        const step: Step = isRest ? { kind: 'rest' } : { kind: 'element', index };
        if (target !== null) bindNames(target, pattern, [...steps, step], bind);
      });
      return;
    case 'RestElement': {
      const target = child(node, 'argument');
      if (target !== null) bindNames(target, pattern, [...steps, { kind: 'gathered' }], bind);
      return;
    }
    default:
      if (isMember(node)) scope.file.targets.add(node);
  }
}

/** Opens the pattern of a declarator, a parameter or a destructuring assignment, and binds the names in it. */
export function openPattern(node: SyntaxNode, scope: Scope, source: Source | null, bind: Bind): Pattern {
  const parameter = (node.type === 'TSParameterProperty' ? child(node, 'parameter') : null) ?? node;
  const hasDefault = parameter.type === 'AssignmentPattern';
  const inner = (hasDefault ? child(parameter, 'left') : null) ?? parameter;
  const fallback = hasDefault ? child(parameter, 'right') : null;
  const sources = source === null ? [] : [source];
  if (fallback !== null) sources.push(itself(fallback, scope));
  // With a value beside it the type says nothing new: `const fake: NodeJS.ProcessEnv = { PORT: '1' }`.
  const typed = source === null ? valueOfType(child(inner, 'typeAnnotation'), scope.file) : null;
  const pattern: Pattern = { node: inner, scope, sources, values: typed === null ? [] : [typed] };
  scope.file.patterns.set(node, pattern);
  bindNames(inner, pattern, [], bind);
  return pattern;
}
