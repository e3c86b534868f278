// Turns the files that a container mounts into files beside the kustomization and the generator that makes a ConfigMap of them.
import type { BackingContainerPlan, MountedFilePlan } from '../../catalog/facts';
import type { CommentStyle, GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';
import { type ClusterScope, metadata } from './scope';

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Name of the ConfigMap before kustomize appends the hash of its content. */
export const configMapName = ({ name }: BackingContainerPlan): string => `${name}-configuration`;

const commentStyles: Readonly<Record<string, CommentStyle>> = {
  acl: 'hash',
  conf: 'hash',
  js: 'slash',
  properties: 'hash',
  sh: 'hash',
  xml: 'html',
  yaml: 'hash',
  yml: 'hash',
};

function commentStyle(name: string): CommentStyle {
  const style = commentStyles[name.slice(name.lastIndexOf('.') + 1)];
  if (style === undefined) throw new Error(`BUG: no comment style is known for ${name}`);
  return style;
}

const pathOf = ({ name }: BackingContainerPlan, { target }: MountedFilePlan): string =>
  `files/${name}/${baseName(target)}`;

/** Paths from the folder of the kustomization. */
export const configurationFiles = (container: BackingContainerPlan): GeneratedFile[] =>
  container.files.map((file) => ({
    at: 'repository',
    path: pathOf(container, file),
    body: renderTemplate(file.template, file.view),
    comment: commentStyle(file.target),
    executable: file.executable,
  }));

/** The hash in the name makes a changed file roll the pods, and going back finds the files that belonged to the old ones. */
export function configMapGenerator(scope: ClusterScope, container: BackingContainerPlan): object {
  const { labels, annotations } = metadata(scope, {
    name: configMapName(container),
    of: container.kind,
    phase: 'configure',
    // Old pods may restart until the new ones are ready: their ConfigMap goes last.
    annotations: { 'argocd.argoproj.io/sync-options': 'PruneLast=true' },
  });
  return {
    name: configMapName(container),
    namespace: scope.cluster.dataNamespace,
    files: container.files.map((file) => pathOf(container, file)),
    options: { labels, annotations },
  };
}
