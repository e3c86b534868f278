// Whole-process time and peak memory of the command for platforms of growing size, beside peers that make as many files.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestsOf } from './manifests.mjs';
import { peers } from './peers.mjs';

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const watch = fileURLToPath(new URL('./peak-memory.cjs', import.meta.url));

/** A chain of services: each calls the one before it and needs a database of its own. */
const service = (index) => `name: service-${index}
owner: team-${index % 7}
http: { port: ${3000 + (index % 1000)}, metrics: /metrics }
needs:
  redis: { use: cache, optional: true }
  s3: { optional: true }
${index === 0 ? '' : `  services: [{ name: service-${index - 1}, optional: true }]\n`}scale: { min: 2, max: 3 }
size: small
objectives: { availability: 99%, throughput: 600/min }
`;

const platform = `name: bench
domain: example.org
services: ["services/*"]
notify: { default: "#alerts" }
backing: { redis: { highAvailability: false } }
`;

function platformFolder(scratch, count) {
  const folder = mkdtempSync(join(scratch, `platform-${count}-`));
  writeFileSync(join(folder, 'platform.yaml'), platform);
  for (let index = 0; index < count; index++) {
    const place = join(folder, 'services', `service-${index}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'service.yaml'), service(index));
  }
  return folder;
}

/** Seconds from start to exit and the peak of the process's memory; throws when it fails. */
function measured(scratch, cwd, args) {
  const report = join(scratch, 'peak');
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', watch, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PEAK_MEMORY_FILE: report },
    maxBuffer: 1024 * 1024 * 1024,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}\n${stdout.slice(0, 2000)}${stderr}`);
  return { seconds, peakMiB: Number(readFileSync(report, 'utf8')) };
}

/** Every service's objects under a name of its own, as one JSON file; and their number. */
function objectsOf(folder, count, file) {
  const charts = Array.from({ length: count }, (_, index) =>
    Object.entries(manifestsOf(join(folder, 'services', `service-${index}`))).map(([environment, objects]) => [
      `service-${index}-${environment}`,
      objects,
    ]),
  ).flat();
  writeFileSync(file, JSON.stringify(Object.fromEntries(charts)));
  return charts.reduce((sum, [, objects]) => sum + objects.length, 0);
}

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

const largestWithPeers = 100;

/** Rows of `{count, name, files, seconds, peakMiB}`; the smaller sizes with the peers. */
export function* measurePlatforms(counts) {
  const scratch = mkdtempSync(join(tmpdir(), 'groundwork-bench-platform-'));
  try {
    for (const count of counts) {
      const folder = platformFolder(scratch, count);
      const before = filesBelow(folder);
      const own = measured(scratch, folder, [inRoot('bin/groundwork.js'), 'generate']);
      const files = filesBelow(folder) - before;
      yield { count, name: 'groundwork generate', files, ...own };
      const again = measured(scratch, folder, [inRoot('bin/groundwork.js'), 'generate']);
      yield { count, name: 'groundwork generate, unchanged', files, ...again };
      // projen's time grows with the square of the files: a thousand services would take more than half an hour.
      if (count > largestWithPeers) continue;
      const objectsFile = join(scratch, 'objects.json');
      const objects = objectsOf(folder, count, objectsFile);
      for (const { name, args } of peers(files, objects, objectsFile)) {
        const out = join(scratch, `peer-${count}`);
        yield { count, name, files, ...measured(scratch, scratch, args(out)) };
        rmSync(out, { recursive: true, force: true });
      }
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
