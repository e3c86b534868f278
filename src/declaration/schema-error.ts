// The errors of the compiled validators, in the form that ajv gives them.

export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  /** The offending key, where a rule about keys refused. */
  readonly propertyName?: string;
}

/** `/needs/a~1b/0` → ["needs", "a/b", 0]: RFC 6901. */
export function pathOfPointer(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^(?:0|[1-9][0-9]*)$/.test(part) ? Number(part) : part));
}
