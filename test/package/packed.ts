// Packs the built package as npm would publish it, and installs it beside its own dependencies, without a network.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(__dirname, '..', '..');

export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as PackageManifest;

export interface Packed {
  /** Absolute path of the tarball. */
  readonly tarball: string;
  /** Paths in the tarball, sorted. */
  readonly files: readonly string[];
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Removes what packing and installing left behind. */
  readonly remove: () => void;
}

interface PackReport {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

export function pack(): Packed {
  const folder = mkdtempSync(path.join(tmpdir(), 'groundwork-pack-'));
  // The build has run already; its scripts would build again under the feet of the other tests.
  const output = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  const [report] = JSON.parse(output) as PackReport[];
  if (report === undefined) throw new Error('npm pack reported nothing');
  return {
    tarball: path.join(folder, report.filename),
    files: report.files.map((file) => file.path).sort(),
    packedBytes: report.size,
    unpackedBytes: report.unpackedSize,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Unpacks a tarball into `folder`/node_modules. Beside it stand only the dependencies and peers that it declares, so one
 * that was forgotten is missing here too.
 */
export function install(tarball: string, folder: string): string {
  const target = path.join(folder, 'node_modules', manifest.name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
  for (const name of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]) {
    const link = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(path.join(root, 'node_modules', name), link, 'junction');
  }
  return target;
}
