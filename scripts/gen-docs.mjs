// Makes docs/declaration.md from the schema and docs/diagnostics.md from the refusals, their titles and their cases.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { inRoot, readJson, writeCommitted } from './root.mjs';

const note = (source) => `<!-- Made by \`npm run build\` from ${source}; edits here are lost. -->\n`;

const anchorOf = (title) => title.toLowerCase();
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
const code = (value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const link = (title) => `[${title}](#${anchorOf(title)})`;

/** The schema whose reference is being written. */
let schema = {};
const definitionOf = (node) =>
  node.$ref === undefined ? node : schema.definitions[node.$ref.replace('#/definitions/', '')];
const nameOf = (node) => node.$ref?.replace('#/definitions/', '');

/** Objects with keys of their own have a section each; those of an environment repeat the declaration. */
const hasSection = (node) => definitionOf(node).properties !== undefined && definitionOf(node).title !== undefined;
const isOverride = (node) => /Override$/.test(nameOf(node) ?? '') && nameOf(node) !== 'Override';

function typeOf(node) {
  const target = definitionOf(node);
  if (isOverride(node)) return 'the shape of the declaration';
  if (hasSection(node)) return link(target.title);
  if (target.const !== undefined) return code(target.const);
  if (target.enum !== undefined) return target.enum.map(code).join(', ');
  if (target.anyOf !== undefined) return [...new Set(target.anyOf.map(typeOf))].join(' or ');
  if (target.oneOf !== undefined) return target.oneOf.map(typeOf).join(' or ');
  if (target.type === 'array') return `list of ${typeOf(target.items)}`;
  if (target.type === 'object')
    return target.additionalProperties ? `map of ${typeOf(target.additionalProperties)}` : 'map';
  const types = [target.type ?? 'anything'].flat().join(' or ');
  const form = nameOf(node) !== undefined && target.description !== undefined ? ` (${nameOf(node)})` : '';
  const bounds = [
    target.minimum === undefined ? '' : `from ${target.minimum}`,
    target.maximum === undefined ? '' : `to ${target.maximum}`,
  ].filter((part) => part !== '');
  return `${types}${form}${bounds.length === 0 ? '' : `, ${bounds.join(' ')}`}`;
}

function row(key, node, required) {
  const target = definitionOf(node);
  const text = node.description ?? target.description ?? '';
  const [, description, byText] = /^(.*?)(?:\s*Default: (.*)\.)?$/s.exec(text);
  const byValue = node.default ?? target.default;
  const standard = required ? '**required**' : (byText ?? (byValue === undefined ? '' : code(byValue)));
  const example = (node.examples ?? target.examples)?.[0];
  const columns = [code(key), typeOf(node), description, standard, example === undefined ? '' : code(example)];
  return `| ${columns.map(cell).join(' | ')} |`;
}

function section(title, target, level) {
  const rows = Object.entries(target.properties).map(([key, node]) =>
    row(key, node, target.required?.includes(key) ?? false),
  );
  const more = target.additionalProperties;
  if (typeof more === 'object') rows.push(row('NAME', more, false));
  return [
    `${'#'.repeat(level)} ${title}`,
    target.description,
    ['| key | type | meaning | default | example |', '|---|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

/** Sections in the order in which the declaration leads to them. */
function reachable(node, seen) {
  for (const part of parts(definitionOf(node))) {
    if (isOverride(part)) continue;
    const target = definitionOf(part);
    if (hasSection(part)) {
      if (seen.has(target.title)) continue;
      seen.set(target.title, target);
    }
    reachable(part, seen);
  }
  return seen;
}

const parts = (target) => [
  ...Object.values(target.properties ?? {}),
  ...(target.anyOf ?? []),
  ...(target.oneOf ?? []),
  ...(typeof target.additionalProperties === 'object' ? [target.additionalProperties] : []),
  ...(target.items === undefined ? [] : [target.items]),
];

const formsOf = () =>
  Object.entries(schema.definitions)
    .filter(
      ([name, { type, pattern, description }]) =>
        type === 'string' && pattern !== undefined && description !== undefined && !/Override$/.test(name),
    )
    .map(([name, { pattern, description }]) => `| ${name} | ${cell(description)} | ${cell(code(pattern))} |`);

function writeReference(what, title, document) {
  const source = `schemas/${what}.schema.json`;
  schema = readJson(source);
  const forms = formsOf();
  writeCommitted(
    document,
    `${[
      `# ${title}`,
      `${note(source)}\n${schema.description} The schema of the editor says the same: \`${source}\`.`,
      section(`${what}.yaml`, { ...schema, description: 'The keys of the file.' }, 2),
      ...[...reachable(schema, new Map())].map(([name, target]) => section(name, target, 2)),
      ...(forms.length === 0
        ? []
        : [`## Forms of text\n\n| form | meaning | pattern |\n|---|---|---|\n${forms.join('\n')}`]),
    ].join('\n\n')}\n`,
  );
}

writeReference('service', 'The declaration', 'docs/declaration.md');
writeReference('platform', "The platform's declaration", 'docs/platform.md');

async function refusals() {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { refusals } from './index'; export { platformRefusals } from './platform';",
      resolveDir: inRoot('src/refuse'),
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    logLevel: 'error',
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0].text)(module, module.exports, () => ({}));
  return [...module.exports.refusals, ...module.exports.platformRefusals];
}

const titles = new Map(Object.entries(readJson('scripts/diagnostic-titles.json')));
for (const refusal of await refusals()) titles.set(refusal.code, [refusal.title, refusal.why]);

const shown = (folder, file) =>
  `\`${file}\`:\n\n\`\`\`yaml\n${readFileSync(`${folder}/${file}`, 'utf8').trimEnd()}\n\`\`\``;

/** What a person sees in the case of that name, of one service or of a platform. */
function caseOf(name) {
  const folder = ['test/refused', 'test/refused-platform']
    .map((cases) => inRoot(cases, name))
    .find((place) => existsSync(place));
  if (folder === undefined) return [];
  const declarations = readdirSync(folder, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.yaml'))
    .sort((a, b) => (a < b ? 1 : -1));
  const expected = `${folder}/expected.txt`;
  return [
    ...declarations.map((file) => shown(folder, file)),
    ...(existsSync(expected) ? [`\`\`\`text\n${readFileSync(expected, 'utf8').trimEnd()}\n\`\`\``] : []),
  ];
}

writeCommitted(
  'docs/diagnostics.md',
  `${[
    '# Diagnostics',
    `${note('src/refuse, scripts/diagnostic-titles.json, test/refused and test/refused-platform')}\nEvery diagnostic has a code. An error refuses the declaration: nothing is written. A warning is shown only.`,
    ...[...titles]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, [title, why]]) => [`## ${name}`, `${title}. ${why}`, ...caseOf(name)].join('\n\n')),
  ].join('\n\n')}\n`,
);
