// Builds an overlay from generated files: by hand for the unit tests, by the real kustomize where it is installed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { EnvironmentPlan, ServicePlan } from '../../../src/plan/types';
import { configMapGenerator } from '../../../src/render/kubernetes/config-map';
import { objectsOf } from '../../../src/render/kubernetes/objects';
import { configMapVariables } from '../../../src/render/kubernetes/variables';
import type { GeneratedFile } from '../../../src/render/shared/generated-file';

// biome-ignore lint/suspicious/noExplicitAny: parsed YAML, looked into by tests.
export type Loose = any;

const keyOf = (object: Loose): string => `${object.apiVersion} ${object.kind} ${object.metadata.name}`;

/** Objects by kind and name, in the namespace of the environment and with the ConfigMap: what a build must give. */
export function expectedObjects(plan: ServicePlan, environment: EnvironmentPlan): Map<string, Loose> {
  const scope = { plan, environment };
  const variables = configMapVariables(environment);
  const generator = configMapGenerator(scope, 'create') as Loose;
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: generator.name, ...generator.options },
    data: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
  };
  const objects = [...objectsOf(plan, environment), ...(variables.length > 0 ? [config] : [])] as Loose[];
  return byKey(objects.map((o) => ({ ...o, metadata: { ...o.metadata, namespace: environment.namespace } })));
}

/** What kustomize does with the fields that the generated files use. */
export function build(files: readonly GeneratedFile[], folder: string): Map<string, Loose> {
  const text = (path: string): string => {
    const found = files.find((file) => file.path === path);
    if (found === undefined) throw new Error(`no file ${path}`);
    return found.body;
  };
  const kustomization = parse(text(`${folder}/kustomization.yaml`));
  const objects = new Map<string, Loose>();
  for (const resource of kustomization.resources) {
    const path = join(folder, resource);
    const found = resource.endsWith('.yaml') ? documents(text(path)) : [...build(files, path).values()];
    for (const object of found) objects.set(keyOf(object), object);
  }
  for (const { name, behavior, envs, options } of kustomization.configMapGenerator ?? []) {
    const lines = text(join(folder, envs[0]))
      .split('\n')
      .filter((line) => line !== '');
    const data = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...options }, data };
    if (objects.has(keyOf(object)) !== (behavior === 'replace')) throw new Error(`${name}: wrong behavior ${behavior}`);
    objects.set(keyOf(object), object);
  }
  for (const { target, patch } of kustomization.patches ?? []) {
    const apiVersion = target.group === undefined ? target.version : `${target.group}/${target.version}`;
    const key = `${apiVersion} ${target.kind} ${target.name}`;
    const object = objects.get(key);
    if (object === undefined) throw new Error(`nothing to patch: ${key}`);
    const content = parse(patch);
    if (content.$patch === 'delete') objects.delete(key);
    else for (const operation of content) applyOne(object, operation);
  }
  for (const object of objects.values()) object.metadata.namespace = kustomization.namespace;
  return objects;
}

/** The output of the real kustomize, without the hash in the name of the ConfigMap; null when no kubectl is installed. */
export function realBuild(files: readonly GeneratedFile[], folder: string): Map<string, Loose> | null {
  const root = mkdtempSync(join(tmpdir(), 'groundwork-kustomize-'));
  try {
    for (const { path, body } of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), body);
    }
    const { error, status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(root, folder)], {
      encoding: 'utf8',
    });
    if (error !== undefined) return null;
    if (status !== 0) throw new Error(stderr);
    return byKey(documents(stdout.replace(/(-config)-[a-z0-9]{10}$/gm, '$1')));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export const documents = (text: string): Loose[] => parseAllDocuments(text).map((document) => document.toJS());

const byKey = (objects: readonly Loose[]): Map<string, Loose> => {
  const map = new Map(objects.map((object) => [keyOf(object), object]));
  if (map.size !== objects.length) throw new Error('two objects of the same kind and name');
  return map;
};

/** RFC 6902 in place, written apart from the one under test. */
function applyOne(document: Loose, { op, path, value }: Loose): void {
  const keys = path
    .split('/')
    .slice(1)
    .map((key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop();
  const parent = keys.reduce((node: Loose, key: string) => node[key], document);
  if (op !== 'add' && parent[last] === undefined) throw new Error(`${op} ${path}: nothing there`);
  if (Array.isArray(parent)) parent.splice(Number(last), op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  else if (op === 'remove') delete parent[last];
  else parent[last] = value;
}
