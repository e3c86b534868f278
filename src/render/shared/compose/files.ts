// Turns the files that backing containers mount into generated files beside the compose file.
import type { BackingContainerPlan, MountedFilePlan } from '../../../plan/types';
import type { CommentStyle, GeneratedFile } from '../generated-file';
import { renderTemplate } from '../template';
import { bind } from './service';

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const commentStyles: Readonly<Record<string, CommentStyle>> = {
  acl: 'hash',
  conf: 'hash',
  js: 'slash',
  properties: 'hash',
  sh: 'hash',
  xml: 'html',
  yml: 'hash',
};

function commentStyle(name: string): CommentStyle {
  const style = commentStyles[name.slice(name.lastIndexOf('.') + 1)];
  if (style === undefined) throw new Error(`BUG: no comment style is known for ${name}`);
  return style;
}

const pathOf = (folder: string, container: string, file: MountedFilePlan): string =>
  `${folder}/${container}/${baseName(file.target)}`;

/** `folder` is where the files of all containers are: `compose` beside a service's compose.yaml. */
export const mountedFiles = (
  container: BackingContainerPlan,
  at: GeneratedFile['at'],
  folder: string,
): readonly GeneratedFile[] =>
  container.files.map((file) => ({
    at,
    path: pathOf(folder, container.name, file),
    body: renderTemplate(file.template, file.view),
    comment: commentStyle(file.target),
    executable: file.executable,
  }));

/** Not created when missing: the engine would make an empty folder of that name, and the container would fail far from the cause. */
export const fileMounts = (container: BackingContainerPlan, folder: string) =>
  container.files.map((file) => bind(`./${pathOf(folder, container.name, file)}`, file.target, false));
