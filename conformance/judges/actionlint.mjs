// actionlint on the workflow, with shellcheck on its scripts.
import { edit, swap } from '../mutate.mjs';
import { run } from '../process.mjs';
import { matching, withFolder } from '../tree.mjs';

const file = /^\.github\/workflows\/.*\.ya?ml$/;
const firstJob = (change) => edit(file, (workflow) => change(Object.values(workflow.jobs)[0], workflow));
const script = (text) =>
  firstJob((job) => {
    job.steps.push({ run: text });
  });

export const judge = {
  name: 'actionlint',
  about: 'workflow: syntax, expressions, contexts, needs, runner labels, shellcheck on every script',
  subjects: (tree) => matching(tree, file),
  examine: (tree) =>
    withFolder(tree, async (folder) => {
      const { code, stdout, stderr } = await run(
        'actionlint',
        ['-no-color', '-shellcheck', 'shellcheck', '-pyflakes', '', '-format', '{{json .}}', ...tree.keys()],
        { cwd: folder },
      );
      if (!stdout.trim().startsWith('['))
        return code === 0 ? [] : [{ file: [...tree.keys()][0], message: `ended with ${code}: ${stdout}${stderr}` }];
      return JSON.parse(stdout).map(({ filepath, line, kind, message }) => ({
        file: filepath,
        line,
        message: `${kind} ${message}`,
      }));
    }),
  mutants: [
    {
      name: 'unknown key of a job',
      mutate: firstJob((job) => {
        job['timeout-minute'] = 5;
      }),
      must: /timeout-minute/,
    },
    {
      name: 'needs nobody',
      mutate: firstJob((job) => {
        job.needs = ['nobody'];
      }),
      must: /nobody/,
    },
    {
      name: 'unknown runner',
      mutate: firstJob((job) => {
        job['runs-on'] = 'ubuntu-42.04';
      }),
      must: /ubuntu-42/,
    },
    {
      name: 'unknown permission',
      mutate: firstJob((job) => {
        job.permissions = { 'id-tokens': 'write' };
      }),
      must: /id-tokens/,
    },
    {
      name: 'unknown event',
      mutate: edit(file, (workflow) => {
        workflow.on = { pull_requests: {} };
      }),
      must: /pull_requests/,
    },
    { name: 'output of no step', mutate: script('echo ${{ steps.nothing.outputs.x }}'), must: /nothing/ },
    { name: 'unknown context', mutate: script('echo ${{ gihub.ref }}'), must: /gihub/ },
    {
      name: 'untrusted text in a script',
      mutate: script('echo ${{ github.event.pull_request.title }}'),
      must: /untrusted/,
    },
    { name: 'unquoted variable', mutate: script('rm -r $DIRECTORY/x'), must: /SC2086/ },
    { name: 'loop without an end', mutate: script('for f in *; do echo "$f"'), must: /SC1\d\d\d/ },
    {
      name: 'step that does nothing',
      mutate: firstJob((job) => {
        job.steps.push({ name: 'x' });
      }),
      must: /run.*uses|uses.*run/,
    },
    {
      name: 'unknown shell',
      mutate: firstJob((job) => {
        job.steps.push({ run: 'true', shell: 'basch' });
      }),
      must: /basch/,
    },
    {
      name: 'the same step twice',
      mutate: firstJob((job) => {
        job.steps.push({ id: 'x', run: 'true' }, { id: 'x', run: 'true' });
      }),
      must: /"x"/,
    },
    {
      name: 'cycle of needs',
      mutate: edit(file, ({ jobs }) => {
        const [first, second] = Object.keys(jobs);
        if (second === undefined) return false;
        jobs[first].needs = [second];
        jobs[second].needs = [first];
        return true;
      }),
      must: /cyclic/,
    },
    { name: 'not YAML', mutate: swap(file, /^jobs:/m, 'jobs: ]'), must: /YAML|yaml/ },
  ],
};
