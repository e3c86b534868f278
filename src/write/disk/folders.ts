// The two folders that a service's files go to.
import { dirname } from 'node:path';

export interface Folders {
  /** Absolute; the declaration's folder, or that of `--out`. */
  readonly service: string;
  /** Absolute; the same for a service with a repository of its own. */
  readonly repository: string;
}

/**
 * Where files of the repository go, for a service in `serviceFolder` whose plan says `folder` (`.` or a workspace such as
 * `backend/api`); null when the service's folder is not that workspace.
 */
export function repositoryFolder(serviceFolder: string, folder: string): string | null {
  let at = serviceFolder;
  for (const name of folder.split('/').reverse()) {
    if (name === '.' || name === '') continue;
    if (!at.replaceAll('\\', '/').endsWith(`/${name}`)) return null;
    at = dirname(at);
  }
  return at;
}
