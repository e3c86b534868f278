// yamllint on every generated YAML file: duplicate keys, indentation, ambiguous truth values, stray spaces.
import { append, swap } from '../mutate.mjs';
import { findingsOf, run, shared } from '../process.mjs';
import { different, matching, withFolder } from '../tree.mjs';

const file = /\.ya?ml$/;

/** Length of lines and the document marker are taste; `on:` of a workflow is a key, not a truth value. */
const configuration = `extends: default
rules:
  line-length: disable
  document-start: disable
  comments: { min-spaces-from-content: 1 }
  comments-indentation: disable
  truthy: { check-keys: false }
  octal-values: { forbid-implicit-octal: true, forbid-explicit-octal: true }
  braces: { max-spaces-inside: 1 }
  brackets: { max-spaces-inside: 1 }
  indentation: { spaces: 2, indent-sequences: whatever }
`;

export const judge = {
  name: 'yamllint',
  about: 'every YAML file: duplicate keys, indentation, truth values, octal numbers',
  subjects: (tree) => matching(tree, file),
  examine: (tree) =>
    withFolder(tree, (folder) =>
      findingsOf(shared(different(tree)), async (paths) => {
        const { code, stdout, stderr } = await run(
          'yamllint',
          ['--strict', '--format', 'parsable', '--config-data', configuration, ...paths],
          { cwd: folder },
        );
        const lines = stdout.trim() === '' ? [] : stdout.trim().split('\n');
        if (code !== 0 && lines.length === 0) return [{ file: paths[0], message: stderr }];
        return lines.map((line) => {
          const [, path, row, message] = /^(.*?):(\d+):\d+: (.*)$/.exec(line);
          return { file: path, line: Number(row), message };
        });
      }),
    ),
  mutants: [
    { name: 'the same key twice', mutate: append(file, 'twice: 1\ntwice: 2\n'), must: /duplication/ },
    { name: 'truth value that only YAML 1.1 knows', mutate: append(file, 'value: yes\n'), must: /truthy/ },
    { name: 'octal number', mutate: append(file, 'mode: 0644\n'), must: /octal/ },
    { name: 'stray space', mutate: append(file, 'value: 1 \n'), must: /trailing/ },
    { name: 'odd indentation', mutate: append(file, 'value:\n   inner: 1\n'), must: /indentation/ },
    { name: 'not YAML', mutate: swap(file, /:/, ': ]'), must: /syntax/ },
  ],
};
