// Where rules of Prometheus and their tests lie: beside each other in monitoring/, in two folders below prometheus/ on a laptop.
import { posix } from 'node:path';
import { matching } from './tree.mjs';

/** Files of rules. */
export const rules = /(?:^|\/)monitoring\/(?!.*test).*rules.*\.ya?ml$|(?:^|\/)prometheus\/rules\/[^/]+\.ya?ml$/;

/** Files of tests of rules. */
export const tests = /(?:^|\/)monitoring\/.*rules.*test\.ya?ml$|(?:^|\/)prometheus\/tests\/[^/]+\.test\.ya?ml$/;

const laptop = /(?:^|\/)prometheus\/rules\//;

/** The tests of a file of rules: path → text. */
export const testsOf = (tree, file) => {
  const folder = posix.dirname(file);
  if (!laptop.test(file)) return matching(tree, tests, (path) => posix.dirname(path) === folder);
  const own = posix.join(posix.dirname(folder), 'tests', posix.basename(file).replace(/\.(ya?ml)$/, '.test.$1'));
  return matching(tree, tests, (path) => path === own);
};
