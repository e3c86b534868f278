// checkov's GitHub Actions checks.
import { checkov, endCheckov } from '../checkov.mjs';
import { edit } from '../mutate.mjs';
import { matching } from '../tree.mjs';

const file = /^\.github\/workflows\/.*\.ya?ml$/;

/**
 * checkov carries an old schema of workflows and skips, without a word, a file that does not fit it. Two things that it does not
 * know and has no check for are taken out of the copy that it reads: the attestations permission, and an expression that
 * decides about cancelling.
 */
const readable = (text) =>
  text
    .replace(/^ +(attestations|artifact-metadata): .*\n/gm, '')
    .replace(/(cancel-in-progress:) \$\{\{.*$/gm, '$1 true');

export const judge = {
  name: 'checkov-workflow',
  about: 'workflow: every check fatal, and the file was really scanned',
  subjects: (tree) => new Map([...matching(tree, file)].map(([path, text]) => [path, readable(text)])),
  examine: (tree) => checkov('github_actions', tree),
  end: endCheckov,
  mutants: [
    {
      name: 'every permission',
      mutate: edit(file, (workflow) => {
        workflow.permissions = 'write-all';
      }),
      must: /CKV2_GHA_1/,
    },
    {
      name: 'inputs of a manual start',
      mutate: edit(file, (workflow) => {
        workflow.on = { workflow_dispatch: { inputs: { x: { description: 'x' } } } };
      }),
      must: /CKV_GHA_7/,
    },
    {
      name: 'unsafe commands allowed',
      mutate: edit(file, (workflow) => {
        Object.values(workflow.jobs)[0].env = { ACTIONS_ALLOW_UNSECURE_COMMANDS: true };
      }),
      must: /CKV_GHA_1\b/,
    },
    {
      name: 'a file that its schema does not take',
      mutate: edit(file, (workflow) => {
        Object.values(workflow.jobs)[0].permissions = { attestations: 'write' };
      }),
      must: /nothing was scanned/,
    },
  ],
};
