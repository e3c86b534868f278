// Builds the overlays of an example the way the deploy job does, for the judges that look at what reaches the cluster.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { must } from './process.mjs';
import { matching, withFolder } from './tree.mjs';

const overlayPattern = /^deploy\/overlays\/([^/]+)\/kustomization\.yaml$/;

/** The folders that `kustomize build` is asked for: base first. */
export const buildFolders = (tree) => {
  const overlays = [...tree.keys()]
    .filter((path) => overlayPattern.test(path))
    .map((path) => path.slice(0, -'/kustomization.yaml'.length));
  return tree.has('deploy/base/kustomization.yaml') ? ['deploy/base', ...overlays] : overlays;
};

const built = new WeakMap();

/**
 * Overlay name → the manifests that the deploy job applies: it writes the digest of the pushed image into the overlay before it
 * builds, so the judges do the same, with a digest of their own.
 */
export const deployedManifests = (tree) => {
  if (!built.has(tree)) built.set(tree, buildOverlays(tree));
  return built.get(tree);
};

const buildOverlays = (tree) =>
  withFolder(matching(tree, /^deploy\//), async (folder) => {
    const result = new Map();
    for (const path of buildFolders(tree).filter((name) => name !== 'deploy/base')) {
      const images = parse(tree.get(`${path}/kustomization.yaml`)).images ?? [];
      for (const { name } of images) {
        const digest = createHash('sha256').update(name).digest('hex');
        await must('kustomize', ['edit', 'set', 'image', `${name}=${name}@sha256:${digest}`], {
          cwd: join(folder, path),
        });
      }
      const { stdout } = await must('kustomize', ['build', path], { cwd: folder });
      result.set(`${path.split('/').pop()}.yaml`, stdout);
    }
    return result;
  });

/** The objects of a stream of manifests. */
export const objectsOf = (text) =>
  parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);

/** The pod template of a workload, or undefined. */
export const podTemplateOf = (object) => object.spec?.jobTemplate?.spec?.template ?? object.spec?.template;
