// Turns the project classes that src/index.ts exports into `.jsii`, the manifest that `npx projen new --from` reads.
// Only those classes, and the structs and enums that their options reach; everything else stays plain TypeScript.
import { createHash } from 'node:crypto';
import ts from 'typescript';
import { inRoot, readJson, root, writeOutput } from './root.mjs';

const pkg = readJson('package.json');
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(inRoot('tsconfig.build.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);
const program = ts.createProgram([inRoot('src/index.ts')], options);
const checker = program.getTypeChecker();

const types = {};
const ownFqn = (name) => `${pkg.name}.${name}`;
const fileOf = (symbol) => symbol.declarations[0].getSourceFile().fileName;
const isProjen = (symbol) => fileOf(symbol).includes('/node_modules/projen/lib/');
const isOwn = (symbol) => !fileOf(symbol).includes('/node_modules/');

// By projen's own key, "src/typescript/projenrc:ProjenrcOptions": several of its types share a name.
const projenTypes = new Map(
  Object.values(readJson('node_modules/projen/.jsii').types).map((type) => [type.symbolId, type.fqn]),
);
function projenFqn(symbol) {
  const module = fileOf(symbol)
    .replace(/.*\/node_modules\/projen\/lib/, 'src')
    .replace(/\.d\.ts$/, '');
  return projenTypes.get(`${module}:${symbol.name}`);
}
const fqnOf = (symbol) => (isProjen(symbol) ? projenFqn(symbol) : ownFqn(symbol.name));

/** `docs` must be there even when empty: projen reads it without asking. */
function docsOf(symbol) {
  const docs = {};
  const custom = {};
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
  if (text) docs.summary = text.split(/\n\n/)[0].replace(/\s*\n\s*/g, ' ');
  for (const tag of symbol.getJsDocTags(checker)) {
    const value = ts.displayPartsToString(tag.text).trim();
    if (tag.name === 'default') docs.default = value;
    if (tag.name === 'deprecated') Object.assign(docs, { deprecated: value, stability: 'deprecated' });
    // pjid: the name after `projen new`; pjnew: the value written at creation; featured: shown as a comment.
    if (['pjid', 'pjnew', 'featured'].includes(tag.name)) custom[tag.name] = value || 'true';
  }
  if (Object.keys(custom).length > 0) docs.custom = custom;
  return docs;
}

function typeReference(declared) {
  const type = checker.getNonNullableType(declared);
  const isLiteralUnion =
    type.isUnion() &&
    !(type.flags & ts.TypeFlags.EnumLike) &&
    type.types.every((t) => t.flags & ts.TypeFlags.StringLiteral);
  if (type.flags & ts.TypeFlags.StringLike || isLiteralUnion) return { primitive: 'string' };
  if (type.flags & ts.TypeFlags.NumberLike) return { primitive: 'number' };
  if (type.flags & ts.TypeFlags.BooleanLike) return { primitive: 'boolean' };
  if (checker.isArrayType(type)) {
    return { collection: { elementtype: typeReference(checker.getTypeArguments(type)[0]), kind: 'array' } };
  }
  return named(type.aliasSymbol ?? type.symbol) ?? map(type) ?? { primitive: 'any' };
  // `any`: functions, unions, tuples. They are fine in TypeScript, and cannot be set on a command line.
}

function named(symbol) {
  const declaration = symbol?.declarations?.[0];
  if (declaration === undefined) return undefined;
  const isInterface = ts.isInterfaceDeclaration(declaration);
  if (!isInterface && !ts.isClassDeclaration(declaration) && !ts.isEnumDeclaration(declaration)) return undefined;
  if (isProjen(symbol)) {
    const fqn = projenFqn(symbol);
    return fqn === undefined ? undefined : { fqn };
  }
  if (!isOwn(symbol) || !isInterface) return undefined;
  return { fqn: addStruct(symbol) };
}

function map(type) {
  const value = type.getStringIndexType();
  return value === undefined ? undefined : { collection: { elementtype: typeReference(value), kind: 'map' } };
}

function addStruct(symbol) {
  const fqn = ownFqn(symbol.name);
  if (types[fqn] !== undefined) return fqn;
  const struct = {
    assembly: pkg.name,
    datatype: true,
    docs: docsOf(symbol),
    fqn,
    kind: 'interface',
    name: symbol.name,
  };
  types[fqn] = struct; // before its properties are read: a declaration contains itself, per environment
  const clauses = symbol.declarations.find(ts.isInterfaceDeclaration).heritageClauses ?? [];
  const bases = clauses.flatMap((clause) => clause.types).map((base) => checker.getTypeAtLocation(base).symbol);
  const inherited = new Set(
    bases.flatMap((base) =>
      checker
        .getDeclaredTypeOfSymbol(base)
        .getProperties()
        .map((property) => property.name),
    ),
  );
  if (bases.length > 0) struct.interfaces = bases.map((base) => (isProjen(base) ? projenFqn(base) : addStruct(base)));
  struct.properties = checker
    .getDeclaredTypeOfSymbol(symbol)
    .getProperties()
    // projen stops at an option that is declared twice.
    .filter((property) => !inherited.has(property.name))
    .map((property) => ({
      abstract: true,
      docs: docsOf(property),
      immutable: true,
      name: property.name,
      ...(property.flags & ts.SymbolFlags.Optional ? { optional: true } : {}),
      type: typeReference(checker.getTypeOfSymbol(property)),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return fqn;
}

/** Superclasses, nearest first. */
function superclasses(symbol) {
  const [base] = checker.getBaseTypes(checker.getDeclaredTypeOfSymbol(symbol));
  return base === undefined ? [] : [base.symbol, ...superclasses(base.symbol)];
}

function addProject(symbol, declaration) {
  const bases = superclasses(symbol);
  if (!bases.some((base) => base.name === 'Project' && isProjen(base))) return;
  const isAbstract = declaration.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AbstractKeyword);
  const parameter = declaration.members.find(ts.isConstructorDeclaration)?.parameters[0];
  const fqn = ownFqn(symbol.name);
  types[fqn] = {
    assembly: pkg.name,
    base: fqnOf(bases[0]),
    ...(isAbstract ? { abstract: true } : {}),
    docs: docsOf(symbol),
    fqn,
    kind: 'class',
    name: symbol.name,
    // projen looks for exactly one parameter of this name.
    ...(parameter && {
      initializer: { parameters: [{ name: 'options', type: typeReference(checker.getTypeAtLocation(parameter)) }] },
    }),
  };
}

const entry = checker.getSymbolAtLocation(program.getSourceFile(inRoot('src/index.ts')));
for (const exported of checker.getExportsOfModule(entry)) {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const declaration = symbol.declarations?.find(ts.isClassDeclaration);
  if (declaration !== undefined) addProject(symbol, declaration);
}

if (!Object.values(types).some((type) => type.kind === 'class')) {
  console.error('src/index.ts exports no class that extends Project: `npx projen new --from` would find nothing.');
  process.exit(1);
}

const manifest = {
  schema: 'jsii/0.10.0',
  name: pkg.name,
  version: pkg.version,
  description: pkg.description,
  license: pkg.license,
  author: { name: pkg.author.name, roles: ['author'], organization: true },
  homepage: pkg.homepage,
  repository: pkg.repository,
  jsiiVersion: '0.0.0 (made by scripts/gen-jsii.mjs)',
  dependencies: pkg.peerDependencies,
  types: Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1))),
};
manifest.fingerprint = createHash('sha256').update(JSON.stringify(manifest)).digest('base64');
writeOutput('.jsii', `${JSON.stringify(manifest, null, 2)}\n`);
