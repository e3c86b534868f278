// zizmor on the workflow, with its strictest persona and without the network.
import { edit, swap } from '../mutate.mjs';
import { run } from '../process.mjs';
import { matching, withFolder } from '../tree.mjs';

const file = /^\.github\/workflows\/.*\.ya?ml$/;
const firstJob = (change) => edit(file, (workflow) => change(Object.values(workflow.jobs)[0], workflow));

export const judge = {
  name: 'zizmor',
  about: 'workflow: every audit of the auditor persona',
  subjects: (tree) => matching(tree, file),
  examine: (tree) =>
    withFolder(tree, async (folder) => {
      const { stdout, stderr } = await run(
        'zizmor',
        [
          '--persona',
          'auditor',
          '--offline',
          '--no-progress',
          '--no-exit-codes',
          '--format',
          'json',
          '.github/workflows',
        ],
        { cwd: folder },
      );
      if (!stdout.trim().startsWith('['))
        return [{ file: [...tree.keys()][0], message: `no report: ${stdout}${stderr}` }];
      return JSON.parse(stdout)
        .filter(({ ignored }) => !ignored)
        .map(({ ident, desc, locations }) => {
          const [{ symbolic, concrete }] = locations
            .filter(({ symbolic: { kind } }) => kind === 'Primary')
            .concat(locations);
          return {
            file: [...tree.keys()][0],
            line: concrete.location.start_point.row + 1,
            message: `${ident}: ${desc} (${symbolic.annotation})`,
          };
        });
    }),
  mutants: [
    { name: 'action by tag', mutate: swap(file, /@[0-9a-f]{40} # (v[\d.]+)/, '@$1'), must: /unpinned-uses/ },
    {
      name: 'every permission',
      mutate: swap(file, /^permissions: \{\}/m, 'permissions: write-all'),
      must: /excessive-permissions/,
    },
    {
      name: 'permission without a reason',
      mutate: swap(file, /: write *#.*/, ': write'),
      must: /undocumented-permissions/,
    },
    {
      name: 'credentials kept',
      mutate: swap(file, /persist-credentials: false/, 'persist-credentials: true'),
      must: /artipacked/,
    },
    {
      name: 'expression in a script',
      mutate: firstJob((job) => {
        job.steps.push({ name: 'x', run: 'echo ${{ github.event.head_commit.message }}' });
      }),
      must: /template-injection/,
    },
    {
      name: 'no concurrency',
      mutate: edit(file, (workflow) => {
        delete workflow.concurrency;
      }),
      must: /concurrency-limits/,
    },
    {
      name: 'pull_request_target',
      mutate: edit(file, (workflow) => {
        workflow.on = 'pull_request_target';
      }),
      must: /dangerous-triggers/,
    },
    {
      name: 'inherited secrets',
      mutate: edit(file, (workflow) => {
        workflow.jobs.x = {
          name: 'x',
          uses: 'a/b/.github/workflows/c.yml@3d3c42e5aac5ba805825da76410c181273ba90b1',
          secrets: 'inherit',
        };
      }),
      must: /secrets-inherit/,
    },
    {
      name: 'secret outside an environment',
      mutate: firstJob((job) => {
        delete job.environment;
        job.env = { X: '${{ secrets.X }}' };
      }),
      must: /secrets-outside-env/,
    },
    {
      name: 'image without a digest',
      mutate: firstJob((job) => {
        job.services = { x: { image: 'postgres:17' } };
      }),
      must: /unpinned-images/,
    },
    {
      name: 'package without a lock file',
      mutate: firstJob((job) => {
        job.steps.push({ name: 'x', run: 'npm install left-pad' });
      }),
      must: /adhoc-packages/,
    },
    {
      name: 'job without a name',
      mutate: firstJob((job) => {
        delete job.name;
      }),
      must: /anonymous-definition/,
    },
  ],
};
