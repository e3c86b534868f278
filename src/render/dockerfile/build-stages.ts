// Turns the plan of a build into the stages that both shapes of image share: manifests, build and output.
import type { BuildPlan } from '../../plan/types';
import { renderTemplate } from '../shared/template';
import { below, inWorkspace, rootOf, workspaceFolders } from './folders';
import type { Installation } from './package-manager';
import { commandsOf, toolOf } from './package-managers';

const usesPrisma = (build: BuildPlan): boolean => build.shape === 'node' && build.prisma;

const needsScripts = (build: BuildPlan): boolean => build.shape === 'node' && (build.prisma || build.nativeModules);

export const installationOf = (build: BuildPlan): Installation => ({
  workspaces: workspaceFolders(build),
  scripts: needsScripts(build),
  cacheFolder: build.cacheFolder,
  folder: build.folder,
});

/** Each package.json stays on its own path: npm and the code find a workspace by it. */
function manifests(build: BuildPlan) {
  const { settings, settingFolders } = commandsOf(build);
  return [
    { files: ['package.json', build.lockFile], optional: settings, target: './' },
    ...settingFolders.map((folder) => ({ files: [], optional: [folder], target: `./${folder}/` })),
    ...workspaceFolders(build).map((folder) => ({
      files: [`${folder}/package.json`],
      optional: [],
      target: `./${folder}/`,
    })),
  ];
}

const sources = (build: BuildPlan) =>
  (inWorkspace(build) ? workspaceFolders(build) : ['.']).map((folder) => ({
    from: folder,
    to: `./${folder === '.' ? '' : `${folder}/`}`,
  }));

function buildSteps(build: BuildPlan): readonly (readonly string[])[] {
  return [
    ...(usesPrisma(build) ? [[...commandsOf(build).execute, 'prisma', 'generate']] : []),
    ...(build.buildCommand === null ? [] : [build.buildCommand]),
  ];
}

/** What the last stage takes from `output`, relative to the service's folder. */
export const shippedOutputs = (build: BuildPlan): readonly string[] =>
  build.shape === 'node' ? build.outputs : [build.outputFolder];

export function renderBuildStages(build: BuildPlan): string {
  const commands = commandsOf(build);
  const installation = installationOf(build);
  const folders = workspaceFolders(build);
  const monorepo = inWorkspace(build);
  const root = rootOf(build);
  return renderTemplate('dockerfile/build.Dockerfile', {
    builder: build.builder,
    tool: toolOf(build),
    toolEnvironment: commands.environment(build.cacheFolder),
    root,
    manifests: manifests(build),
    scriptsOff: installation.scripts || commands.runsOwnScripts ? ['.', ...folders] : [],
    secret: commands.secret,
    cacheFolder: build.cacheFolder,
    lockFile: build.lockFile,
    lockEntry: monorepo ? commands.lockEntry : null,
    install: commands.install(installation),
    sources: sources(build),
    baseSettings: monorepo,
    buildVariables: build.shape === 'static' ? build.buildArguments : [],
    buildEnvironment: build.shape === 'static' ? build.environment : [],
    workspaceBuilds: build.workspaces.map(({ path }) => commands.buildWorkspace(path)),
    inWorkspace: monorepo,
    work: below(root, build.folder),
    buildSteps: buildSteps(build),
    nestedModules: build.workspaces.map(({ path }) => `${root}/${path}/node_modules`),
    folders: (monorepo ? folders : ['.']).map((folder) => below(root, folder)),
  });
}
