// Where the AWS provider is on this machine, and the root modules of a tree, initialised by it without a backend.
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, posix } from 'node:path';
import { run, toolEnvironment } from './process.mjs';

/** Files of Terraform: roots, modules and tests. */
export const terraformFile = /\.tf(?:test\.hcl)?$/;

/** Folders in which Terraform looks by itself, and those below /opt that images carry. */
const mirrors = async () => [
  ...(process.env.GROUNDWORK_TERRAFORM_PROVIDERS === undefined ? [] : [process.env.GROUNDWORK_TERRAFORM_PROVIDERS]),
  join(homedir(), '.terraform.d', 'plugins'),
  join(homedir(), '.local', 'share', 'terraform', 'plugins'),
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
  ...(existsSync('/opt') ? (await readdir('/opt')).sort().map((name) => join('/opt', name)) : []),
];

/** The folder of a mirror that has the AWS provider; null where the machine has none, and the registry has to be asked. */
export const providerMirror = async () =>
  (await mirrors()).find((folder) => existsSync(join(folder, 'registry.terraform.io', 'hashicorp', 'aws'))) ?? null;

/** Folders of root modules: those whose files configure a provider. */
export const rootsIn = (tree) => [
  ...new Set([...tree].filter(([, text]) => /^provider "/m.test(text)).map(([path]) => posix.dirname(path))),
];

/** The environment of Terraform: the provider from the mirror where there is one, and no question to anybody. */
const environmentIn = async (folder, mirror) => {
  const configuration = join(folder, 'terraform.rc');
  const installation =
    mirror === null
      ? ''
      : `provider_installation {\n  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    include = ["registry.terraform.io/hashicorp/*"]\n  }\n}\n`;
  await writeFile(configuration, installation);
  return { ...toolEnvironment(), TF_CLI_CONFIG_FILE: configuration, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
};

/** Answers a function that runs Terraform in a folder of the written tree. */
export const terraformIn = async (folder, mirror) => {
  const env = await environmentIn(folder, mirror);
  return (path, ...args) => run('terraform', args, { cwd: join(folder, path), env });
};

/** Errors and warnings of Terraform's JSON: `{ file, line, message }`, with paths of the tree. */
export const diagnosticsOf = (root, diagnostics) =>
  diagnostics.map(({ severity, summary, detail, range }) => ({
    file: range === undefined ? root : posix.normalize(posix.join(root, range.filename)),
    line: range?.start.line,
    message: `${severity}: ${summary}. ${detail ?? ''}`.trim(),
  }));
