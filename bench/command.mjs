// Whole-process time of the command for one service, beside bare Node and its peers: medians of interleaved runs.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestsOf } from './manifests.mjs';
import { peers } from './peers.mjs';

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Milliseconds from start to exit; throws when the process fails, for a failure is no measurement. */
function wholeProcess(cwd, args) {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return milliseconds;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Rows of `{name, median, least, ratio}`; the ratio is to bare Node. A fresh folder for each first run, and for each peer's. */
export function measureCommand(rounds) {
  const scratch = mkdtempSync(join(tmpdir(), 'groundwork-bench-'));
  try {
    let made = 0;
    const service = () => {
      const folder = mkdtempSync(join(scratch, 'service-'));
      copyFileSync(inRoot('examples/financial-service/service.yaml'), join(folder, 'service.yaml'));
      return folder;
    };
    const generate = [inRoot('bin/groundwork.js'), 'generate'];
    const settled = service();
    wholeProcess(settled, generate);
    const files = readdirSync(settled, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const manifests = manifestsOf(settled);
    const objectsFile = join(scratch, 'objects.json');
    writeFileSync(objectsFile, JSON.stringify(manifests));
    const objects = Object.values(manifests).flat().length;
    const candidates = [
      { name: 'node -e 0', run: () => wholeProcess(scratch, ['-e', '0']) },
      { name: 'groundwork generate, unchanged', run: () => wholeProcess(settled, generate) },
      { name: 'groundwork generate, first', run: () => wholeProcess(service(), generate) },
      {
        name: 'the same, right after npm ci',
        run: () => {
          // Where bin/groundwork.js keeps what V8 compiled.
          rmSync(inRoot('node_modules/.cache/compiled'), { recursive: true, force: true });
          return wholeProcess(service(), generate);
        },
      },
      ...peers(files.length - 1, objects, objectsFile).map(({ name, args }) => ({
        name,
        run: () => wholeProcess(scratch, args(join(scratch, `peer-${made++}`))),
      })),
    ];
    const times = candidates.map(() => []);
    // The first round warms the disk cache and is not counted.
    for (let round = 0; round <= rounds; round++)
      candidates.forEach(({ run }, index) => {
        const time = run();
        if (round > 0) times[index].push(time);
      });
    const bare = median(times[0]);
    return {
      files: files.length - 1,
      rows: candidates.map(({ name }, index) => ({
        name,
        median: median(times[index]),
        least: Math.min(...times[index]),
        ratio: median(times[index]) / bare,
      })),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
