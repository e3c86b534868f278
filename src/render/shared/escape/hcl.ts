// Turns plain JSON into an expression of HCL, formatted as `terraform fmt` does.

/** A reference in place of a value: `{ reference: 'module.network.vpc_id' }`. */
const isReference = (value: unknown): value is { readonly reference: string } =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'reference';

const reference = /^(?:module|var|local)(?:\.[a-z][a-z0-9_]*|\["[a-z0-9-]+"\])+$/;
const identifier = /^[a-z_][a-z0-9_]*$/;

/** https://developer.hashicorp.com/terraform/language/expressions/strings: templates are escaped by doubling, control characters by number. */
export function hclString(text: string): string {
  return JSON.stringify(text)
    .replace(/\\([bf])/g, (_, letter: string) => (letter === 'b' ? '\\u0008' : '\\u000c'))
    .replaceAll('${', () => '$${')
    .replaceAll('%{', () => '%%{');
}

function oneLine(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return hclString(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (isReference(value)) {
    if (!reference.test(value.reference)) throw new Error(`not a reference: ${value.reference}`);
    return value.reference;
  }
  if (typeof value !== 'object') throw new Error(`there is no HCL for ${typeof value}`);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${identifier.test(key) ? key : hclString(key)} = ${oneLine(inner)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

const longest = 100;

/** At an indentation of two; a list that is long, or holds objects, has a line for each item. */
export function hcl(value: unknown): string {
  const line = oneLine(value);
  const items = Array.isArray(value) ? value : [];
  const isOpened = items.length > 0 && (line.length > longest || items.some((item) => typeof item === 'object'));
  return isOpened ? `[\n${items.map((item) => `    ${oneLine(item)},\n`).join('')}  ]` : line;
}
