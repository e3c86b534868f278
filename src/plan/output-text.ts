// Turns an output's template into text parts: `{host}`, `{password|url}` and so on, for one use.
import type { LiteralPart, SecretPart } from '../catalog/facts';
import type { Use } from './bindings';

type Part = LiteralPart | SecretPart;

/** `SecretSource.id` of a host that only the secret store knows: of the pooler, or of the server behind it. */
export const hostSecretOf = ({ instance, direct }: Use): string => `${instance}-${direct ? 'server-host' : 'host'}`;

function placeholder(name: string, encoding: 'none' | 'url', use: Use): Part {
  const literal = (text: string): LiteralPart => ({ kind: 'literal', text });
  if (name === 'password') return { kind: 'secret', secret: use.passwordSecret, encoding };
  if (name === 'secretUser') return { kind: 'secret', secret: `${use.instance}-user`, encoding };
  if (name === 'host')
    return use.hostSecret ? { kind: 'secret', secret: hostSecretOf(use), encoding: 'none' } : literal(use.host);
  if (name === 'port') return literal(String(use.port));
  if (name === 'pool') return literal(String(use.pool ?? ''));
  const value = use.values[name];
  if (value === undefined) throw new Error(`BUG: the kind ${use.kind.kind} has no value for {${name}}`);
  return literal(encoding === 'url' ? encodeURIComponent(value) : value);
}

/** The parts, with neighbouring literals joined. */
export function outputText(template: string, use: Use): Part[] {
  const parts: Part[] = [];
  const push = (part: Part): void => {
    const last = parts.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      parts[parts.length - 1] = { kind: 'literal', text: last.text + part.text };
    else parts.push(part);
  };
  for (const piece of template.split(/(\{[A-Za-z]+(?:\|url)?\})/)) {
    const found = /^\{([A-Za-z]+)(\|url)?\}$/.exec(piece);
    if (found === null) {
      if (piece !== '') push({ kind: 'literal', text: piece });
    } else {
      push(placeholder(found[1] ?? '', found[2] === undefined ? 'none' : 'url', use));
    }
  }
  return parts;
}
