import { describe, expect, it } from 'vitest';
import { renderRunbook } from '../../src/render/runbook';
import { codeLine } from '../../src/render/shared/escape/code-line';
import { markdown } from '../../src/render/shared/escape/markdown';
import { monitoringPlan } from './monitoring-plan';

const plan = monitoringPlan();
const [runbook] = renderRunbook(plan);
const text = runbook?.body ?? '';

/** The anchor that GitHub gives to a heading. */
const anchors = (body: string): string[] =>
  [...body.matchAll(/^## (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the runbook', () => {
  it('says what a disaster may cost, and how each resource keeps it', () => {
    const recovery = { rpoSeconds: 900, rtoSeconds: 1800 };
    const binding = {
      key: 'ledger',
      kind: 'postgres',
      recoveryMethod: 'a | b',
      recoveryPointSeconds: 300,
      restoreSeconds: 403,
      dataSizeGiB: 10,
    };
    const environments = plan.environments.map((environment) => ({ ...environment, recovery, bindings: [binding] }));
    const [promised] = renderRunbook({ ...plan, environments } as unknown as typeof plan);
    expect(promised?.body).toContain('## Recovery');
    expect(promised?.body).toMatch(
      /\| production \| 15 min \| 30 min \| ledger .*postgres.* \| a \\\| b \| 5 min \| 403 s for 10 GiB \|/,
    );
    expect(text).not.toContain('## Recovery');
  });

  it('has one section for each alert, at the anchor that the alert links to', () => {
    expect(runbook).toMatchObject({ at: 'service', path: 'docs/runbook.md', comment: 'html' });
    const linked = plan.environments.flatMap(({ monitoring }) =>
      monitoring.groups.flatMap(({ alerts }) => alerts.map(({ runbookUrl }) => runbookUrl.split('#')[1])),
    );
    expect(anchors(text)).toEqual([...new Set(linked)]);
  });

  it('gives commands that can be pasted, once for each workload', () => {
    expect(text).toContain('kubectl argo rollouts undo financial-service --namespace daorsagro\n');
    expect(text).toContain('kubectl --namespace daorsagro rollout undo deployment/financial-service-ledger\n');
    const section = text.slice(text.indexOf('## Pod crash loops'), text.indexOf('## Container restarts'));
    expect(section.match(/The log of the container before its last restart\./g)).toHaveLength(1);
    expect(section.match(/logs --selector .* --previous/g)).toHaveLength(2);
  });

  it('names each environment with its cluster', () => {
    expect(text).toContain(
      '| production | cluster-production | daorsagro | <https://grafana.daorsagro.com/d/financial-service-production> |',
    );
  });

  it('is not made where nothing alerts', () => {
    expect(renderRunbook({ ...plan, environments: plan.environments.slice(0, 1) })).toEqual([]);
  });

  it('keeps its sections whatever the free text says', () => {
    const hostile = '## Owned\n\n```sh\nrm -rf /\n```\n<script>alert(1)</script> [x](javascript:y) | a |';
    const [changed] = renderRunbook(monitoringPlan({ owner: hostile }));
    expect(anchors(changed?.body ?? '')).toEqual(anchors(text));
    expect(changed?.body).not.toContain('<script>');
    expect(changed?.body.match(/^```/gm) ?? []).toEqual(text.match(/^```/gm));
  });
});

describe('Markdown', () => {
  it('shows text as it is', () => {
    expect(markdown('payment_failures_total is *bad* & <b>')).toBe(
      'payment_failures_total is \\*bad\\* &amp; &lt;b&gt;',
    );
    expect(markdown('# one\n# two')).toBe('\\# one # two');
    expect(markdown('1. x')).toBe('1\\. x');
    expect(markdown('_a_ `b` [c](d) | ~e~ \\')).toBe('\\_a\\_ \\`b\\` \\[c\\](d) \\| \\~e\\~ \\\\');
  });

  it('takes only a single line as code', () => {
    expect(codeLine('up == 0')).toBe('up == 0');
    expect(() => codeLine('a\nb')).toThrow('no single line');
    expect(() => codeLine('```')).toThrow('no single line');
  });
});
