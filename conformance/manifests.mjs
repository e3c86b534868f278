// Builds the kustomizations of an example the way the deploy job does, for the judges that look at what reaches the cluster.
import { createHash } from 'node:crypto';
import { join, posix } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { must, pooled } from './process.mjs';
import { matching, withFolder } from './tree.mjs';

const fileName = 'kustomization.yaml';

/** Every folder with a kustomization. */
export const kustomizationFolders = (tree) =>
  [...tree.keys()].filter((path) => posix.basename(path) === fileName).map((path) => posix.dirname(path));

/** The kustomization of a folder. */
export const kustomizationIn = (tree, folder) => parse(tree.get(posix.join(folder, fileName)));

/**
 * The part of a tree that a kustomization may read: its own folder and what lies below, and the folders that it names; kustomize
 * itself refuses files of others.
 */
export const buildable = (tree) => {
  const folders = kustomizationFolders(tree);
  return new Map(
    [...tree].filter(([path]) => folders.some((folder) => folder === '.' || path.startsWith(`${folder}/`))),
  );
};

/** A component only changes what others build: by itself it is nothing. */
export const isComponent = (tree, folder) => kustomizationIn(tree, folder).kind === 'Component';

/** The folders with a kustomization that the one in `folder` builds on. */
const referencedBy = (tree, folder) => {
  const { resources = [], components = [], bases = [] } = kustomizationIn(tree, folder);
  return [...resources, ...components, ...bases]
    .filter((entry) => typeof entry === 'string')
    .map((entry) => posix.join(folder, entry))
    .filter((path) => tree.has(posix.join(path, fileName)));
};

/** What is applied: the folders that no other kustomization builds on. */
export const kustomizationRoots = (tree) => {
  const folders = kustomizationFolders(tree);
  const used = new Set(folders.flatMap((folder) => referencedBy(tree, folder)));
  return folders.filter((folder) => !used.has(folder));
};

/** A service's plan lists its environments, a platform's the clusters and laptops that run one each. */
export const environmentNames = (tree) => {
  const names = new Set();
  for (const [, text] of matching(tree, /(?:^|\/)plan\.json$/)) {
    const { environments = [], clusters = [], laptops = [] } = JSON.parse(text);
    for (const { name } of [...environments, ...clusters, ...laptops]) names.add(name);
  }
  return names;
};

/** The environment that a root belongs to: the part of its path that the plan knows as one, else its last part. */
export const environmentOf = (tree) => {
  const names = environmentNames(tree);
  return (root) => root.split('/').find((part) => names.has(part)) ?? posix.basename(root);
};

/** Objects beside a kustomization that it does not name: applied by hand, such as the first application of Argo CD. */
const appliedByHand = (tree) => {
  const folders = new Set(kustomizationFolders(tree));
  return [...tree].filter(([path, text]) => {
    const [folder, name] = [posix.dirname(path), posix.basename(path)];
    if (!folders.has(folder) || !name.endsWith('.yaml') || name === fileName) return false;
    return (
      !tree.get(posix.join(folder, fileName)).includes(name) && /^apiVersion: /m.test(text) && /^kind: /m.test(text)
    );
  });
};

const built = new WeakMap();

/**
 * Root → the manifests that the deploy job applies: it writes the digest of the pushed image into the kustomization before it
 * builds, so the judges do the same, with a digest of their own.
 */
export const deployedManifests = (tree) => {
  if (!built.has(tree)) built.set(tree, buildRoots(tree));
  return built.get(tree);
};

const buildRoots = (tree) => {
  const roots = kustomizationRoots(tree);
  if (roots.length === 0) return new Map();
  return withFolder(buildable(tree), async (folder) => {
    await pooled(kustomizationFolders(tree), async (path) => {
      const images = (kustomizationIn(tree, path).images ?? []).map(({ name }) => {
        const digest = createHash('sha256').update(name).digest('hex');
        return `${name}=${name}@sha256:${digest}`;
      });
      if (images.length > 0) await must('kustomize', ['edit', 'set', 'image', ...images], { cwd: join(folder, path) });
    });
    const outputs = await pooled(
      roots,
      async (path) => (await must('kustomize', ['build', path], { cwd: folder })).stdout,
    );
    return new Map([...roots.map((path, index) => [`${path}.yaml`, outputs[index]]), ...appliedByHand(tree)]);
  });
};

/** Environment → the manifests of all its roots, by root. */
export const environmentsOf = async (tree) => {
  const environment = environmentOf(tree);
  const result = new Map();
  for (const [path, text] of await deployedManifests(tree)) {
    const name = environment(path.replace(/\.yaml$/, ''));
    result.set(name, new Map([...(result.get(name) ?? []), [path, text]]));
  }
  return result;
};

/** The objects of a stream of manifests. */
export const objectsOf = (text) =>
  parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);

const builtIn =
  /^(?:v1|(?:apps|autoscaling|batch|policy)\/v\d+|(?:networking|rbac\.authorization|scheduling|storage)\.k8s\.io\/v\d+)$/;

/** The manifests in which `holds` is true of some object: a tool that knows none of a file's kinds says nothing of it. */
export const manifestsWith = async (tree, holds) =>
  new Map([...(await deployedManifests(tree))].filter(([, text]) => objectsOf(text).some(holds)));

/** Whether the object is one of Kubernetes itself. */
export const isBuiltIn = ({ apiVersion }) => builtIn.test(apiVersion);

/** The pod template of a workload, or undefined. */
export const podTemplateOf = (object) => object.spec?.jobTemplate?.spec?.template ?? object.spec?.template;
