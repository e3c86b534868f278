// Turns what the catalog measures on a resource into panels, with the bound that alerts.
import { kinds } from '../../catalog';
import type { BackingAlert } from '../../catalog/backing-alert';
import { aggregate, equals } from '../promql/expression';
import { signalExpression } from '../promql/signal';
import { alertName } from './draft';
import type { BackingInput } from './input';
import { critical, type Panel, panel, warning } from './panel-layout';

/** A resource, and one use of it. */
type Measured = Pick<BackingInput, 'kind' | 'instance' | 'runs' | 'values'>;

/** What is measured there: an absence has nothing to draw. */
const drawn = ({ kind, runs, values }: Measured): readonly BackingAlert[] =>
  (kinds[kind]?.alerts ?? []).filter(
    (alert) => alert.signal.of !== 'absence' && alert.runs.includes(runs) && alert.appliesTo(values),
  );

/** One panel for each measure of the catalog, with the bound that alerts. */
export function measurePanels(binding: Measured): Panel[] {
  const fill = (text: string): string =>
    text.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => binding.values[name] ?? '');
  return drawn(binding).map((alert) =>
    panel({
      title: alertName(alert.name),
      description: alert.meaning,
      unit: alert.shows === 'percentage' ? 'ratio' : alert.shows === 'duration' ? 'seconds' : 'count',
      queries: [
        {
          expr: aggregate(
            alert.bound.is === 'above' ? 'max' : 'min',
            signalExpression(alert.signal, [equals('service', binding.instance)], fill),
            alert.per,
          ),
          legend: alert.per.map((name) => `{{${name}}}`).join(' ') || binding.instance,
        },
      ],
      thresholds:
        alert.bound.is === 'equal'
          ? []
          : [alert.severity === 'critical' ? critical(alert.bound.value) : warning(alert.bound.value)],
      lowIsBad: alert.bound.is === 'below',
    }),
  );
}
