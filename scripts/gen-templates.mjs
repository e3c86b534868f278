// Turns templates/** into src/generated/templates.js and platform-templates.js: compiled Handlebars templates, and plain files as text.
// So the package neither reads a template nor compiles one while it runs.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import Handlebars from 'handlebars';
import { inRoot, readJson, writeOutput } from './root.mjs';

/** A helper that is not on this list is a spelling mistake, found while building. */
const HELPERS = 'scripts/template-helpers.json';
const SUFFIX = '.hbs';

/** Paths below templates/, with `/` on every system, in an order that no locale changes. */
function templatePaths() {
  return readdirSync(inRoot('templates'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(inRoot('templates'), path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
    )
    .sort((a, b) => (a < b ? -1 : 1));
}

function precompile(file, text, knownHelpers) {
  try {
    // strict: a missing value is an error; noEscape: the targets are not HTML, each value passes its own helper.
    return Handlebars.precompile(text, { strict: true, noEscape: true, knownHelpersOnly: true, knownHelpers });
  } catch (error) {
    throw new Error(`templates/${file}: ${error.message}`);
  }
}

const knownHelpers = Object.fromEntries(readJson(HELPERS).map((name) => [name, true]));

/** Folders whose templates only a platform needs: a service does not load them. */
const isOfPlatform = (file) => /^(platform-|terraform\/)/.test(file);

function write(name, of, chosen) {
  const templates = [];
  const files = [];
  for (const file of chosen) {
    const text = readFileSync(inRoot('templates', file), 'utf8');
    if (file.endsWith(SUFFIX)) {
      templates.push(`${JSON.stringify(file.slice(0, -SUFFIX.length))}: ${precompile(file, text, knownHelpers)}`);
    } else {
      files.push(`${JSON.stringify(file)}: ${JSON.stringify(text)}`);
    }
  }
  const code = `exports.templates = {\n${templates.join(',\n')}\n};\nexports.files = {\n${files.join(',\n')}\n};\n`;
  writeOutput(`src/generated/${name}.js`, transformSync(code, { minify: true, target: 'node20', format: 'cjs' }).code);
  writeOutput(
    `src/generated/${name}.d.ts`,
    `// Types of the compiled templates ${of} beside this file.

/** Compiled templates for \`Handlebars.template\`, by path below templates/ without \`.hbs\`. */
export declare const templates: Readonly<Record<string, object>>;

/** Files that are copied as they are, by path below templates/. */
export declare const files: Readonly<Record<string, string>>;
`,
  );
}

const all = templatePaths();
write(
  'templates',
  'of a service',
  all.filter((file) => !isOfPlatform(file)),
);
write('platform-templates', 'of a platform', all.filter(isOfPlatform));
