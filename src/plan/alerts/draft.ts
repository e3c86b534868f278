// An alert as its builder states it, and the finished rule and proofs that follow from it.

import { duration } from '../promql/duration';
import { templateText } from '../promql/escape';
import type { AlertRulePlan, AlertSeverity, RuleTestPlan, RunbookStep } from '../types';
import type { AlertInput } from './input';
import { expandedText, type Message, templateOf } from './message';
import type { Sample } from './samples';

/** Series under which the alert fires (with these labels of the expression and this value as shown) or stays quiet. */
export interface ProofDraft {
  readonly name: string;
  readonly series: readonly Sample[];
  /** Minutes from the first sample to the question whether it fires. */
  readonly afterMinutes: number;
  readonly fires: { readonly labels: Readonly<Record<string, string>>; readonly shown: string } | null;
}

export interface AlertDraft {
  /** Kebab-case; the alert is named by it in PascalCase and the runbook's anchor is the same. */
  readonly name: string;
  readonly expr: string;
  /** Null: fires at once. */
  readonly forSeconds: number | null;
  readonly severity: AlertSeverity;
  /** Labels beside those that every alert has. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: Message;
  readonly description: Message;
  readonly meaning: string;
  readonly diagnosis: readonly RunbookStep[];
  readonly mitigation: readonly RunbookStep[];
  readonly proofs: readonly ProofDraft[];
}

/** `heap-nearly-full` → `HeapNearlyFull`. */
export const alertName = (name: string): string =>
  name
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

/** Nobody is woken for a background service: what would page makes a ticket. */
const severityFor = (input: AlertInput, severity: AlertSeverity): AlertSeverity =>
  input.tier === 'background' && severity === 'critical' ? 'warning' : severity;

const ownLabels = (input: AlertInput, draft: AlertDraft): Record<string, string> => ({
  severity: severityFor(input, draft.severity),
  team: input.owner,
  service: input.service,
  environment: input.environment,
  ...draft.labels,
});

const mapValues = (
  record: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Record<string, string> => Object.fromEntries(Object.entries(record).map(([key, text]) => [key, change(text)]));

export function finishRule(input: AlertInput, draft: AlertDraft): AlertRulePlan {
  return {
    alert: alertName(draft.name),
    expr: draft.expr,
    for: draft.forSeconds === null ? null : duration(draft.forSeconds),
    severity: severityFor(input, draft.severity),
    labels: mapValues(ownLabels(input, draft), templateText),
    summary: templateOf(draft.summary),
    description: templateOf(draft.description),
    runbookAnchor: draft.name,
    runbookUrl: templateText(`${input.runbookUrl}#${draft.name}`),
    dashboardUrl: templateText(input.dashboardUrl),
    meaning: draft.meaning,
    diagnosis: draft.diagnosis,
    mitigation: draft.mitigation,
  };
}

export function finishProofs(input: AlertInput, draft: AlertDraft): RuleTestPlan[] {
  const about = Object.values(draft.labels).join(' ');
  return draft.proofs.map(({ name, series, afterMinutes, fires }) => ({
    name: `${alertName(draft.name)}${about === '' ? '' : ` (${about})`}: ${name}`,
    alert: alertName(draft.name),
    fires: fires !== null,
    interval: '1m',
    evaluateAt: `${afterMinutes}m`,
    series,
    expected: fires === null ? [] : [expected(input, draft, fires)],
  }));
}

function expected(
  input: AlertInput,
  draft: AlertDraft,
  fires: NonNullable<ProofDraft['fires']>,
): RuleTestPlan['expected'][number] {
  // A template reads the labels of the expression, before the rule's own labels are put over them.
  const read = (parts: Message): string => expandedText(parts, fires.shown, fires.labels);
  return {
    labels: { ...fires.labels, ...ownLabels(input, draft) },
    annotations: {
      summary: read(draft.summary),
      description: read(draft.description),
      runbook_url: `${input.runbookUrl}#${draft.name}`,
      dashboard_url: input.dashboardUrl,
    },
  };
}
