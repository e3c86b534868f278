// What the command can do: its commands, their options and their help.

export const optionTexts = {
  file: {
    value: 'FILE',
    text: 'the declaration: YAML, or a module (.ts, .js, .cjs, .mjs) whose default export it is; default: service.yaml,\n                       or platform.yaml where there is no other; one of the name platform is of a whole platform',
  },
  platform: {
    value: 'FILE',
    text: "the platform's declaration, or the npm module of it; default: platform.yaml beside the service's,\n                       or the one further up in the repository that names the service's folder",
  },
  out: { value: 'FOLDER', text: 'write there, and compare with what is there; default: beside the declaration' },
  environment: { value: 'NAME', text: 'only this environment' },
  source: { value: 'FOLDER', text: 'compare with the environment variables that the code in this folder reads' },
  format: { value: 'FORMAT', text: 'text, mermaid (for Markdown) or dot (for Graphviz); default: text' },
  force: { value: null, text: 'overwrite files that a person made or edited' },
  json: { value: null, text: 'print JSON' },
  help: { value: null, text: 'print this help' },
  version: { value: null, text: 'print the version' },
} as const satisfies Record<string, { value: string | null; text: string }>;

export const graphFormats = ['text', 'mermaid', 'dot'] as const;
export type GraphFormat = (typeof graphFormats)[number];

export type OptionName = keyof typeof optionTexts;

interface CommandText {
  /** One line. */
  readonly text: string;
  readonly more: string;
  readonly options: readonly OptionName[];
}

export const commandTexts = {
  init: {
    text: 'write a first service.yaml from what is in the folder',
    more: 'Looks at package.json, the lock file, workspaces, Prisma, the code (port, paths, environment variables) and writes\nservice.yaml with comments. One that is there stays as it is. At the root of a monorepo\nit writes platform.yaml, and a service.yaml for each workspace with a start script, Dockerfile or index.html.',
    options: ['file', 'json'],
  },
  check: {
    text: 'tell everything that is wrong with the declaration',
    more: 'Nothing is written. With --source, the environment variables that the code reads are compared with those that the\ndeclaration provides, in both directions. On a platform: everything wrong with any of its declarations or between them,\nand --source names the folder of the code inside each service’s.',
    options: ['file', 'platform', 'environment', 'source', 'json'],
  },
  plan: {
    text: 'print every number and name that is decided, by whom and why',
    more: 'With --json, the whole plan: the document that everything is generated from.',
    options: ['file', 'platform', 'environment', 'json'],
  },
  generate: {
    text: 'write everything that the declaration says, or nothing',
    more: 'Files that are no longer made are removed. A file that a person made, or edited since it was generated, is never\noverwritten: the edit is shown and nothing is written, unless --force is given. On a platform: the files of all\nservices and its own, together, below the folder of platform.yaml.',
    options: ['file', 'platform', 'out', 'force', 'json'],
  },
  graph: {
    text: 'print who needs whom',
    more: 'Services, what they use, outside hosts and public entries: of the platform, or of one service. What holds only in\nsome environments says in which.',
    options: ['file', 'platform', 'environment', 'format', 'json'],
  },
  diff: {
    text: 'show what generating would change; exit code 1 when anything would',
    more: 'Nothing is written. In a repository that projen manages (.projenrc.ts), what `npx projen` would change.',
    options: ['file', 'platform', 'out', 'json'],
  },
} as const satisfies Record<string, CommandText>;

export type CommandName = keyof typeof commandTexts;

export const commandNames = Object.keys(commandTexts) as CommandName[];
export const optionNames = Object.keys(optionTexts) as OptionName[];

const optionLine = (name: OptionName): string => {
  const { value, text } = optionTexts[name];
  return `  ${`--${name}${value === null ? '' : ` ${value}`}`.padEnd(20)} ${text}\n`;
};

const codes = 'Exit code: 0 fine, 1 refused or different, 2 not understood.\n';

export function helpText(command: CommandName | null): string {
  if (command !== null) {
    const { text, more, options } = commandTexts[command];
    return `groundwork ${command}: ${text}\n\n${more}\n\nOptions:\n${[...options, 'help' as const].map(optionLine).join('')}\n${codes}`;
  }
  const commands = commandNames.map((name) => `  ${name.padEnd(20)} ${commandTexts[name].text}\n`).join('');
  return `groundwork: one declaration per service becomes its Dockerfile, compose file, Kubernetes manifests, workflow and alert\nrules; one of the platform joins them

Usage: groundwork COMMAND [OPTIONS]

Commands:
${commands}
Options:
${optionNames.map(optionLine).join('')}
${codes}groundwork COMMAND --help tells more.
`;
}
