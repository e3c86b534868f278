// The editors' schemas (SchemaStore) on the workflow, the kustomizations, the rules and their tests.
import { parse } from 'yaml';
import { edit } from '../mutate.mjs';
import { rules, tests } from '../rules.mjs';
import { validator } from '../schemas.mjs';
import { matching } from '../tree.mjs';

const kinds = [
  { pattern: /^\.github\/workflows\/.*\.ya?ml$/, schema: 'schemastore/github-workflow.json' },
  { pattern: /kustomization\.yaml$/, schema: 'schemastore/kustomization.json' },
  { pattern: tests, schema: 'schemastore/prometheus.rules.test.json' },
  { pattern: rules, schema: 'schemastore/prometheus.rules.json' },
];

export const judge = {
  name: 'schemastore',
  about: 'workflow, kustomizations, rules and rule tests against the schemas that editors use',
  subjects: (tree) => new Map(kinds.flatMap(({ pattern }) => [...matching(tree, pattern)])),
  examine: async (tree) => {
    const findings = [];
    for (const { pattern, schema } of kinds) {
      const validate = await validator(schema);
      for (const [file, text] of matching(tree, pattern))
        for (const message of validate(parse(text))) findings.push({ file, message });
    }
    return findings;
  },
  mutants: [
    {
      name: 'unknown key of a workflow',
      mutate: edit(kinds[0].pattern, (workflow) => {
        workflow.concurency = 'x';
      }),
      must: /concurency/,
    },
    {
      name: 'job without a runner',
      mutate: edit(kinds[0].pattern, (workflow) => {
        workflow.jobs.x = { steps: [] };
      }),
      must: /jobs/,
    },
    {
      name: 'unknown field of a kustomization',
      mutate: edit(kinds[1].pattern, (object) => {
        object.resourcez = [];
      }),
      must: /resourcez/,
    },
    {
      name: 'unknown field of a test',
      mutate: edit(kinds[2].pattern, (file) => {
        file.evaluation = '1m';
      }),
      must: /evaluation/,
    },
    {
      name: 'rule without an expression',
      mutate: edit(kinds[3].pattern, ({ groups }) => {
        delete groups[0].rules[0].expr;
      }),
      must: /expr/,
    },
  ],
};
