// kustomize build of the base and of every overlay, and whether the image digest reaches every container of the service.
import { writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { stringify } from 'yaml';
import {
  buildable,
  deployedManifests,
  isComponent,
  kustomizationFolders,
  kustomizationIn,
  kustomizationRoots,
  objectsOf,
  podTemplateOf,
} from '../manifests.mjs';
import { edit, every, swap } from '../mutate.mjs';
import { findingsOf, run } from '../process.mjs';
import { withFolder } from '../tree.mjs';

const kustomization = /kustomization\.yaml$/;

/** Containers that kept a tag after the deploy job has set the digest: an `images:` entry that matches nothing goes unnoticed otherwise. */
const withoutDigest = async (tree) => {
  const findings = [];
  for (const [file, text] of await deployedManifests(tree)) {
    for (const object of objectsOf(text)) {
      const pod = podTemplateOf(object)?.spec;
      for (const container of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
        if (!/@sha256:[0-9a-f]{64}$/.test(container.image))
          findings.push({
            file,
            message: `${object.kind} ${object.metadata.name}: image ${container.image} keeps no digest after \`kustomize edit set image\``,
          });
      }
    }
  }
  return findings;
};

/** Patches that kustomize drops without a word because their target matches no object. */
const idlePatches = async (tree) => {
  const patched = kustomizationFolders(tree).flatMap((path) => {
    const { patches = [], ...rest } = kustomizationIn(tree, path);
    const targets = patches.flatMap(({ target }) => (target === undefined ? [] : [target]));
    return targets.length === 0 ? [] : [{ path, targets, rest }];
  });
  if (patched.length === 0) return [];
  const name = ({ path }) => posix.join(path, 'kustomization.yaml');
  const unmatched = async (folder, { path, targets }) => {
    const { stdout } = await run('kustomize', ['build', path], { cwd: folder });
    const names = new Set(objectsOf(stdout).map(({ kind, metadata }) => `${kind}/${metadata.name}`));
    return targets
      .filter((target) => !names.has(`${target.kind}/${target.name}`))
      .map((target) => ({
        file: path,
        message: `patch of ${target.kind}/${target.name}, which the base does not have`,
      }));
  };
  const roots = new Set(kustomizationRoots(tree));
  return withFolder(tree, async (folder) => {
    // Nobody builds on a root, so all of them can lose their patches at once; the others only one after the other.
    const last = patched.filter(({ path }) => roots.has(path));
    const findings = [];
    for (const entry of patched.filter(({ path }) => !roots.has(path))) {
      await writeFile(join(folder, name(entry)), stringify(entry.rest));
      findings.push(...(await unmatched(folder, entry)));
      await writeFile(join(folder, name(entry)), tree.get(name(entry)));
    }
    for (const entry of last) await writeFile(join(folder, name(entry)), stringify(entry.rest));
    return [...findings, ...(await findingsOf(last, (entry) => unmatched(folder, entry)))];
  });
};

export const judge = {
  name: 'kustomize',
  about:
    'deploy/: `kustomize build` of base and overlays without a warning; the digest of the deploy job reaches every container',
  subjects: buildable,
  examine: async (tree) => {
    const findings = await withFolder(tree, (folder) =>
      findingsOf(
        kustomizationFolders(tree).filter((name) => !isComponent(tree, name)),
        async (path) => {
          const { code, stdout, stderr } = await run('kustomize', ['build', path], { cwd: folder });
          if (code !== 0 || stderr.trim() !== '')
            return [{ file: path, message: stderr.trim() || `ended with ${code}` }];
          return stdout.trim() === '' ? [{ file: path, message: 'nothing was built' }] : [];
        },
      ),
    );
    return findings.length > 0 ? findings : [...(await idlePatches(tree)), ...(await withoutDigest(tree))];
  },
  mutants: [
    {
      name: 'resource that is not there',
      mutate: edit(/base\/kustomization\.yaml$/, (object) => {
        object.resources.push('nothing.yaml');
      }),
      must: /nothing\.yaml/,
    },
    {
      name: 'unknown field',
      mutate: edit(kustomization, (object) => {
        object.resourcez = [];
      }),
      must: /resourcez/,
    },
    {
      name: 'patch of nobody',
      mutate: edit(/overlays\/.*kustomization\.yaml$/, (object) => {
        object.patches = [
          ...(object.patches ?? []),
          {
            target: { kind: 'Deployment', name: 'nobody' },
            patch: '[{"op":"add","path":"/spec/replicas","value":1}]',
          },
        ];
      }),
      must: /patch of Deployment\/nobody/,
    },
    {
      name: 'the same object twice',
      mutate: every(
        edit(/base\/kustomization\.yaml$/, (object) => {
          object.resources.push('twice.yaml');
        }),
        (tree) =>
          tree.set(
            'deploy/base/twice.yaml',
            [...tree].find(([path]) => /base\/(?!kustomization).*\.yaml$/.test(path))[1],
          ),
      ),
      must: /already registered|conflict/,
    },
    {
      name: 'images entry that matches nothing',
      mutate: edit(/overlays\/.*kustomization\.yaml$/, (object) => {
        if (object.images === undefined) return false;
        object.images = object.images.map((image) => ({ ...image, name: `${image.name}-other` }));
        return true;
      }),
      must: /keeps no digest/,
    },
    { name: 'not YAML', mutate: swap(/base\/(?!kustomization).*\.yaml$/, /^kind:/m, 'kind: ]'), must: /yaml/i },
  ],
};
