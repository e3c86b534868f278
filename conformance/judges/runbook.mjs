// The runbook against the alerts: the anchor of every runbook link is a heading of the runbook.
import { parse } from 'yaml';
import { edit, swap } from '../mutate.mjs';
import { matching } from '../tree.mjs';

const rules = /(?:^|\/)monitoring\/(?!.*test).*rules.*\.ya?ml$/;
const runbook = /(?:^|\/)docs\/runbook\.md$/;

/** The anchor that GitHub gives to a heading. */
const anchorOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const compare = (file, text, files) => {
  const anchors = new Set([...text.matchAll(/^#+ +(.*)$/gm)].map(([, heading]) => anchorOf(heading)));
  for (const [, id] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
  const findings = [];
  for (const [path, body] of files) {
    for (const { alert, annotations } of parse(body)
      .groups.flatMap((group) => group.rules)
      .filter((rule) => rule.alert !== undefined)) {
      const anchor = annotations?.runbook_url?.split('#')[1];
      if (anchor === undefined || !anchors.has(anchor))
        findings.push({ file: path, message: `${alert}: runbook anchor ${anchor} is no heading of ${file}` });
    }
  }
  for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g))
    if (!anchors.has(anchor)) findings.push({ file, message: `link to #${anchor} leads nowhere` });
  return findings;
};

export const judge = {
  name: 'runbook',
  about: 'every alert links to a heading of the runbook; links within the runbook lead somewhere',
  subjects: (tree) =>
    matching(tree, runbook).size > 0 ? new Map([...matching(tree, runbook), ...matching(tree, rules)]) : new Map(),
  examine: (tree) =>
    [...matching(tree, runbook)].flatMap(([file, text]) => {
      // The rules of the service whose runbook it is: each has its own folder.
      const own = file.replace(runbook, '');
      const beside = [...matching(tree, rules)].filter(([path]) => path.replace(/(?:^|\/)monitoring\/.*$/, '') === own);
      return compare(file, text, beside);
    }),
  mutants: [
    {
      name: 'alert without a chapter',
      mutate: edit(rules, ({ groups }) => {
        const alert = groups.flatMap((group) => group.rules).find((rule) => rule.alert !== undefined);
        alert.annotations.runbook_url = 'https://example.invalid/runbook.md#nothing';
      }),
      must: /nothing/,
    },
    { name: 'link to nowhere', mutate: swap(runbook, /$/, '\n[x](#nowhere)\n'), must: /nowhere/ },
  ],
};
