// Assembles schemas/*.schema.json from the hand-written bases in src/declaration/ and each kind's fragment in src/catalog/.
import { existsSync, readdirSync } from 'node:fs';
import { build } from 'esbuild';
import { inRoot, readJson, writeCommitted } from './root.mjs';

/** The schema needs a kind's outputs, not its containers and alerts: those may not compile while a kind is being written. */
const onlyFacts = {
  name: 'only-facts',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/(alerts|container|exporter|operator)$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    bundler.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}' }));
  },
};

async function catalog() {
  const { outputFiles } = await build({
    entryPoints: [inRoot('src/catalog/index.ts')],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    logLevel: 'error',
    plugins: [onlyFacts],
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0].text)(module, module.exports);
  return module.exports.kinds;
}

/** A need of one kind: its own fields, and those that every need has. */
function needDefinition(kind, fragment, withKind) {
  const outputs = Object.entries(kind.outputs);
  return {
    title: `${withKind ? 'Named' : ''}${fragment.title}`,
    description: `${fragment.description} Default: not needed.`,
    type: 'object',
    additionalProperties: false,
    ...(withKind ? { required: ['kind'] } : {}),
    properties: {
      ...(withKind
        ? { kind: { type: 'string', enum: [kind.kind], description: `${kind.title}.`, examples: [kind.kind] } }
        : {}),
      ...fragment.properties,
      env: {
        type: 'object',
        description: `Variables to inject, name to output; exactly these. Outputs: ${outputs.map(([name, output]) => `${name} (${output.description.toLowerCase()})`).join(', ')}. Default: ${Object.entries(
          kind.defaultVariables,
        )
          .map(([variable, output]) => `${variable}: ${output}`)
          .join(', ')}; under a name of your own, that name in upper case before the output.`,
        propertyNames: { $ref: '#/definitions/VariableName' },
        additionalProperties: { type: 'string', enum: outputs.map(([name]) => name) },
        examples: [kind.defaultVariables],
      },
      optional: {
        type: 'boolean',
        default: false,
        description:
          'Whether the service works without it: then its failure does not count against availability. Default: false.',
        examples: [true],
      },
    },
    examples: [withKind ? { kind: kind.kind } : {}],
  };
}

/** The shape of a part of the declaration in `environments`: nothing required, null removes. */
function override(schema, definitions, made) {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/definitions/', '');
    const target = definitions[name];
    if (!isObject(target)) return removable(schema);
    const overrideName = `${name}Override`;
    if (made[overrideName] === undefined) {
      made[overrideName] = {};
      Object.assign(made[overrideName], overrideObject(target, definitions, made, `${target.title}Override`));
    }
    const { $ref: _, ...rest } = schema;
    return removable({ $ref: `#/definitions/${overrideName}`, ...rest });
  }
  if (isObject(schema)) return removable(overrideObject(schema, definitions, made, undefined));
  return removable(schema);
}

const isObject = (schema) =>
  schema.type === 'object' && (schema.properties !== undefined || typeof schema.additionalProperties === 'object');

function overrideObject(schema, definitions, made, title) {
  const { required: _required, title: _title, ...rest } = schema;
  const result = { ...(title === undefined ? {} : { title }), ...rest };
  if (schema.properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, value]) => [key, override(value, definitions, made)]),
    );
  }
  if (typeof schema.additionalProperties === 'object')
    result.additionalProperties = override(schema.additionalProperties, definitions, made);
  return result;
}

function removable(schema) {
  const { description, examples, default: _default, ...rest } = schema;
  return {
    ...(description === undefined ? {} : { description }),
    anyOf: [rest, { type: 'null' }],
    ...(examples === undefined ? {} : { examples }),
  };
}

const kinds = await catalog();
const folders = readdirSync(inRoot('src/catalog')).filter((name) =>
  existsSync(inRoot('src/catalog', name, 'schema.json')),
);

const service = readJson('src/declaration/service.schema.json');
const named = [];
for (const folder of folders.sort()) {
  const fragment = readJson(`src/catalog/${folder}/schema.json`);
  const kind = kinds[folder];
  service.definitions[fragment.title] = needDefinition(kind, fragment, false);
  service.definitions[`Named${fragment.title}`] = needDefinition(kind, fragment, true);
  service.definitions.Needs.properties[folder] = { $ref: `#/definitions/${fragment.title}` };
  named.push({ $ref: `#/definitions/Named${fragment.title}` });
}
service.definitions.NamedNeed = {
  description: 'A need under a name of your own: two databases, for example.',
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: named,
};
service.definitions.Needs.additionalProperties = { $ref: '#/definitions/NamedNeed' };
const made = {};
const { environments: _environments, overrides, $schema: _schema, name: _name, ...overridable } = service.properties;
made.ServiceOverride = overrideObject(
  {
    title: 'ServiceOverride',
    description: 'What differs in one environment.',
    type: 'object',
    additionalProperties: false,
    properties: { ...overridable, overrides },
  },
  service.definitions,
  made,
  'ServiceOverride',
);
Object.assign(service.definitions, made);
writeCommitted('schemas/service.schema.json', `${JSON.stringify(service, null, 2)}\n`);

const platform = readJson('src/declaration/platform.schema.json');
for (const folder of folders.sort()) {
  const kind = kinds[folder];
  platform.properties.backing.properties[folder] = {
    title: `${kind.title.replace(/[^A-Za-z0-9]/g, '')}Backing`,
    description: `${kind.title} of the platform. Default: version ${kind.defaultVersion}, run by ${kind.defaultRuns} in a cluster.`,
    type: 'object',
    additionalProperties: false,
    properties: {
      version: {
        type: ['string', 'integer'],
        enum: Object.keys(kind.versions).flatMap((version) => [
          version,
          ...(/^[0-9]+$/.test(version) ? [Number(version)] : []),
        ]),
        description: `Major version. Default: ${kind.defaultVersion}.`,
        default: kind.defaultVersion,
        examples: [kind.defaultVersion],
      },
      class: {
        type: 'string',
        enum: Object.keys(kind.classes),
        description: `Size: ${Object.entries(kind.classes)
          .map(
            ([name, facts]) =>
              `${name} ${facts.memoryMiB} MiB${facts.connections === null ? '' : `, ${facts.connections} connections`}`,
          )
          .join('; ')}. Default: the smallest that carries what is declared.`,
        examples: ['medium'],
      },
      runs: {
        type: 'object',
        description: `Who runs it, by environment: container (compose), operator (in the cluster), aws (managed) or external. Default: ${kind.defaultRuns}.`,
        propertyNames: { pattern: '^[a-z][a-z0-9-]{0,29}$' },
        additionalProperties: { type: 'string', enum: ['container', 'operator', 'aws', 'external'] },
        examples: [{ production: 'aws' }],
      },
      storage: {
        $ref: '#/definitions/StorageQuantity',
        description:
          'Disk of each instance that runs in a cluster. Default: twice the data size that the services declare, at least 20Gi.',
        examples: ['100Gi'],
      },
      highAvailability: {
        type: 'boolean',
        description:
          'Whether replicas take over when an instance fails. Default: true in gated environments, false in the others.',
        examples: [true],
      },
      shared: {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 249 },
        uniqueItems: true,
        description:
          'What several services may use together although one of them owns it: databases, buckets. Default: none.',
        examples: [['farm_db']],
      },
      ...(readJson(`src/catalog/${folder}/schema.json`).platform ?? {}),
    },
    examples: [{ version: kind.defaultVersion, class: 'medium' }],
  };
}
writeCommitted('schemas/platform.schema.json', `${JSON.stringify(platform, null, 2)}\n`);
