// Builds the main package of a Go module whose go.mod points at folders beside it, which `go install` refuses.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from './process.mjs';

/**
 * Makes a module in `folder` with the requirements and checksums of the pinned one, its local folders replaced by the published
 * modules of the same release, and builds `tool.name` there.
 */
export const buildModule = async (tool, folder, environment) => {
  const go = (...args) => must('nice', ['-n', '10', 'go', ...args], { cwd: folder, env: environment });
  const { Dir: source } = JSON.parse((await go('mod', 'download', '-json', `${tool.module}@${tool.version}`)).stdout);
  for (const name of ['go.mod', 'go.sum']) await cp(join(source, name), join(folder, name));
  const { Require: required, Replace: replaced } = JSON.parse((await go('mod', 'edit', '-json')).stdout);
  const local = (replaced ?? []).filter(({ New }) => New.Version === undefined).map(({ Old }) => Old.Path);
  const published = local.filter((path) => required.some(({ Path }) => Path === path));
  await go(
    'mod',
    'edit',
    '-module=conformance.invalid/build',
    ...local.map((path) => `-dropreplace=${path}`),
    `-require=${tool.module}@${tool.version}`,
    ...published.map((path) => `-replace=${path}=${path}@${tool.siblings}`),
  );
  const values = Object.entries(tool.variables).map(([name, value]) => `-X ${name}=${value}`);
  const flags = ['-trimpath', '-mod=mod', '-p', '2', `-ldflags=${['-s', '-w', ...values].join(' ')}`];
  await go('build', ...flags, '-o', join(folder, tool.name), tool.package);
};
