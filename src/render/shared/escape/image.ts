// Turns a reference to an image into the text that FROM and `image:` take.

/** https://github.com/distribution/reference: repository, tag, and the digest where one is given. */
export function image(value: unknown): string {
  const { repository, tag, digest } = value as { repository?: unknown; tag?: unknown; digest?: unknown };
  const text = `${String(repository)}:${String(tag)}${digest === null ? '' : `@${String(digest)}`}`;
  if (!/^[a-z0-9][a-z0-9._/:-]*:[A-Za-z0-9_][A-Za-z0-9._-]*(?:@sha256:[0-9a-f]{64})?$/.test(text))
    throw new Error(`not a reference to an image: ${JSON.stringify(text)}`);
  return text;
}
