// Turns the pattern of a name into the rule in words. A test holds that every such pattern of the schemas has words.

const lowerCase = /^\^\[a-z\]\[a-z0-9-\]\{0,([0-9]+)\}\$$/;
const upperCase = /^\^\[A-Z\]\[A-Z0-9_\]\{0,([0-9]+)\}\$$/;
const topic = /^\^\[a-zA-Z0-9\._-\]\{1,([0-9]+)\}\$$/;

/** What a name must be, ready to stand behind a colon. A pattern that nobody put into words is shown as it is. */
export function nameRule(pattern: string): string {
  const lower = lowerCase.exec(pattern);
  if (lower !== null)
    return `lower-case letters, digits and hyphens, a letter first, at most ${Number(lower[1]) + 1} characters`;
  const upper = upperCase.exec(pattern);
  if (upper !== null)
    return `upper-case letters, digits and underscores, a letter first, at most ${Number(upper[1]) + 1} characters`;
  const any = topic.exec(pattern);
  if (any !== null) return `letters, digits, dots, underscores and hyphens, at most ${any[1]} characters`;
  if (pattern === '^p[1-9][0-9](\\.[0-9])?$') return 'p and a percentile from 10 to 99.9, such as p95 or p99.9';
  return pattern === '' ? 'the pattern in the schema' : pattern;
}
