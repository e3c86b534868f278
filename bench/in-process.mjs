// Time and peak memory of `generate` for COUNT services in one process, as JSON: node in-process.mjs COUNT
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { generate } from '../lib/index.mjs';

const declaration = parse(readFileSync(new URL('../examples/financial-service/service.yaml', import.meta.url), 'utf8'));
const count = Number(process.argv[2]);
// Warm code for every size alike: what is compared is growth, not how fast V8 warms up.
for (let index = 0; index < 20; index++) generate({ service: declaration, platform: null });
let refused = 0;
const start = process.hrtime.bigint();
for (let index = 0; index < count; index++)
  if (generate({ service: { ...declaration, name: `service-${index}` }, platform: null }).files.length === 0) refused++;
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
if (refused > 0) throw new Error('a service was refused: nothing was measured');
console.log(JSON.stringify({ count, milliseconds, peakMiB: process.resourceUsage().maxRSS / 1024 }));
