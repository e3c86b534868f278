// Turns text with secret parts into a Go template that External Secrets fills in.
import type { SecretText } from '../../../plan/types';

/** How a template reaches the value of a secret: an expression such as `.postgres_password`. */
export type Reference = (secret: string) => string;

/** The whole text as a template. */
export function secretTemplate(text: SecretText, reference: Reference): string {
  const { written, pending } = text.reduce(
    (state, part) =>
      part.kind === 'literal'
        ? { written: state.written, pending: state.pending + part.text }
        : {
            written: `${state.written}${inert(state.pending)}{{ ${reference(part.secret)}${encodings[part.encoding]} }}`,
            pending: '',
          },
    { written: '', pending: '' },
  );
  return written + inert(pending);
}

/** The text, or nothing at all while one of its secrets is empty: for a variable that may be missing. */
export function optionalTemplate(text: SecretText, reference: Reference): string {
  const secrets = text.flatMap((part) => (part.kind === 'secret' ? [part.secret] : []));
  return [...new Set(secrets)].reduceRight(
    (inner, secret) => `{{ if ${reference(secret)} }}${inner}{{ end }}`,
    secretTemplate(text, reference),
  );
}

/**
 * urlquery writes a space as `+`, which is a plus sign in the user-information part of a URL; a plus sign it writes as
 * `%2B`, so every `+` in its output was a space. https://pkg.go.dev/net/url#QueryEscape
 */
const encodings = { none: '', url: ' | urlquery | replace "+" "%20"' };

/**
 * Text without any meaning to a template: a run of braces that opens an action, or could open one together with what
 * follows, is printed by an action of its own.
 */
function inert(text: string): string {
  return text.replace(/\{{2,}|\{$/g, (braces) => `{{ "${braces}" }}`);
}
