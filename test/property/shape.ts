// The structure of a generated file: what must not depend on the text that a person wrote into the declaration.
import { parse as parseCode } from '@babel/parser';
import { type Data, instructions } from '../support/generated';

/** Keys and kinds of leaves, without their values. */
function leafless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(leafless);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, leafless(each)]));
  return value === null ? 'null' : typeof value;
}

/** Types of the nodes of a syntax tree, in order. */
function nodeTypes(node: unknown): unknown[] {
  if (Array.isArray(node)) return node.flatMap(nodeTypes);
  if (typeof node !== 'object' || node === null || !('type' in node)) return [];
  const {
    loc,
    start,
    end,
    extra,
    errors,
    tokens,
    comments,
    leadingComments,
    trailingComments,
    innerComments,
    ...rest
  } = node as Data;
  return [rest.type, ...Object.values(rest).flatMap(nodeTypes)];
}

/** Directives of nginx, words counted: quotes and escapes as nginx reads them. */
function nginxDirectives(text: string): string[] {
  const tokens =
    text.match(/#[^\n]*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[{};]|(?:[^\s{};"'\\]|\\[\s\S])+/g) ?? [];
  const found: string[] = [];
  let words = 0;
  for (const token of tokens.filter((each) => !each.startsWith('#'))) {
    if (!/^[{};]$/.test(token)) words++;
    else {
      found.push(`${words}${token}`);
      words = 0;
    }
  }
  return [...found, String(words)];
}

/** Headings and rows of Markdown, outside of code. */
function markdownBlocks(text: string): string[] {
  const lines = text.replace(/^```[\s\S]*?^```$/gm, 'code').split('\n');
  return lines.map((line) => /^(?:#+(?= )|\||- |\d+\. |> |```|---|code$|$)/.exec(line)?.[0] ?? 'text');
}

const dockerfileInstructions = (text: string): string[] =>
  instructions(text).map(({ name, value }) => {
    if (!/^(?:FROM|WORKDIR|COPY|RUN|ARG|ENV|LABEL|USER|EXPOSE|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD)$/.test(name))
      throw new Error(`no instruction: ${name} ${value}`);
    if (name !== 'CMD' && name !== 'ENTRYPOINT') return name;
    return `${name} ${JSON.stringify(leafless(JSON.parse(value)))}`;
  });

/** The structure of a YAML file's documents. */
export const shapeOfData = (documents: readonly Data[]): unknown => documents.map(leafless);

/** Of a file that is no YAML. Throws when it does not parse in its language. */
export function shapeOf(path: string, text: string): unknown {
  if (path.endsWith('.json')) return leafless(JSON.parse(text));
  if (/\.(?:ts|mjs|cjs|js)$/.test(path))
    return nodeTypes(
      parseCode(text, {
        sourceType: /\.(?:ts|mjs)$/.test(path) ? 'module' : 'script',
        plugins: path.endsWith('.ts') ? ['typescript'] : [],
      }).program,
    );
  if (/(?:^|\/)Dockerfile$/.test(path)) return dockerfileInstructions(text);
  if (path.endsWith('nginx.conf')) return nginxDirectives(text);
  if (path.endsWith('.md')) return markdownBlocks(text);
  if (path.endsWith('.env'))
    return text.split('\n').map((line) => /^[A-Za-z_][A-Za-z0-9_]*=|^#|^$/.exec(line)?.[0] ?? `BROKEN ${line}`);
  // Shell scripts, ignore files and properties hold no free text of a declaration: the same bytes.
  return text;
}
