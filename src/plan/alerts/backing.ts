// Turns what the catalog says of a resource's health into alerts of the service that needs it.

import { kinds } from '../../catalog';
import type { BackingAlert, ProofSeries, SampleSelector, Signal } from '../../catalog/backing-alert';
import { aggregate, binary, equals } from '../promql/expression';
import { type FillValue, signalExpression } from '../promql/signal';
import type { AlertDraft } from './draft';
import type { AlertInput, BackingInput } from './input';
import { fromPlaceholders, type Message } from './message';
import { query, say } from './runbook-steps';
import { linearSeries, type Sample } from './samples';

const operators = { above: '>', below: '<', equal: '==' } as const;

export function backingAlerts(input: AlertInput): AlertDraft[] {
  const seen = new Set<string>();
  return input.bindings.flatMap((binding) =>
    (kinds[binding.kind]?.alerts ?? [])
      .filter((alert) => alert.runs.includes(binding.runs) && alert.appliesTo(binding.values))
      .map((alert) => backingAlert(alert, binding))
      .filter((draft) => {
        // Two needs on one resource must not make one alert twice.
        const key = `${draft.name} ${draft.expr}`;
        const isNew = !seen.has(key);
        seen.add(key);
        return isNew;
      }),
  );
}

/** The exporter's target names the resource by this label. */
const scopeLabel = 'service';

function backingAlert(alert: BackingAlert, binding: BackingInput): AlertDraft {
  const fill: FillValue = (text) => text.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => binding.values[name] ?? '');
  const read = (text: string): Message => fromPlaceholders(text, alert.shows, { resource: binding.instance });
  const signal = signalExpression(alert.signal, [equals(scopeLabel, binding.instance)], fill);
  const worst = aggregate(alert.bound.is === 'above' ? 'max' : 'min', signal, alert.per);
  return {
    name: alert.name,
    expr: binary(worst, operators[alert.bound.is], String(alert.bound.value)),
    forSeconds: alert.forSeconds,
    severity: alert.severity,
    labels: { resource: binding.instance },
    summary: read(alert.summary),
    description: read(alert.description),
    meaning: alert.meaning,
    diagnosis: [query('The number behind it.', signal), ...alert.diagnosis.map(say)],
    mitigation: alert.mitigation.map(say),
    proofs: proofs(alert, binding, fill),
  };
}

/** Windows of counters, and some more, so that the whole window holds samples. */
const minutesFor = (alert: BackingAlert): number =>
  Math.ceil(alert.forSeconds / 60) + Math.ceil(longestWindow(alert.signal) / 60) + 5;

function longestWindow(signal: Signal): number {
  switch (signal.of) {
    case 'increase':
      return signal.windowSeconds;
    case 'share':
      return Math.max(longestWindow(signal.part), longestWindow(signal.whole));
    case 'sum':
    case 'difference':
      return Math.max(longestWindow(signal.left), longestWindow(signal.right));
    case 'total':
    case 'largest':
    case 'smallest':
    case 'divided':
      return longestWindow(signal.signal);
    default:
      return 0;
  }
}

function proofs(alert: BackingAlert, binding: BackingInput, fill: FillValue): AlertDraft['proofs'] {
  const minutes = minutesFor(alert);
  const target = { [scopeLabel]: binding.instance, instance: `${binding.instance}-exporter:9100` };
  const labelsOf = (sample: SampleSelector): Record<string, string> => ({
    ...target,
    ...Object.fromEntries(Object.entries(sample.labels).map(([name, text]) => [name, fill(text)])),
  });
  const series = (samples: readonly ProofSeries[]): Sample[] =>
    samples.map((sample) => linearSeries(sample.metric, labelsOf(sample), sample.start, sample.perMinute, minutes));
  const first = alert.proof.fires[0];
  const found: Record<string, string> = first === undefined ? {} : labelsOf(first);
  const labels = Object.fromEntries(alert.per.map((name) => [name, found[name] ?? '']));
  const bound = `${alert.bound.is} ${alert.bound.value}`;
  return [
    {
      name: `fires when its measure is ${bound}`,
      series: series(alert.proof.fires),
      afterMinutes: minutes,
      fires: { labels, shown: alert.proof.shown },
    },
    {
      name: `stays quiet unless its measure is ${bound}`,
      series: series(alert.proof.quiet),
      afterMinutes: minutes,
      fires: null,
    },
  ];
}
