// Reads the names of the metrics that a PromQL expression of ours uses.

const keywords = new Set([
  'and',
  'or',
  'unless',
  'by',
  'on',
  'ignoring',
  'without',
  'bool',
  'group_left',
  'group_right',
  'offset',
  'inf',
  'nan',
]);

/** Lists of labels: `by (a, b)`, `on ()`; the names in them are no metrics. */
const labelLists = /\b(?:by|on|ignoring|without|group_left|group_right)\s*\([^()]*\)/g;

/** Each name once, sorted. A name before `(` is a function, one inside braces a label. */
export function metricNames(expression: string): string[] {
  const bare = expression
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\{[^{}]*\}/g, ' ')
    .replace(/\[[^[\]]*\]/g, ' ')
    .replace(labelLists, ' ');
  const words = [...bare.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])/g)].map(([word]) => word);
  return [...new Set(words.filter((word) => !keywords.has(word.toLowerCase())))].sort();
}
