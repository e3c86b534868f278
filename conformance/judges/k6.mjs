// k6 itself reads every load test: module, options, executors and thresholds, without sending anything.
import { swap } from '../mutate.mjs';
import { findingsOf, run } from '../process.mjs';
import { matching, withFolder } from '../tree.mjs';

const file = /^platform\/load-tests\/[^/]+\.js$/;

export const judge = {
  name: 'k6',
  about: 'load tests: options, executors and thresholds as k6 reads them',
  platform: true,
  subjects: (tree) => matching(tree, file),
  examine: (tree) =>
    withFolder(tree, (folder) =>
      findingsOf([...tree.keys()], async (path) => {
        const { code, stdout, all } = await run('k6', ['inspect', '--execution-requirements', path], { cwd: folder });
        if (code !== 0) return [{ file: path, message: all.trim().slice(-1500) }];
        const { scenarios, thresholds } = JSON.parse(stdout);
        return [
          ...Object.entries(scenarios ?? {})
            .filter(([, { executor }]) => executor !== 'constant-arrival-rate')
            .map(([name]) => ({ file: path, message: `scenario ${name} does not keep a rate` })),
          ...(Object.keys(thresholds ?? {}).length < 2 ? [{ file: path, message: 'hardly anything is a bound' }] : []),
        ];
      }),
    ),
  mutants: [
    { name: 'unknown executor', mutate: swap(file, /'constant-arrival-rate'/, "'constant-rate'"), must: /executor/ },
    { name: 'threshold without a comparison', mutate: swap(file, /<=\d+"\]/, '"]'), must: /threshold/ },
    {
      name: 'fewer users than none',
      mutate: swap(file, /preAllocatedVUs: \d+/, 'preAllocatedVUs: -1'),
      must: /preAllocatedVUs/,
    },
    {
      name: 'closed model',
      mutate: swap(file, /executor: [\s\S]*?maxVUs: \d+,/, "executor: 'constant-vus', vus: 1, duration: '1s',"),
      must: /keep a rate/,
    },
    { name: 'no function', mutate: swap(file, /export default function/, 'function unused'), must: /export|function/ },
    { name: 'unclosed bracket', mutate: swap(file, /^\};$/m, ''), must: /SyntaxError|Unexpected/ },
  ],
};
