// Turns schemas/*.schema.json into src/declaration/*.ts: the same shape, as TypeScript sees it.
import { compile } from 'json-schema-to-typescript';
import { readJson, writeCommitted } from './root.mjs';

const NAMES = ['service', 'platform'];

const pascal = (text) => text.replace(/(^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, __, letter) => letter.toUpperCase());

/**
 * Brings a schema into the part that jsii can express, since options of a project type are read by `projen new`:
 * every inline object becomes a named interface, and what only validates (conditions, counts) is left out.
 */
function simplify(node, name) {
  if (!node || typeof node !== 'object') return;
  if (node.type === 'object' && node.properties && !node.title) node.title = name;
  for (const [key, value] of Object.entries(node.properties ?? {})) simplify(value, name + pascal(key));
  for (const value of Object.values(node.patternProperties ?? {})) simplify(value, `${name}Value`);
  if (node.items) simplify(node.items, `${name}Item`);
  if (typeof node.additionalProperties === 'object') simplify(node.additionalProperties, `${name}Value`);
  for (const choice of ['oneOf', 'anyOf']) {
    for (const [index, value] of (node[choice] ?? []).entries()) simplify(value, name + (index || ''));
  }
  for (const condition of [
    'allOf',
    'if',
    'then',
    'else',
    'not',
    'dependentRequired',
    'propertyNames',
    'discriminator',
  ]) {
    delete node[condition];
  }
  if ('default' in node) node.description = tagged(node.description, 'default', node.default);
}

const tagged = (description, tag, value) =>
  [description, `@${tag} ${JSON.stringify(value)}`].filter((part) => part !== undefined).join('\n\n');

async function types(name) {
  const schema = readJson(`schemas/${name}.schema.json`);
  for (const definitions of [schema.definitions, schema.$defs]) {
    for (const [key, value] of Object.entries(definitions ?? {})) simplify(value, value.title ?? pascal(key));
  }
  simplify(schema, schema.title);
  delete schema.properties.$schema;
  const text = await compile(schema, schema.title, {
    additionalProperties: false,
    ignoreMinAndMaxItems: true, // tuples are not in jsii's part of TypeScript
    bannerComment: `// What schemas/${name}.schema.json allows, as types. Made by scripts/gen-types.mjs: change the schema instead.`,
    style: { singleQuote: true, printWidth: 120 },
  });
  return text.replace(/^(\s+)((?:[A-Za-z$_][\w$]*|'[^']+')\??: )/gm, '$1readonly $2');
}

for (const name of NAMES) {
  writeCommitted(`src/declaration/${name}.ts`, await types(name));
}
