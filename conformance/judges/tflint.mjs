// tflint with every rule of its built-in set on each root and each module of Terraform.
import { posix } from 'node:path';
import { append, swap } from '../mutate.mjs';
import { findingsOf, run } from '../process.mjs';
import { terraformFile } from '../terraform.mjs';
import { matching, withFolder } from '../tree.mjs';

const configuration = 'plugin "terraform" {\n  enabled = true\n  preset  = "all"\n}\n';

const lint = async (folder, path) => {
  const config = posix.join(folder, '.tflint.hcl');
  const { stdout, all } = await run('tflint', ['--format=json', `--config=${config}`], {
    cwd: posix.join(folder, path),
  });
  if (!stdout.startsWith('{')) return [{ file: path, message: all.slice(-1000) }];
  const { issues, errors } = JSON.parse(stdout);
  return [
    ...issues.map(({ rule, message, range }) => ({
      file: posix.join(path, range.filename),
      line: range.start.line,
      message: `${rule.name}: ${message}`,
    })),
    ...errors.map(({ message }) => ({ file: path, message })),
  ];
};

const module = /modules\/.*\/main\.tf$/;

export const judge = {
  name: 'tflint',
  platform: true,
  about: 'platform/terraform: every rule of the built-in set of tflint on roots and modules',
  subjects: (tree) => matching(tree, terraformFile),
  examine: (tree) =>
    withFolder(new Map([...tree, ['.tflint.hcl', configuration]]), (folder) =>
      findingsOf(new Set([...tree.keys()].map((path) => posix.dirname(path))), (path) => lint(folder, path)),
    ),
  mutants: [
    {
      name: 'variable that nothing reads',
      mutate: append(/variables\.tf$/, '\nvariable "idle" {\n  description = "x"\n  type        = string\n}\n'),
      must: /unused_declarations/,
    },
    {
      name: 'variable without a type',
      mutate: append(/variables\.tf$/, '\nvariable "idle" {\n  description = "x"\n}\n'),
      must: /typed_variables/,
    },
    {
      name: 'no version of the provider',
      mutate: swap(/modules\/.*versions\.tf$/, /^\s+version = .*\n/m, ''),
      must: /required_providers|version/,
    },
    {
      name: 'deprecated interpolation',
      mutate: swap(module, /= var\.name_prefix$/m, '= "${var.name_prefix}"'),
      must: /deprecated_interpolation/,
    },
    {
      name: 'name with a hyphen',
      mutate: append(module, '\nlocals {\n  a-b = 1\n}\n'),
      must: /naming_convention|unused/,
    },
  ],
};
