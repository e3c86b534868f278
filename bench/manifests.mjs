// Reads the Kubernetes objects of a generated service, for each environment, as its overlay and the base hold them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const kustomization = 'kustomization.yaml';

function objectsIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && name !== kustomization)
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')).map((document) => document.toJS()));
}

/** The ConfigMap that kustomize makes. */
function configMapIn(folder) {
  const lines = readFileSync(join(folder, 'config.env'), 'utf8').split('\n');
  const entries = lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2));
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: Object.fromEntries(entries) };
}

/** Objects by environment. An overlay's small patches are left out: they change values, and no number of objects. */
export function manifestsOf(service) {
  const base = join(service, 'deploy/base');
  const shared = [...objectsIn(base), configMapIn(base)];
  const overlays = join(service, 'deploy/overlays');
  return Object.fromEntries(
    readdirSync(overlays).map((environment) => [environment, [...shared, ...objectsIn(join(overlays, environment))]]),
  );
}
