// Reads a folder into a map of path and text, and writes such a map into a scratch folder for a tool that wants files.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Every file below `folder`: POSIX path → text, sorted by path. */
export const readTree = async (folder) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
  const tree = new Map();
  for (const path of paths.sort()) tree.set(path, await readFile(join(folder, path), 'utf8'));
  return tree;
};

/** Writes the tree into a new folder below the system's temporary folder, calls `use(folder)`, and removes it. */
export const withFolder = async (tree, use) => {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-conformance-'));
  try {
    for (const [path, text] of tree) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The part of a tree whose paths match, and for which `also` holds. */
export const matching = (tree, pattern, also = () => true) =>
  new Map([...tree].filter(([path]) => pattern.test(path) && also(path)));

/** The first path of each content: the same bytes need to be judged once. */
export const different = (tree) => {
  const first = new Map();
  for (const [path, text] of tree) if (!first.has(text)) first.set(text, path);
  return [...first.values()];
};
