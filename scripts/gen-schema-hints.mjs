// Turns schemas/*.schema.json into src/generated/schema-hints.js: what belongs at each path, in words, for diagnostics.
// Loaded only when something is wrong.
import { readJson, writeOutput } from './root.mjs';

function hints(schema, root) {
  const target = schema.$ref === undefined ? schema : root.definitions[schema.$ref.replace('#/definitions/', '')];
  const own = { ...target, ...schema };
  const hint = { says: own.description ?? target.description ?? '' };
  const example = (own.examples ?? target.examples)?.[0];
  if (example !== undefined) hint.example = example;
  const forms = [own, ...(own.anyOf ?? []), ...(own.oneOf ?? [])].map((form) =>
    form.$ref === undefined ? form : root.definitions[form.$ref.replace('#/definitions/', '')],
  );
  for (const form of forms) {
    if (form.properties !== undefined) {
      hint.keys ??= {};
      for (const [key, value] of Object.entries(form.properties)) hint.keys[key] = hints(value, root);
    }
    if (typeof form.additionalProperties === 'object') hint.any = hints(form.additionalProperties, root);
    const names = root.definitions[form.propertyNames?.$ref?.replace('#/definitions/', '')] ?? form.propertyNames;
    if (names?.pattern !== undefined) hint.names = names.pattern;
    if (form.items !== undefined) hint.items = hints(form.items, root);
    for (const inner of form.oneOf ?? []) {
      const kind = root.definitions[inner.$ref?.replace('#/definitions/', '')];
      if (kind?.properties === undefined) continue;
      hint.kinds = [...(hint.kinds ?? []), kind.properties.kind.enum[0]];
      hint.keys ??= {};
      for (const [key, value] of Object.entries(kind.properties)) hint.keys[key] ??= hints(value, root);
    }
  }
  return hint;
}

function lean(name) {
  const schema = readJson(`schemas/${name}.schema.json`);
  if (schema.definitions.ServiceOverride !== undefined)
    schema.properties.environments = { ...schema.properties.environments, additionalProperties: { type: 'object' } };
  return hints(schema, schema);
}

const all = { service: lean('service'), platform: lean('platform') };
writeOutput('src/generated/schema-hints.js', `exports.hints = JSON.parse(${JSON.stringify(JSON.stringify(all))});\n`);
writeOutput(
  'src/generated/schema-hints.d.ts',
  `// Types of the hints beside this file.

/** What belongs at one path of a declaration. */
export interface SchemaHint {
  readonly says: string;
  readonly example?: unknown;
  /** Hints of the keys it may have. */
  readonly keys?: Readonly<Record<string, SchemaHint>>;
  /** Hint of a key of one's own. */
  readonly any?: SchemaHint;
  readonly items?: SchemaHint;
  /** Kinds that a need of one's own name may have. */
  readonly kinds?: readonly string[];
  /** Pattern of keys of one's own. */
  readonly names?: string;
}

export declare const hints: { readonly service: SchemaHint; readonly platform: SchemaHint };
`,
);
