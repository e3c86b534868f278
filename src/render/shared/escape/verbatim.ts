// Marks text that a template made, or that is a file of the templates itself, so that another template may hold it as it is.

export interface Verbatim {
  readonly verbatim: string;
}

/** Only what says so: a value from a declaration is a plain string and is refused. */
export function verbatim(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'verbatim' in value && typeof value.verbatim === 'string')
    return value.verbatim;
  throw new Error(`not made by a template: ${JSON.stringify(value)}`);
}
