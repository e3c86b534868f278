// Shows what Groundwork does: generates every example into a scratch folder, prints what was made, what was decided and what is refused.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from './root.mjs';

const command = inRoot('bin/groundwork.js');
const scratch = mkdtempSync(path.join(tmpdir(), 'groundwork-demo-'));

function groundwork(folder, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, text: `${stdout}${stderr}` };
}

/** Declarations of a platform, without what was made from them. */
function platformWorkspace(from, name) {
  const folder = path.join(scratch, name);
  cpSync(from, folder, { recursive: true, filter: (source) => path.basename(source) !== 'expected' });
  return folder;
}

/** A folder of its own for a declaration, so that the repository stays as it is. */
function workspace(from, name) {
  // A workspace of a monorepo lies where its declaration says.
  const workspaceFolder = /workspace: (\S+)/.exec(readFileSync(path.join(from, 'service.yaml'), 'utf8'))?.[1] ?? '.';
  const folder = path.join(scratch, name, workspaceFolder);
  mkdirSync(folder, { recursive: true });
  for (const file of ['service.yaml', 'platform.yaml']) {
    if (existsSync(path.join(from, file))) copyFileSync(path.join(from, file), path.join(folder, file));
  }
  return folder;
}

const heading = (text) => console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`);
const indented = (text) => text.trimEnd().replaceAll(/^/gm, '  ');
const expect = (result, status) => {
  if (result.status === status) return result;
  console.error(result.text);
  console.error(`the command ended with ${result.status}, not with ${status}`);
  process.exit(1);
};

/** Files by the folder at the top that they are in. */
function printMade(name, text, depth) {
  const made = text.split('\n').filter((line) => line.startsWith('  created'));
  const groups = new Map();
  for (const line of made) {
    const parts = line.trim().split(/\s+/).at(-1).split('/');
    const top = parts.length > depth ? `${parts.slice(0, depth).join('/')}/` : parts.join('/');
    groups.set(top, (groups.get(top) ?? 0) + 1);
  }
  console.log(`  ${name}: ${made.length} files`);
  console.log(`    ${[...groups].map(([top, count]) => (count === 1 ? top : `${top} (${count})`)).join(', ')}`);
}

heading('What is made of one service');
for (const name of readdirSync(inRoot('examples')).sort()) {
  if (!existsSync(inRoot('examples', name, 'service.yaml'))) continue;
  const folder = workspace(inRoot('examples', name), name);
  printMade(name, expect(groundwork(folder, 'generate'), 0).text, 1);
}

heading('What is made of a platform of eleven services');
const platform = platformWorkspace(inRoot('examples/daorsagro'), 'daorsagro');
printMade('daorsagro', expect(groundwork(platform, 'generate'), 0).text, 2);
const graph = expect(groundwork(platform, 'graph', '--environment', 'production'), 0).text.split('\n');
console.log(
  `  Who needs whom (groundwork graph, the first lines):\n${indented(indented(graph.slice(0, 16).join('\n')))}`,
);

heading('What is decided, for whom and why (groundwork plan, the first lines)');
const plan = expect(groundwork(path.join(scratch, 'financial-service'), 'plan', '--environment', 'production'), 0);
console.log(indented(plan.text.split('\n').slice(0, 24).join('\n')));

heading('What is refused, with the arithmetic');
for (const code of ['pool-exceeds-connections', 'heap-exceeds-limit', 'rpo-unreachable', 'unknown-key']) {
  const folder = workspace(inRoot('test/refused', code), `refused-${code}`);
  console.log(indented(expect(groundwork(folder, 'generate'), 1).text));
}

heading('What is refused between services');
for (const code of ['connections-exceed-limit', 'availability-beyond-dependencies', 'topic-without-producer']) {
  const folder = platformWorkspace(inRoot('test/refused-platform', code), `refused-${code}`);
  console.log(indented(expect(groundwork(folder, 'generate'), 1).text));
}

heading('Where to look');
console.log(`  ${scratch}`);
console.log(
  '  Each folder holds a declaration and everything made from it. Change a value, run `npx groundwork generate` there, look again.',
);
