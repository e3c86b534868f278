// Lets a path through that stands unquoted in a Dockerfile, an ignore file or a shell command.

/** Nothing that a shell, a glob or the words of an instruction would read otherwise, and no option: a name may begin with `-` only below a folder. */
export function path(text: string): string {
  if (!/^(?!-)[A-Za-z0-9._@/-]+$/.test(text)) throw new Error(`not a plain path: ${JSON.stringify(text)}`);
  return text;
}

/** A pattern that matches the path or nothing: COPY fails on a path that does not exist, and not on such a pattern. */
export function optionalPath(text: string): string {
  const plain = path(text);
  return `${plain.slice(0, -1)}[${plain.slice(-1)}]`;
}
