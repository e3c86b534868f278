// Tells whether a plain value looks like a secret.

const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'is a private key'],
  [/^AKIA[0-9A-Z]{16}$|^ASIA[0-9A-Z]{16}$/, 'is an AWS access key'],
  [/^gh[pousr]_[A-Za-z0-9]{36,}$/, 'is a GitHub token'],
  [/^xox[abprs]-[A-Za-z0-9-]{10,}$/, 'is a Slack token'],
  [/^sk_(?:live|test)_[A-Za-z0-9]{16,}$/, 'is a Stripe key'],
  [/^eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*$/, 'is a JSON Web Token'],
  [/^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/i, 'is a URL with a password in it'],
];

const secretName = /(?:^|_)(?:SECRET|PASSWORD|PASSWD|PASS|TOKEN|PRIVATE_KEY|API_KEY|ACCESS_KEY|CREDENTIALS?)$/;
const placeholder = /^(?:|changeme|change_me|replace_.*|todo|xxx+|your[-_].*)$/i;

/** Why the value looks like a secret, or null. A name such as TOKEN_TTL with a number is none. */
export function looksLikeSecret(name: string, value: string): string | null {
  for (const [shape, why] of shapes) if (shape.test(value)) return why;
  if (!secretName.test(name)) return null;
  if (placeholder.test(value)) return 'is a placeholder for a secret, by the name of the variable';
  return 'is a secret, by the name of the variable';
}
