// Judges every example's generated files by the real validators, breaks them on purpose to see each judge go red, and runs one service.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { install } from './install.mjs';
import { readTree } from './tree.mjs';
import { judgeWaivers } from './waivers.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    example: { type: 'string', multiple: true, default: [] },
    examples: { type: 'string', default: join(here, '..', 'examples') },
    'no-install': { type: 'boolean', default: false },
    'no-mutants': { type: 'boolean', default: false },
  },
});

let passed = 0;
let failed = 0;

/** One line per check; what was found stands below a failed one. */
const report = (name, findings) => {
  if (findings.length === 0) passed += 1;
  else failed += 1;
  console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  for (const { file, line, message } of findings.slice(0, 25))
    console.log(`       ${file}${line === undefined ? '' : `:${line}`} ${message.replaceAll('\n', '\n       ')}`);
  if (findings.length > 25) console.log(`       and ${findings.length - 25} more`);
};

/** Does the work of several items at a time and hands on the results in the items' order: tools use one core each. */
async function* inOrder(items, work) {
  const width = Math.min(4, availableParallelism());
  const running = [];
  for (const item of items) {
    running.push(work(item).then((result) => ({ item, result })));
    if (running.length >= width) yield await running.shift();
  }
  for (const promise of running) yield await promise;
}

/** Runs a part and says below it how long it took: what is slow has to be seen. */
const timed = async (name, part) => {
  const start = performance.now();
  const result = await part();
  console.log(`     ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
};

/** A judge that throws has not judged: that is a finding as well. */
const attempt = async (work) => {
  try {
    return await work();
  } catch (error) {
    return [{ file: 'conformance', message: error.stack }];
  }
};

const wanted = (name) => options.only.length === 0 || options.only.includes(name);

const loadJudges = async () => {
  const files = (await readdir(join(here, 'judges'))).filter((file) => file.endsWith('.mjs')).sort();
  const judges = [];
  for (const file of files) judges.push((await import(`./judges/${file}`)).judge);
  return judges.filter(({ name }) => wanted(name));
};

const loadExamples = async () => {
  const entries = await readdir(options.examples, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const examples = [];
  for (const name of names.filter((candidate) => options.example.length === 0 || options.example.includes(candidate))) {
    const platform = existsSync(join(options.examples, name, 'platform.yaml'));
    const folder = join(options.examples, name, 'expected');
    if (existsSync(folder)) examples.push({ example: name, platform, tree: await readTree(folder) });
    else report(`example ${name}`, [{ file: folder, message: 'there is nothing to judge' }]);
  }
  return examples;
};

const sizeOf = (tree) => [...tree.values()].reduce((sum, text) => sum + text.length, 0);

/** Breaks the smallest example in which the mutant finds something to break; the judge has to say what is wrong. */
const judgeMutant = async (judge, mutant, subjects) => {
  for (const { tree } of [...subjects].sort((a, b) => sizeOf(a.tree) - sizeOf(b.tree))) {
    const broken = new Map(tree);
    if (mutant.mutate(broken) === false) continue;
    const findings = await judge.examine(broken);
    if (findings.some(({ message }) => mutant.must.test(message))) return [];
    return [
      {
        file: judge.name,
        message: `not caught; it said ${
          findings.length === 0
            ? 'nothing'
            : findings
                .map(({ message }) => message)
                .join(' | ')
                .slice(0, 600)
        }`,
      },
    ];
  }
  return [{ file: judge.name, message: 'no example has anything to break this way' }];
};

const runJudge = async (judge, examples) => {
  const subjects = [];
  const judgeExample = ({ example, tree }) =>
    attempt(async () => {
      const subject = await judge.subjects(tree);
      if (subject.size === 0) return null;
      subjects.push({ example, tree: subject });
      return judge.examine(subject);
    });
  for await (const { item, result } of inOrder(examples, judgeExample)) {
    if (result !== null) report(`${judge.name} × ${item.example}`, result);
  }
  if (subjects.length === 0 && judge.platform === true && !examples.some(({ platform }) => platform)) {
    console.log(`     ${judge.name} has nothing to judge: no platform is among the examples`);
  } else if (subjects.length === 0) {
    report(judge.name, [{ file: judge.name, message: 'judged no example' }]);
  } else if (!options['no-mutants']) {
    const judgeOne = (mutant) => attempt(() => judgeMutant(judge, mutant, subjects));
    for await (const { item, result } of inOrder(judge.mutants, judgeOne)) {
      report(`${judge.name} goes red: ${item.name}`, result);
    }
  }
  if (judge.end !== undefined) await judge.end();
  return subjects.map(({ example }) => `${judge.name} × ${example}`).sort();
};

if (!options['no-install']) {
  await install(({ name, version, made, seconds, error }) =>
    report(
      `tool ${name} ${version}${made ? ` (installed in ${seconds} s)` : ''}`,
      error === null ? [] : [{ file: name, message: error }],
    ),
  );
}
const examples = await loadExamples();
if (examples.length === 0) report('examples', [{ file: options.examples, message: 'there is no example' }]);
const pairs = [];
for (const judge of await loadJudges()) pairs.push(...(await timed(judge.name, () => runJudge(judge, examples))));
if (wanted('waivers')) report('waivers', await attempt(() => judgeWaivers(examples)));
const runs = {
  sloth: './sloth.mjs',
  'real-run': './real-run/index.mjs',
  'platform-run': './real-run/platform.mjs',
  'deploy-run': './real-run/deploy.mjs',
};
for (const [name, module] of Object.entries(runs)) {
  if (!wanted(name)) continue;
  const { checks } = await import(module);
  await timed(name, async () => {
    try {
      for await (const { name: check, findings } of checks(examples)) report(`${name}: ${check}`, findings);
    } catch (error) {
      report(name, [{ file: name, message: error.stack }]);
    }
  });
}
console.log(`\nJudged: ${pairs.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
