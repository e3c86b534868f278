// Turns the plan of a Node.js service into its Dockerfile and the script that the image preloads.
import type { NodeBuild } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { plainFile, renderTemplate } from '../shared/template';
import { installationOf, renderBuildStages, shippedOutputs } from './build-stages';
import { below, generatedFolder } from './folders';
import { commandsOf } from './package-managers';

const loader = `${generatedFolder}/load-secrets.cjs`;

export function nodeDockerfile(build: NodeBuild): string {
  const commands = commandsOf(build);
  const work = below(build.appFolder, build.folder);
  const runtime = renderTemplate('dockerfile/node.Dockerfile', {
    cacheFolder: build.cacheFolder,
    secret: commands.secret,
    production: commands.production(installationOf(build)),
    settings: [build.lockFile, ...commands.settings, ...commands.settingFolders],
    prisma: build.prisma,
    root: build.appFolder,
    runtimeImage: build.runtimeImage,
    labels: build.labels,
    environment: build.environment,
    work,
    copies: [
      ...build.workspaces.map(({ path }) => ({ from: `${build.appFolder}/${path}`, to: `${build.appFolder}/${path}` })),
      ...shippedOutputs(build).map((output) => ({ from: `${work}/${output}`, to: `./${output}` })),
      { from: `${work}/${loader}`, to: `${build.appFolder}/load-secrets.cjs` },
    ],
    user: build.user,
    port: build.port,
    healthCheck: build.healthCheck,
    start: build.start,
  });
  return `${renderBuildStages(build)}${runtime}`;
}

export const secretLoader: GeneratedFile = {
  at: 'service',
  path: loader,
  body: plainFile('dockerfile/load-secrets.cjs'),
  comment: 'slash',
  executable: false,
};
