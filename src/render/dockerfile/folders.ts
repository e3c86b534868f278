// Spells paths below the service's folder as seen from the build context and from the image.
import type { BuildPlan } from '../../plan/types';

/** In the image every path is the one of the repository, so that `..` and links between workspaces keep their meaning. */
export const below = (folder: string, path: string): string => {
  if (path === '.') return folder;
  return folder === '.' ? path : `${folder}/${path}`;
};

export const inWorkspace = ({ folder }: BuildPlan): boolean => folder !== '.';

/** The service and the workspaces that it needs; empty in a repository of its own. */
export const workspaceFolders = (build: BuildPlan): readonly string[] =>
  inWorkspace(build) ? [...build.workspaces.map(({ path }) => path), build.folder] : [];

/** Root of the repository in the build and in the image. */
export const rootOf = (build: BuildPlan): string => (build.shape === 'node' ? build.appFolder : '/build');

/** Files of ours that go into the image, below the service's folder. */
export const generatedFolder = 'docker';
