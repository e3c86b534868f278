// Names this package as npm wants it named in a service's package.json.
import { isAbsolute } from 'node:path';

export const ownName = '@daorsagro/groundwork';

/** `projen new --from ./x.tgz` hands over the bare path, with which npm stops (EINVALIDPACKAGENAME). */
export function ownSpec(spec: string): string {
  const isLocal = spec.startsWith('file:') || spec.startsWith('.') || isAbsolute(spec) || spec.endsWith('.tgz');
  return isLocal ? `${ownName}@file:${spec.replace(/^file:/, '')}` : spec;
}
