// What a peer is asked to do: projen to synthesise as many files, cdk8s to write the same manifests.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const peerFile = (name) => fileURLToPath(new URL(`./peer-${name}.cjs`, import.meta.url));

/** Installed when first needed, outside the repository: the package itself does not depend on cdk8s. */
function cdk8sModules() {
  const folder = join(homedir(), '.cache/groundwork/bench');
  const modules = join(folder, 'node_modules');
  if (existsSync(join(modules, 'cdk8s/package.json'))) return modules;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const install = ['install', '--no-audit', '--no-fund', 'cdk8s@2', 'constructs@10'];
  const { status, stderr } = spawnSync('npm', install, { cwd: folder, encoding: 'utf8', timeout: 60_000 });
  if (status === 0) return modules;
  console.error(`cdk8s could not be installed and is left out:\n${stderr}`);
  return null;
}

/** Each writes into a folder of its own, which does not exist yet. `objectsFile` holds the objects by environment. */
export function peers(fileCount, objectCount, objectsFile) {
  const modules = cdk8sModules();
  const projen = { name: `projen, ${fileCount} files`, args: (out) => [peerFile('projen'), out, String(fileCount)] };
  if (modules === null) return [projen];
  const cdk8s = (out) => [peerFile('cdk8s'), out, modules, objectsFile];
  return [projen, { name: `cdk8s, ${objectCount} manifests only`, args: cdk8s }];
}
