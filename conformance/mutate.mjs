// Ways to break a generated file on purpose; each answers a function that edits the tree and says whether it changed anything.
import { parseAllDocuments, stringify } from 'yaml';

/** Replaces the first match of `from` in the first file whose path matches and whose text has it. */
export const swap = (pattern, from, to) => (tree) => {
  for (const [path, text] of tree) {
    if (!pattern.test(path)) continue;
    const changed = text.replace(from, to);
    if (changed === text) continue;
    tree.set(path, changed);
    return true;
  }
  return false;
};

/** Appends text to the first file whose path matches. */
export const append = (pattern, extra) => (tree) => {
  for (const [path, text] of tree) {
    if (!pattern.test(path)) continue;
    tree.set(path, text + extra);
    return true;
  }
  return false;
};

/** Calls `edit` with the objects of the first YAML file whose path matches, until one call answers something but false. */
export const edit = (pattern, change) => (tree) => {
  for (const [path, text] of tree) {
    if (!pattern.test(path)) continue;
    const objects = parseAllDocuments(text, { logLevel: 'silent' }).map((document) => document.toJS());
    if (!objects.some((object) => object !== null && change(object, objects) !== false)) continue;
    tree.set(path, objects.map((object) => stringify(object)).join('---\n'));
    return true;
  }
  return false;
};

/** Does each of the mutations; all of them have to change something. */
export const every =
  (...mutations) =>
  (tree) =>
    mutations.every((mutation) => mutation(tree) !== false);
