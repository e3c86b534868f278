// Runs a tool with the installed judges first on its PATH, and answers its exit code and its output.
import { spawn } from 'node:child_process';
import { availableParallelism, homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The cache folder of the tools: `$GROUNDWORK_TOOLS`, else `~/.cache/groundwork/tools`. */
export const toolsFolder = process.env.GROUNDWORK_TOOLS ?? join(homedir(), '.cache', 'groundwork', 'tools');

/** The folder of links that a judge's PATH begins with. */
export const binFolder = join(toolsFolder, 'bin');

/** The environment of a judge: its tools first, the client plugins of the installed engine, no colour. */
export const toolEnvironment = () => ({
  ...process.env,
  PATH: [binFolder, process.env.PATH].join(delimiter),
  NO_COLOR: '1',
  DOCKER_CONFIG: join(toolsFolder, 'docker-config'),
});

/** Answers `{ code, stdout, stderr, all }`; throws only when the tool cannot be started. */
export const run = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const { input, ...rest } = options;
    const child = spawn(command, args, {
      env: toolEnvironment(),
      ...rest,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on('close', (code) => resolve({ code, stdout, stderr, all: stdout + stderr }));
    if (input !== undefined) {
      // A tool that refuses its arguments closes its input first; its exit code tells more than the broken pipe.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    }
  });

/** The same, but a non-zero exit code throws with the end of the output. */
export const must = async (command, args, options) => {
  const result = await run(command, args, options);
  if (result.code !== 0)
    throw new Error(`${command} ${args.join(' ')}\nended with ${result.code}\n${result.all.slice(-4000)}`);
  return result;
};

/** Calls `work` for each item, as many at a time as there are cores (four at most), and answers its results in the items' order. */
export const pooled = async (items, work) => {
  const queue = [...items].entries();
  const results = [];
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  return results;
};

/** The same for work that answers findings: all of them, in the items' order. */
export const findingsOf = async (items, work) => (await pooled(items, work)).flat();

/** The items in as many lists as there are cores (four at most), of which each is for one process. */
export const shared = (items) => {
  const lists = Array.from({ length: Math.min(4, availableParallelism(), items.length) }, () => []);
  for (const [index, item] of items.entries()) lists[index % lists.length].push(item);
  return lists;
};
