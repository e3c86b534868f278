// Turns the plan of a build into the list of what stays out of it.
import type { BuildPlan } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';
import { below, inWorkspace, workspaceFolders } from './folders';
import { commandsOf } from './package-managers';

/** Files of the service's folder that describe how it runs, not what it is: a change of them must not build the image anew. */
const notCode = [
  'monitoring',
  'service.yaml',
  '.secrets',
  'compose',
  'compose.yaml',
  'deploy',
  'Dockerfile',
  'Dockerfile.dockerignore',
  '.dockerignore',
];

/** BuildKit reads `Dockerfile.dockerignore` beside a Dockerfile that is not at the root of the context. */
export const ignoreFileName = (build: BuildPlan): string =>
  inWorkspace(build) ? 'Dockerfile.dockerignore' : '.dockerignore';

/** Where compilers and bundlers write; the other outputs of a service (views, locales) are sources. */
const compilersFolders = ['build', 'dist', 'out'];

/** Results of a build on the developer's machine: with them nobody would see that the build in the image makes nothing. */
function built(build: BuildPlan): readonly string[] {
  if (build.buildCommand === null) return [];
  const made =
    build.shape === 'static'
      ? [build.outputFolder]
      : build.outputs.filter((output) => compilersFolders.includes(output));
  return (inWorkspace(build) ? workspaceFolders(build) : ['.']).flatMap((folder) =>
    made.map((output) => below(folder, output)),
  );
}

export function ignoreFile(build: BuildPlan): GeneratedFile {
  const { settings, settingFolders } = commandsOf(build);
  return {
    at: 'service',
    path: ignoreFileName(build),
    body: renderTemplate('dockerfile/dockerignore', {
      inWorkspace: inWorkspace(build),
      allowed: ['package.json', build.lockFile, ...settings, ...settingFolders, ...workspaceFolders(build)],
      made: built(build),
      ownFiles: notCode.map((file) => below(build.folder, file)),
    }),
    comment: 'hash',
    executable: false,
  };
}
