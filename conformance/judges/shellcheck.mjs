// shellcheck on every shell script, also the ones that stand inside the workflow, the compose file and the manifests.
import { parseAllDocuments } from 'yaml';
import { findingsOf, run, shared } from '../process.mjs';
import { different, withFolder } from '../tree.mjs';

/** Left out: braces around every variable and `[[` (taste), unassigned capitals (for these scripts the environment), and every use of a function in a condition. */
const optional = 'add-default-case,avoid-nullary-conditions,deprecate-which,quote-safe-variables';

/** Text after `sh -c` in a list of arguments, or compose's CMD-SHELL. */
const inline = (list) => {
  if (!Array.isArray(list)) return null;
  if (list[0] === 'CMD-SHELL') return { shell: 'sh', text: list[1].replaceAll('$$', '$') };
  const at = list.findIndex((word) => /^-[a-z]*c$/.test(word));
  return at > 0 && /(^|\/)(ba|da|)sh$/.test(list[0])
    ? { shell: list[0].includes('bash') ? 'bash' : 'sh', text: String(list[at + 1]).replaceAll('$$', '$') }
    : null;
};

/** Every script of a YAML document with where it stands. */
const scriptsOf = (value, place, found) => {
  const script = inline(value);
  if (script !== null) found.push({ place, ...script });
  if (value === null || typeof value !== 'object') return found;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'run' && typeof child === 'string') found.push({ place: `${place}.run`, shell: 'bash', text: child });
    scriptsOf(child, `${place}.${key}`, found);
  }
  return found;
};

const subjects = (tree) => {
  const result = new Map();
  for (const [path, text] of tree) {
    if (/\.(sh|bash)$/.test(path) || /^#!.*\b(ba|da)?sh\b/.test(text)) result.set(path, text);
    if (!/\.ya?ml$/.test(path)) continue;
    for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
      for (const { place, shell, text: script } of scriptsOf(document.toJS(), path, [])) {
        result.set(`${place.replace(/[^\w.-]+/g, '_')}.${result.size}.sh`, `#!/bin/${shell}\n${script}`);
      }
    }
  }
  return result;
};

const append = (text) => (tree) => {
  const [[path, script]] = tree;
  tree.set(path, `${script}\n${text}\n`);
  return true;
};

export const judge = {
  name: 'shellcheck',
  about: 'scripts, also those inside YAML: severity style, optional checks on',
  subjects,
  examine: (tree) =>
    withFolder(tree, (folder) =>
      findingsOf(shared(different(tree)), async (paths) => {
        const { stdout, stderr } = await run(
          'shellcheck',
          ['--norc', '--severity', 'style', '--enable', optional, '--format', 'json1', ...paths],
          { cwd: folder },
        );
        if (!stdout.startsWith('{')) return [{ file: paths[0], message: `no report: ${stdout}${stderr}` }];
        return JSON.parse(stdout).comments.map(({ file, line, code, message }) => ({
          file,
          line,
          message: `SC${code} ${message}`,
        }));
      }),
    ),
  mutants: [
    { name: 'unquoted variable', mutate: append('rm -r $DIRECTORY/x'), must: /SC2086/ },
    { name: 'backticks', mutate: append('echo `date`'), must: /SC2006/ },
    { name: 'cd that may fail', mutate: append('cd somewhere; rm -r ./x'), must: /SC2164/ },
    { name: 'loop without an end', mutate: append('for f in *; do echo "$f"'), must: /SC1\d\d\d/ },
    { name: 'useless use of a test', mutate: append('if [ $? -eq 0 ]; then true; fi'), must: /SC2181/ },
  ],
};
