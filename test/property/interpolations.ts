// What a tool would fill in when it reads a file: expressions of GitHub, variables of compose and Kubernetes, actions of Prometheus.
import type { Data } from '../support/generated';

/** Every text in the data, with the keys that lead to it. */
function texts(
  value: unknown,
  keys: readonly string[] = [],
): { readonly keys: readonly string[]; readonly text: string }[] {
  if (typeof value === 'string') return [{ keys, text: value }];
  if (Array.isArray(value)) return value.flatMap((each) => texts(each, keys));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => texts(each, [...keys, key]));
}

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([found]) => found);

/** Found in the documents of a YAML file, in order. */
export function interpolationsOf(path: string, documents: readonly Data[]): string[] {
  const found = documents.flatMap((document: Data) => texts(document));
  if (path.startsWith('.github/')) return found.flatMap(({ text }) => all(text, /\$\{\{.*?\}\}/gs));
  // Two dollar signs are one.
  if (/compose\.yaml$/.test(path)) return found.flatMap(({ text }) => all(text.replaceAll('$$', ''), /\$.{0,20}/gs));
  if (/rules?\.yaml$/.test(path))
    return found
      .filter(({ keys }) => keys.includes('annotations'))
      .flatMap(({ text }) => all(text.replace(/\{\{ *(?:"(?:[^"\\]|\\.)*"|`[^`]*`) *\}\}/g, ''), /\{\{.*?\}\}|\{\{/gs));
  return found
    .filter(({ keys }) => keys.some((key) => ['command', 'args', 'env'].includes(key)))
    .flatMap(({ text }) => all(text.replaceAll('$$', ''), /\$\(.*?\)/gs));
}
