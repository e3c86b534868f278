// kustomize build of the base and of every overlay, and whether the image digest reaches every container of the service.
import { posix } from 'node:path';
import { stringify } from 'yaml';
import {
  deployedManifests,
  isComponent,
  kustomizationFolders,
  kustomizationIn,
  objectsOf,
  podTemplateOf,
} from '../manifests.mjs';
import { edit, every, swap } from '../mutate.mjs';
import { run } from '../process.mjs';
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
  const findings = [];
  for (const path of kustomizationFolders(tree)) {
    const { patches = [], ...rest } = kustomizationIn(tree, path);
    const targets = patches.flatMap(({ target }) => (target === undefined ? [] : [target]));
    if (targets.length === 0) continue;
    const before = new Map(tree).set(posix.join(path, 'kustomization.yaml'), stringify(rest));
    const { stdout } = await withFolder(before, (folder) => run('kustomize', ['build', path], { cwd: folder }));
    const names = new Set(objectsOf(stdout).map(({ kind, metadata }) => `${kind}/${metadata.name}`));
    for (const { kind, name } of targets.filter((target) => !names.has(`${target.kind}/${target.name}`)))
      findings.push({ file: path, message: `patch of ${kind}/${name}, which the base does not have` });
  }
  return findings;
};

export const judge = {
  name: 'kustomize',
  about:
    'deploy/: `kustomize build` of base and overlays without a warning; the digest of the deploy job reaches every container',
  // Whatever a kustomization may read: what lies below the same top folder.
  subjects: (tree) => {
    const tops = new Set(kustomizationFolders(tree).map((path) => path.split('/')[0]));
    return new Map([...tree].filter(([path]) => tops.has('.') || tops.has(path.split('/')[0])));
  },
  examine: async (tree) => {
    const findings = await withFolder(tree, async (folder) => {
      const found = [];
      for (const path of kustomizationFolders(tree).filter((name) => !isComponent(tree, name))) {
        const { code, stdout, stderr } = await run('kustomize', ['build', path], { cwd: folder });
        if (code !== 0 || stderr.trim() !== '')
          found.push({ file: path, message: stderr.trim() || `ended with ${code}` });
        else if (stdout.trim() === '') found.push({ file: path, message: 'nothing was built' });
      }
      return found;
    });
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
