// PowerShell scripts by tree-sitter's grammar, and what a parser does not see: names, parameters, and that both front ends say the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { swap } from '../mutate.mjs';
import { toolsFolder } from '../process.mjs';
import { nodeTools } from '../tools.mjs';
import { matching } from '../tree.mjs';

const file = /\.ps1$/;
const program = 'platform/deploy/deploy.mjs';

/** Cmdlets with the parameters that are used of them: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/ */
const cmdlets = {
  'Get-Command': ['-Name', '-CommandType', '-ErrorAction'],
  'Select-Object': ['-First'],
  'Set-StrictMode': ['-Version'],
  'Split-Path': ['-Parent'],
};

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_automatic_variables */
const automatic = ['$null', '$true', '$false', '$psscriptroot', '$lastexitcode', '$erroractionpreference'];

const toolFile = (name, path) => {
  const { version } = nodeTools.find((tool) => tool.name === name);
  return join(toolsFolder, `${name}-${version}`, 'node_modules', name, path);
};

let parser = null;
const parserOf = async () => {
  if (parser !== null) return parser;
  const { Language, Parser } = await import(pathToFileURL(toolFile('web-tree-sitter', 'web-tree-sitter.js')).href);
  await Parser.init();
  parser = new Parser();
  parser.setLanguage(
    await Language.load(readFileSync(toolFile('tree-sitter-powershell', 'tree-sitter-powershell.wasm'))),
  );
  return parser;
};

const nodesOf = (node, found = []) => {
  found.push(node);
  for (const child of node.children) nodesOf(child, found);
  return found;
};

const named = (nodes, ...types) => nodes.filter(({ type }) => types.includes(type));

/** The first variable below a node, as it is written when it is assigned. */
const variableOf = (node) => named(nodesOf(node), 'variable')[0]?.text.toLowerCase();

function* problems(path, root) {
  const nodes = nodesOf(root);
  const at = (node, message) => ({ file: path, line: node.startPosition.row + 1, message });
  for (const node of nodes) if (node.isError || node.isMissing) yield at(node, `syntax: ${node.text.slice(0, 60)}`);

  const assigned = new Set([
    ...automatic,
    ...named(nodes, 'script_parameter', 'left_assignment_expression').map((node) =>
      node.type === 'script_parameter'
        ? node.children
            .filter(({ type }) => type === 'variable')
            .at(-1)
            ?.text.toLowerCase()
        : variableOf(node),
    ),
    ...named(nodes, 'foreach_statement').map(variableOf),
  ]);
  for (const node of named(nodes, 'variable')) {
    // `@words` hands on the elements of $words.
    const name = node.text.toLowerCase().replace(/^@/, '$');
    if (!assigned.has(name)) yield at(node, `variable is assigned nowhere: ${node.text}`);
  }
  for (const node of named(nodes, 'expandable_string_literal'))
    for (const [name] of node.text.matchAll(/\$[A-Za-z_]\w*/g))
      if (!assigned.has(name.toLowerCase())) yield at(node, `variable is assigned nowhere: ${name}`);

  for (const command of named(nodes, 'command')) {
    const name = named(command.children, 'command_name')[0]?.text;
    if (name === undefined) continue;
    const known = cmdlets[name];
    if (known === undefined) yield at(command, `no cmdlet that this judge knows: ${name}`);
    for (const parameter of named(nodesOf(command), 'command_parameter'))
      if (known !== undefined && !known.includes(parameter.text))
        yield at(command, `${name} has no ${parameter.text} here`);
  }
}

/** What deploy.ps1 hands on is what the program takes, both ways. */
function* sameWords(tree) {
  const text = tree.get(program);
  if (text === undefined) return;
  const options = /options: \{([\s\S]*?)\n {6}\},/.exec(text)?.[1] ?? '';
  const taken = [...options.matchAll(/^ +'?([a-z-]+)'?:/gm)]
    .map(([, name]) => `--${name}`)
    .filter((name) => name !== '--help');
  for (const [path, script] of tree) {
    if (!path.endsWith('deploy.ps1')) continue;
    const handed = [...script.matchAll(/'(--[a-z-]+)'/g)]
      .map(([, name]) => name)
      .filter((name) => name !== '--version');
    for (const name of taken) if (!handed.includes(name)) yield { file: path, message: `does not hand on ${name}` };
    for (const name of handed) if (!taken.includes(name)) yield { file: path, message: `the program takes no ${name}` };
  }
}

export const judge = {
  name: 'powershell',
  about: 'PowerShell: syntax by tree-sitter, variables, cmdlets and parameters; the same options as the program',
  platform: true,
  subjects: (tree) => {
    const scripts = matching(tree, file);
    if (scripts.size > 0 && tree.has(program)) scripts.set(program, tree.get(program));
    return scripts;
  },
  examine: async (tree) => {
    const read = await parserOf();
    const found = [...sameWords(tree)];
    for (const [path, text] of tree) if (file.test(path)) found.push(...problems(path, read.parse(text).rootNode));
    return found;
  },
  mutants: [
    { name: 'brace left open', mutate: swap(file, /\n\}\n/, '\n'), must: /syntax/ },
    { name: 'quote left open', mutate: swap(file, /'docker', 'kubernetes'/, "'docker, 'kubernetes'"), must: /syntax/ },
    { name: 'bracket left open', mutate: swap(file, /\[Alias\('e'\)\]/, "[Alias('e'"), must: /syntax/ },
    {
      name: 'misspelt variable',
      mutate: swap(file, /& \$node\.Source @words\nexit/, '& $nod.Source @words\nexit'),
      must: /nowhere: \$nod/,
    },
    { name: 'misspelt splatting', mutate: swap(file, /@words\nexit/, '@word\nexit'), must: /nowhere: @word/ },
    {
      name: 'variable of another text',
      mutate: swap(file, /found: \$found/, 'found: $version'),
      must: /nowhere: \$version/,
    },
    { name: 'unknown cmdlet', mutate: swap(file, /Split-Path/, 'Split-Paths'), must: /no cmdlet/ },
    { name: 'unknown parameter', mutate: swap(file, /-CommandType/, '-Kind'), must: /has no -Kind/ },
    { name: 'option that is not handed on', mutate: swap(file, /^ +'--yes'.*\n/m, ''), must: /does not hand on --yes/ },
    { name: 'option that nobody takes', mutate: swap(file, /'--digest'/, "'--image'"), must: /takes no --image/ },
  ],
};
