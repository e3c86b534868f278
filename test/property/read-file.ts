// Parses a generated file once, for its structure and for what tools would fill in. Code that was read before is not parsed again.
import { type Data, isYaml } from '../support/generated';
import { interpolationsOf } from './interpolations';
import { readYaml } from './read-yaml';
import { shapeOf, shapeOfData } from './shape';

export interface ReadFile {
  /** What hostile text must leave as it is. */
  readonly structure: () => unknown;
}

/** Scripts are long, and the same for many services. Emptied now and then, since a run sees gigabytes. */
const seen = new Map<string, ReadFile>();
const most = 500;

/** Throws when the file does not parse in its language. */
export function readFile(path: string, body: string): ReadFile {
  if (isYaml(path)) {
    const documents: Data[] = readYaml(body);
    return { structure: () => [shapeOfData(documents), interpolationsOf(path, documents)] };
  }
  const key = `${path}\n${body}`;
  const known = seen.get(key);
  if (known !== undefined) return known;
  const shape = shapeOf(path, body);
  const read = { structure: () => shape };
  if (seen.size >= most) seen.clear();
  seen.set(key, read);
  return read;
}
