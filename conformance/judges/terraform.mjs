// terraform fmt, validate and test with mocked answers of AWS, by the real provider, on every root module and what it calls.
import { writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { swap } from '../mutate.mjs';
import { findingsOf } from '../process.mjs';
import { diagnosticsOf, providerMirror, rootsIn, terraformFile, terraformIn } from '../terraform.mjs';
import { matching, withFolder } from '../tree.mjs';

/**
 * A plan with invented answers evaluates every expression of a root and of its modules. The mocks answer what has a form: the
 * provider itself refuses a policy that is not JSON, or a name that is no ARN.
 */
const mocks = (aliases) => {
  const answers = [
    'mock_data "aws_iam_policy_document" {\n    defaults = { json = "{}" }\n  }',
    'mock_data "aws_caller_identity" {\n    defaults = { account_id = "111122223333" }\n  }',
    'mock_data "aws_partition" {\n    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }\n  }',
    'mock_data "aws_availability_zones" {\n    defaults = { names = ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }\n  }',
  ].join('\n  ');
  const provider = (alias) =>
    `mock_provider "aws" {\n  ${alias === null ? '' : `alias = "${alias}"\n  `}${answers}\n}\n`;
  return [null, ...aliases].map(provider).join('');
};

const aliasesIn = (tree, root) =>
  [...tree]
    .filter(([path]) => posix.dirname(path) === root)
    .flatMap(([, text]) => [...text.matchAll(/^\s*alias\s*=\s*"(\w+)"/gm)].map(([, alias]) => alias));

const format = async (terraform) => {
  const { code, stdout, all } = await terraform('.', 'fmt', '-check', '-recursive', '-no-color');
  if (code === 0) return [];
  const files = stdout.split('\n').filter((line) => terraformFile.test(line));
  if (files.length === 0) return [{ file: 'terraform fmt', message: all }];
  return files.map((file) => ({ file, message: 'not in the form of `terraform fmt`' }));
};

/** What `terraform test` says in JSON lines: errors, warnings and assertions that fail. */
const planned = async (terraform, root) => {
  const { code, stdout, all } = await terraform(root, 'test', '-json', '-no-color');
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  const diagnostics = lines.flatMap((line) => JSON.parse(line).diagnostic ?? []);
  if (code === 0 || diagnostics.length > 0) return diagnosticsOf(root, diagnostics);
  return [{ file: root, message: `terraform test: ${all.slice(-1500)}` }];
};

let mirror;

/** Said once for a machine: without the provider nobody can ask it. */
const withoutProvider = (output) => {
  if (mirror === null && /Failed to query available provider packages|Failed to install provider/.test(output)) {
    console.log(
      '     terraform: neither a mirror nor the registry has the AWS provider: only fmt and terraform-schema judged',
    );
    return true;
  }
  return false;
};

const judgeRoot = async (tree, folder, terraform, root) => {
  const start = await terraform(root, 'init', '-backend=false', '-input=false', '-no-color');
  if (start.code !== 0)
    return withoutProvider(start.all) ? [] : [{ file: root, message: `terraform init: ${start.all.slice(-1500)}` }];
  const { stdout } = await terraform(root, 'validate', '-json', '-no-color');
  const said = diagnosticsOf(root, JSON.parse(stdout).diagnostics);
  if (said.length > 0) return said;
  const file = join(folder, root, 'judge.tftest.hcl');
  await writeFile(file, `${mocks(aliasesIn(tree, root))}run "plan" {\n  command = plan\n}\n`);
  return planned(terraform, root);
};

const main = /environments\/[^/]+\/main\.tf$/;
const network = /modules\/network\/main\.tf$/;

/** One environment is enough to see a fault in a module. */
const inOne = (mutation) => (tree) => {
  const [, ...others] = rootsIn(tree);
  for (const path of [...tree.keys()]) if (others.includes(posix.dirname(path))) tree.delete(path);
  return mutation(tree);
};

const mutants = [
  { name: 'unformatted', mutate: swap(main, /^ {2}source = /m, '  source   =  '), must: /terraform fmt/ },
  { name: 'unknown argument', mutate: swap(network, /^ {2}cidr_block/m, '  cidr_blok'), must: /cidr_blok|Unsupported/ },
  {
    name: 'no such resource',
    mutate: swap(network, /"aws_vpc" "/, '"aws_vpn" "'),
    must: /aws_vpn|Invalid resource type/,
  },
  {
    name: 'reference to nothing',
    mutate: swap(main, /module\.key\.arn/, 'module.key.arm'),
    must: /arm|Unsupported attribute/,
  },
  { name: 'no such module', mutate: swap(main, /modules\/network"/, 'modules/netwerk"'), must: /netwerk/ },
  { name: 'missing variable', mutate: swap(main, /^ {2}cidr = .*\n/m, ''), must: /cidr/ },
  { name: 'a CIDR that is none', mutate: swap(main, /cidr = "[\d.]+\/16"/, 'cidr = "10.0.0.0/33"'), must: /CIDR|cidr/ },
  {
    name: 'a subnet that is none',
    mutate: swap(main, /private_subnets = \["[\d.]+\/\d+"/, 'private_subnets = ["10.0.0.1/20"'),
    must: /CIDR|cidr|10\.0\.0\.1/,
  },
  { name: 'interpolation left open', mutate: swap(main, /name_prefix = "/, 'name_prefix = "${'), must: /./ },
];

export const judge = {
  name: 'terraform',
  platform: true,
  about:
    'platform/terraform: fmt, and per environment validate and a plan with mocked answers by the real AWS provider',
  subjects: (tree) => matching(tree, terraformFile),
  examine: async (tree) => {
    mirror ??= await providerMirror();
    const roots = rootsIn(tree);
    if (roots.length === 0) return [{ file: 'terraform', message: 'there is no root module' }];
    return withFolder(tree, async (folder) => {
      const terraform = await terraformIn(folder, mirror);
      return [
        ...(await format(terraform)),
        ...(await findingsOf(roots, (root) => judgeRoot(tree, folder, terraform, root))),
      ];
    });
  },
  mutants: mutants.map((mutant) => ({ ...mutant, mutate: inOne(mutant.mutate) })),
};
