// Measures the command and the library and prints both tables: npm run build && npm run bench [-- ROUNDS]
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measureCommand } from './command.mjs';
import { measurePlatforms } from './platform.mjs';

const rounds = Number(process.argv[2] ?? 15);
const fixed = (value, width, digits = 0) => value.toFixed(digits).padStart(width);

console.log(`Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)} at the start\n`);
const { files, rows } = measureCommand(rounds);
console.log(`Whole process, one service of ${files} files: medians of ${rounds} interleaved runs`);
console.log(`${''.padEnd(32)}  median ms  least ms  × node`);
for (const { name, median, least, ratio } of rows)
  console.log(`${name.padEnd(32)} ${fixed(median, 10)} ${fixed(least, 9)} ${fixed(ratio, 7, 1)}`);

console.log('\nIn one process, generate() without the disk, no outcome kept');
console.log('services   total ms   ms per service   peak MiB');
const script = fileURLToPath(new URL('./in-process.mjs', import.meta.url));
for (const count of [1, 10, 100, 1000]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, String(count)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const { milliseconds, peakMiB } = JSON.parse(stdout);
  console.log(
    `${fixed(count, 8)} ${fixed(milliseconds, 10)} ${fixed(milliseconds / count, 16, 1)} ${fixed(peakMiB, 10)}`,
  );
}

console.log('\nOne platform of as many services, whole process with the disk, one run each');
console.log('services                                      files    seconds   ms per file   peak MiB');
for (const { count, name, files, seconds, peakMiB } of measurePlatforms([10, 100, 1000]))
  console.log(
    `${fixed(count, 8)} ${name.padEnd(34)} ${fixed(files, 7)} ${fixed(seconds, 10, 2)} ${fixed((seconds * 1000) / files, 13, 2)} ${fixed(peakMiB, 10)}`,
  );
