// Finds waivers inside generated files and compares them with the one list of allowed ones, in both directions.
import { readFile } from 'node:fs/promises';

/** How each tool is told, inside a file, not to say something. The first group is the check, or a list of checks. */
const spellings = [
  { judge: 'kube-score', pattern: /kube-score\/ignore: *["']?([\w,-]+)/g },
  { judge: 'checkov', pattern: /checkov\.io\/skip\d+: *["']?(CKV\w+)/g },
  { judge: 'checkov', pattern: /checkov:skip=(\w+)/g },
  { judge: 'hadolint', pattern: /hadolint +(?:global +)?ignore=([\w,]+)/g },
  { judge: 'shellcheck', pattern: /shellcheck +disable=([\w,]+)/g },
  { judge: 'zizmor', pattern: /zizmor: *ignore\[([\w,-]+)\]/g },
  { judge: 'yamllint', pattern: /yamllint +disable(?:-line|-file)?(?: +rule:(\S+))?/g },
  { judge: 'trivy', pattern: /trivy:ignore:(\S+)/g },
  { judge: 'polaris', pattern: /polaris\.fairwinds\.com\/(\w+)-exempt/g },
  { judge: 'kube-linter', pattern: /ignore-check\.kube-linter\.io\/([\w-]+)/g },
  { judge: 'tsc', pattern: /@ts-(ignore|nocheck|expect-error)/g },
];

/** Every waiver of a tree: `{ judge, check, file }`. */
export const waiversIn = (tree) => {
  const found = [];
  for (const [file, text] of tree) {
    for (const { judge, pattern } of spellings) {
      for (const [, checks] of text.matchAll(pattern))
        for (const check of (checks ?? 'everything').split(',')) found.push({ judge, check, file });
    }
  }
  return found;
};

/** Findings: a waiver that is not listed, a listed one that nobody uses, an entry that does not say what contradicts what. */
export const judgeWaivers = async (trees) => {
  const list = JSON.parse(await readFile(new URL('waivers.json', import.meta.url), 'utf8'));
  const used = trees.flatMap(({ example, tree }) =>
    waiversIn(tree).map((waiver) => ({ ...waiver, file: `${example}/${waiver.file}` })),
  );
  const same = (a, b) => a.judge === b.judge && a.check === b.check;
  return [
    ...used
      .filter((waiver) => !list.some((entry) => same(entry, waiver)))
      .map(({ judge, check, file }) => ({ file, message: `waiver of ${judge} ${check} is not in waivers.json` })),
    ...list
      .filter((entry) => !used.some((waiver) => same(entry, waiver)))
      .map(({ judge, check }) => ({
        file: 'waivers.json',
        message: `waiver of ${judge} ${check} is not used any more`,
      })),
    ...list
      .filter((entry) => !entry.reason || !entry.contradicts)
      .map(({ judge, check }) => ({
        file: 'waivers.json',
        message: `waiver of ${judge} ${check} needs a reason and the judge that contradicts`,
      })),
  ];
};
