// Where the schemas are that judges read, and Kubernetes' definitions cut into the one-file-per-kind layout of kubeconform.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { toolsFolder } from './process.mjs';

/** `$GROUNDWORK_SCHEMAS`, else the folder of schemas beside the repository. */
export const schemasFolder =
  process.env.GROUNDWORK_SCHEMAS ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'shared', 'schemas');

const kubernetesVersion = '1.35';

/** An object with named properties accepts no others; quantities have the API server's form. */
const strict = (definitions) => {
  for (const definition of Object.values(definitions)) {
    if (definition.properties !== undefined && !('additionalProperties' in definition))
      definition.additionalProperties = false;
  }
  definitions['io.k8s.apimachinery.pkg.api.resource.Quantity'] = {
    oneOf: [{ type: 'number' }, { type: 'string', pattern: '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' }],
  };
  return definitions;
};

/** Answers the folder with `deployment-apps-v1.json` and the like, made once per content of the source. */
export const kubernetesSchemas = async () => {
  const source = await readFile(join(schemasFolder, 'kubernetes', `${kubernetesVersion}.json`), 'utf8');
  const folder = join(toolsFolder, `schemas-${createHash('sha256').update(`2${source}`).digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const scratch = `${folder}.${process.pid}`;
  await mkdir(scratch, { recursive: true });
  const definitions = strict(JSON.parse(source).definitions);
  await writeFile(join(scratch, '_definitions.json'), JSON.stringify({ definitions }));
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      const suffix = [...(group === '' ? [] : [group.split('.')[0]]), version].join('-');
      const schema = {
        allOf: [{ $ref: `_definitions.json#/definitions/${name}` }],
        // The definitions leave these open; an object without them is none.
        required: ['apiVersion', 'kind'],
        properties: { apiVersion: { const: group === '' ? version : `${group}/${version}` }, kind: { const: kind } },
      };
      await writeFile(join(scratch, `${kind}-${suffix}.json`.toLowerCase()), JSON.stringify(schema));
    }
  }
  await rename(scratch, folder).catch(() => rm(scratch, { recursive: true }));
  return folder;
};

/** Compiles a JSON Schema of the schemas folder; formats of the field itself are left to the tools that know them. */
export const validator = async (path) => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
  const validate = ajv.compile(JSON.parse(await readFile(join(schemasFolder, path), 'utf8')));
  return (value) =>
    validate(value)
      ? []
      : validate.errors.map(({ instancePath, message, params }) =>
          `${instancePath} ${message} ${params.additionalProperty ?? params.allowedValues ?? ''}`.trim(),
        );
};
