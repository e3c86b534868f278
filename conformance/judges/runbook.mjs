// The runbook against the alerts: the anchor of every runbook link is a heading of the runbook.
import { parse } from 'yaml';
import { edit, swap } from '../mutate.mjs';
import { rules } from '../rules.mjs';
import { matching } from '../tree.mjs';

const runbook = /(?:^|\/)(?:docs|platform)\/runbook\.md$/;

/** The anchor that GitHub gives to a heading. */
const anchorOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (text) =>
  new Set([
    ...[...text.matchAll(/^#+ +(.*)$/gm)].map(([, heading]) => anchorOf(heading)),
    ...[...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id),
  ]);

/** The longest end of a link's path that is a runbook of the tree: before it are a host, a repository and a branch. */
const runbookOf = (books, link) => {
  const parts = new URL(link).pathname.split('/');
  const paths = parts.map((_, index) => parts.slice(index).join('/'));
  return paths.find((path) => books.has(path));
};

const deadLinks = (file, text) => {
  const anchors = anchorsOf(text);
  return [...text.matchAll(/\]\(#([^)]+)\)/g)]
    .filter(([, anchor]) => !anchors.has(anchor))
    .map(([, anchor]) => ({ file, message: `link to #${anchor} leads nowhere` }));
};

const alertsOf = (text) =>
  parse(text)
    .groups.flatMap((group) => group.rules)
    .filter((rule) => rule.alert !== undefined);

export const judge = {
  name: 'runbook',
  about: 'every alert links to a heading of its runbook; links within the runbook lead somewhere',
  subjects: (tree) =>
    matching(tree, runbook).size > 0 ? new Map([...matching(tree, runbook), ...matching(tree, rules)]) : new Map(),
  examine: (tree) => {
    const books = new Map([...matching(tree, runbook)].map(([file, text]) => [file, anchorsOf(text)]));
    const findings = [...matching(tree, runbook)].flatMap(([file, text]) => deadLinks(file, text));
    for (const [file, text] of matching(tree, rules)) {
      for (const { alert, annotations } of alertsOf(text)) {
        const link = annotations?.runbook_url;
        const book = link === undefined ? undefined : runbookOf(books, link);
        if (book === undefined) findings.push({ file, message: `${alert}: ${link} is no runbook of the tree` });
        else if (!books.get(book).has(link.split('#')[1]))
          findings.push({ file, message: `${alert}: the anchor of ${link} is no heading of ${book}` });
      }
    }
    return findings;
  },
  mutants: [
    {
      name: 'alert without a chapter',
      mutate: edit(rules, ({ groups }) => {
        const alert = groups.flatMap((group) => group.rules).find((rule) => rule.alert !== undefined);
        alert.annotations.runbook_url = alert.annotations.runbook_url.replace(/#.*/, '#nothing');
      }),
      must: /#nothing is no heading/,
    },
    {
      name: 'alert with the runbook of nobody',
      mutate: edit(rules, ({ groups }) => {
        const alert = groups.flatMap((group) => group.rules).find((rule) => rule.alert !== undefined);
        alert.annotations.runbook_url = alert.annotations.runbook_url.replace('runbook.md', 'handbook.md');
      }),
      must: /handbook\.md\S* is no runbook/,
    },
    { name: 'link to nowhere', mutate: swap(runbook, /$/, '\n[x](#nowhere)\n'), must: /nowhere/ },
  ],
};
