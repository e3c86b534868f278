// The example platform's clusters: their plan, and every object that the top kustomization reaches.
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { ClusterPlan, PlatformPlan } from '../../../src/plan/types/platform';
import { objectsOf } from '../../../src/render/kubernetes/objects';
import { renderPlatformKubernetes } from '../../../src/render/platform-kubernetes';
import type { GeneratedFile } from '../../../src/render/shared/generated-file';
import { examplesFolder, generateFolder } from '../../support/platform-examples';

// biome-ignore lint/suspicious/noExplicitAny: parsed YAML, looked into by tests.
export type Loose = any;

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));
if (outcome.plan === null) throw new Error('the example platform has no plan');

export const plan: PlatformPlan = outcome.plan;

export function cluster(name: string): ClusterPlan {
  const found = plan.clusters.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no cluster ${name}`);
  return found;
}

export const rendered = (one: ClusterPlan): readonly GeneratedFile[] =>
  renderPlatformKubernetes({ ...plan, clusters: [one], monitoring: [] });

export const folderOf = ({ name }: ClusterPlan): string => `platform/kubernetes/${name}`;

export interface Built {
  readonly objects: Loose[];
  /** Files that were read, kustomizations among them. */
  readonly read: Set<string>;
}

/** What `kustomize build` gives: resources below resources, and the ConfigMaps without the hash in their names. */
export function build(files: readonly GeneratedFile[], folder: string): Built {
  const read = new Set<string>();
  const text = (file: string): string => {
    const found = files.find((one) => one.path === file);
    if (found === undefined) throw new Error(`no file ${file}`);
    read.add(file);
    return found.body;
  };
  const visit = (at: string): Loose[] => {
    const { resources, configMapGenerator = [] } = parse(text(`${at}/kustomization.yaml`));
    const own = resources.flatMap((resource: string) =>
      resource.endsWith('.yaml')
        ? parseAllDocuments(text(`${at}/${resource}`)).map((document) => document.toJS())
        : visit(`${at}/${resource}`),
    );
    const maps = configMapGenerator.map((generator: Loose) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: generator.name, namespace: generator.namespace, ...generator.options },
      data: Object.fromEntries(
        generator.files.map((file: string) => [path.posix.basename(file), text(`${at}/${file}`)]),
      ),
    }));
    return [...own, ...maps];
  };
  return { objects: visit(folder), read };
}

export const objectsIn = (one: ClusterPlan): Loose[] => build(rendered(one), folderOf(one)).objects;

export const ofKind = (objects: readonly Loose[], kind: string): Loose[] =>
  objects.filter((object) => object.kind === kind);

export function named(objects: readonly Loose[], kind: string, name: string): Loose {
  const found = ofKind(objects, kind).filter(({ metadata }) => metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} objects ${kind} ${name}`);
  return found[0];
}

/** The objects of the services themselves, in the namespace that their overlays set. */
export const serviceObjects = (one: ClusterPlan): Loose[] =>
  outcome.services.flatMap((service) =>
    service.plan.environments
      .filter(({ name }) => name === one.name)
      .flatMap((environment) => objectsOf(service.plan, environment))
      .map((object) => ({ ...object, metadata: { ...object.metadata, namespace: one.namespace } })),
  );
