// Every resource, data source, block and argument of the HCL against the published schema of a newer AWS provider.
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { swap } from '../mutate.mjs';
import { must } from '../process.mjs';
import { schemasFolder } from '../schemas.mjs';
import { terraformFile } from '../terraform.mjs';
import { matching, withFolder } from '../tree.mjs';

/** What any resource or data source may have beside its own arguments. */
const meta = new Set(['count', 'for_each', 'provider', 'depends_on']);
const metaBlocks = new Set(['lifecycle', 'provisioner', 'connection']);

let schema;

const readSchema = async () => {
  schema ??= JSON.parse(
    gunzipSync(await readFile(join(schemasFolder, 'terraform', 'aws-6.25.0-schema.json.gz'))).toString(),
  );
  return schema;
};

/** A `dynamic` block stands for blocks of the type in its label. */
const blocksOf = (body) =>
  body.blocks.map((block) =>
    block.type === 'dynamic'
      ? { ...(block.blocks.find(({ type }) => type === 'content') ?? block), type: block.labels[0], repeated: true }
      : block,
  );

/** The computed ones are answers: nobody may set them. */
const isAnswer = ({ required, optional, computed }) => computed === true && required !== true && optional !== true;

const compare = (body, known, where, top) => {
  const findings = [];
  const blocks = blocksOf(body).filter(({ type }) => !(top && metaBlocks.has(type)));
  for (const [name, line] of Object.entries(body.attributes)) {
    if (top && meta.has(name)) continue;
    const attribute = known.attributes[name];
    if (attribute === undefined && known.block_types[name] === undefined)
      findings.push({ line, message: `${where} has no argument ${name}` });
    else if (attribute !== undefined && isAnswer(attribute))
      findings.push({ line, message: `${where}: ${name} is an answer of AWS and cannot be set` });
  }
  for (const [name, { required }] of Object.entries(known.attributes)) {
    if (required === true && body.attributes[name] === undefined && !blocks.some(({ type }) => type === name))
      findings.push({ line: body.line, message: `${where} needs ${name}` });
  }
  for (const block of blocks) {
    const inner = known.block_types[block.type];
    if (inner !== undefined) findings.push(...compare(block, inner.block, `${where}.${block.type}`, false));
    else if (known.attributes[block.type] === undefined || isAnswer(known.attributes[block.type]))
      findings.push({ line: block.line, message: `${where} has no block ${block.type}` });
  }
  for (const [name, { max_items: most, min_items: least }] of Object.entries(known.block_types)) {
    const own = blocks.filter(({ type }) => type === name);
    if (most === 1 && own.filter(({ repeated }) => repeated !== true).length > 1)
      findings.push({ line: own[1].line, message: `${where}: more than one ${name}` });
    if (least >= 1 && own.length === 0 && body.attributes[name] === undefined)
      findings.push({ line: body.line, message: `${where} needs a block ${name}` });
  }
  return findings;
};

const judgeBlock = (block, schemas) => {
  const kinds = { resource: schemas.resource_schemas, data: schemas.data_source_schemas };
  const known = kinds[block.type];
  if (known === undefined || !block.labels[0].startsWith('aws_')) return [];
  const found = known[block.labels[0]];
  if (found === undefined)
    return [{ line: block.line, message: `the provider has no ${block.type} ${block.labels[0]}` }];
  return compare(block, found.block, `${block.labels[0]}.${block.labels[1]}`, true);
};

const main = /\.tf$/;

export const judge = {
  name: 'terraform-schema',
  platform: true,
  about: 'platform/terraform: resource types, blocks and arguments against the schema of AWS provider 6.25',
  subjects: (tree) => matching(tree, terraformFile),
  examine: (tree) =>
    withFolder(tree, async (folder) => {
      const schemas = await readSchema();
      const paths = [...tree.keys()].map((path) => join(folder, path));
      const { stdout } = await must('hcl-tree', [], { input: paths.join('\n') });
      const files = Object.entries(JSON.parse(stdout));
      const findings = files.flatMap(([path, blocks]) =>
        blocks.flatMap((block) =>
          judgeBlock(block, schemas).map((finding) => ({ file: relative(folder, path), ...finding })),
        ),
      );
      const resources = files.flatMap(([, blocks]) => blocks).filter(({ type }) => type === 'resource');
      return resources.length === 0 ? [{ file: 'terraform', message: 'there is no resource' }] : findings;
    }),
  mutants: [
    { name: 'no such resource', mutate: swap(main, /"aws_vpc" "/, '"aws_vpn" "'), must: /no resource aws_vpn/ },
    {
      name: 'no such data source',
      mutate: swap(main, /^data "aws_\w+"/m, 'data "aws_nothing"'),
      must: /no data aws_nothing/,
    },
    {
      name: 'unknown argument',
      mutate: swap(main, /^(resource .*)$/m, '$1\n  bucked = {}'),
      must: /no argument bucked/,
    },
    {
      name: 'argument of another version',
      mutate: swap(main, /^(resource "aws_eks_cluster" .*)$/m, '$1\n  tags_everywhere = {}'),
      must: /tags_everywhere/,
    },
    {
      name: 'an answer that is set',
      mutate: swap(main, /^(resource "aws_vpc" .*)$/m, '$1\n  arn = "x"'),
      must: /arn is an answer/,
    },
    { name: 'required argument missing', mutate: swap(main, /^ {2}role_arn += .*\n/m, ''), must: /needs role_arn/ },
    { name: 'unknown block', mutate: swap(main, /^ {2}vpc_config \{/m, '  vpc_konfig {'), must: /no block vpc_konfig/ },
    {
      name: 'unknown argument in a block',
      mutate: swap(main, /^ {4}endpoint_private_access/m, '    endpoint_privat'),
      must: /vpc_config has no argument endpoint_privat/,
    },
  ],
};
