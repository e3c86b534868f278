// The runbook against the alerts: the anchor of every runbook link is a heading of the runbook.
import { parse } from 'yaml';
import { edit, swap } from '../mutate.mjs';
import { matching } from '../tree.mjs';

const rules = /^monitoring\/(?!.*test).*rules.*\.ya?ml$/;
const runbook = /^docs\/runbook\.md$/;

/** The anchor that GitHub gives to a heading. */
const anchorOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

export const judge = {
  name: 'runbook',
  about: 'every alert links to a heading of the runbook; links within the runbook lead somewhere',
  subjects: (tree) =>
    matching(tree, runbook).size > 0 ? new Map([...matching(tree, runbook), ...matching(tree, rules)]) : new Map(),
  examine: (tree) => {
    const [[file, text]] = matching(tree, runbook);
    const anchors = new Set([...text.matchAll(/^#+ +(.*)$/gm)].map(([, heading]) => anchorOf(heading)));
    const explicit = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id);
    for (const id of explicit) anchors.add(id);
    const findings = [];
    for (const [path, body] of matching(tree, rules)) {
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
  },
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
