// Turns the files that backing containers mount into generated files beside compose.yaml.
import type { BackingContainerPlan, MountedFilePlan } from '../../plan/types';
import type { CommentStyle, GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';
import { filesFolder } from './fixed';
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

const pathOf = (container: string, file: MountedFilePlan): string =>
  `${filesFolder}/${container}/${baseName(file.target)}`;

export const mountedFiles = (container: BackingContainerPlan): readonly GeneratedFile[] =>
  container.files.map((file) => ({
    at: 'service',
    path: pathOf(container.name, file),
    body: renderTemplate(file.template, file.view),
    comment: commentStyle(file.target),
    executable: file.executable,
  }));

/** Not created when missing: the engine would make an empty folder of that name, and the container would fail far from the cause. */
export const fileMounts = (container: BackingContainerPlan) =>
  container.files.map((file) => bind(`./${pathOf(container.name, file)}`, file.target, false));
