// Runs checkov offline with one framework, every check fatal, and makes sure that it looked at something.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findingsOf, toolEnvironment, toolsFolder } from './process.mjs';
import { pythonTools } from './tools.mjs';
import { withFolder } from './tree.mjs';

const program = fileURLToPath(new URL('checkov-server.py', import.meta.url));
const { name, version } = pythonTools.find((tool) => tool.name === 'checkov');

/** checkov skips a file it cannot read without a word, so something has to appear among what was scanned. */
const findingsIn = (framework, text) => {
  // What it logs of a name that it cannot follow stands before the report.
  const start = text.search(/^[[{]/m);
  if (start < 0) return [{ file: framework, message: `no report: ${text}` }];
  const [report] = [JSON.parse(text.slice(start))].flat();
  if (report.summary === undefined) return [{ file: framework, message: 'nothing was scanned' }];
  const { passed, parsing_errors: unreadable } = report.summary;
  const { failed_checks: failed, skipped_checks: skipped } = report.results;
  return [
    ...failed.map(({ check_id: id, check_name: check, resource, file_path: file, file_line_range: [line] }) => ({
      file,
      line,
      message: `${id} ${check} (${resource})`,
    })),
    ...skipped.map(({ check_id: id, resource, file_path: file }) => ({
      file,
      message: `${id} skipped by the file (${resource})`,
    })),
    ...(unreadable > 0 ? [{ file: framework, message: `${unreadable} files could not be parsed` }] : []),
    ...(passed + failed.length === 0 ? [{ file: framework, message: 'no check was applied' }] : []),
  ];
};

let server = null;

/** One process for all questions: a fork of it answers each, so that none sees what another one read. */
const startServer = () => {
  const child = spawn('python3', [program], {
    env: { ...toolEnvironment(), PYTHONPATH: join(toolsFolder, `${name}-${version}`, 'site') },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting = new Map();
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.get(line)?.resolve();
    waiting.delete(line);
  });
  child.stdin.on('error', () => {});
  const ended = new Promise((resolve) => {
    child.on('close', () => {
      for (const { reject } of waiting.values()) reject(new Error(`checkov ended: ${said}`));
      resolve();
    });
    child.on('error', (error) => {
      for (const { reject } of waiting.values()) reject(error);
      resolve();
    });
  });
  let number = 0;
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        number += 1;
        waiting.set(String(number), { resolve, reject });
        child.stdin.write(`${JSON.stringify({ ...request, number })}\n`);
      }),
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
};

/** Ends the process that answers. */
export const endCheckov = async () => {
  const running = server;
  server = null;
  await running?.end();
};

/** Looks at each of the trees by itself. */
export const checkovEach = (framework, trees) => {
  const files = trees.flatMap((tree, index) => [...tree].map(([path, text]) => [`${index}/${path}`, text]));
  return withFolder(new Map(files), (scratch) =>
    findingsOf(trees.keys(), async (index) => {
      server ??= startServer();
      const folder = join(scratch, String(index));
      const report = `${folder}.report`;
      const words = [
        '--framework',
        framework,
        '--directory',
        folder,
        '--output',
        'json',
        '--skip-download',
        '--compact',
      ];
      await server.ask({ folder, report, arguments: [...words, '--skip-path', 'nothing-is-skipped'] });
      return findingsIn(framework, await readFile(report, 'utf8'));
    }),
  );
};

/** Looks at one tree. */
export const checkov = (framework, tree) => checkovEach(framework, [tree]);
