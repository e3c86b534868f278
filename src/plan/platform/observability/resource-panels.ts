// Turns what the catalog measures on a backing instance into the panels of its dashboard.
import { measurePanels } from '../../alerts/measure-panels';
import { laidOut } from '../../alerts/panel-layout';
import type { PanelPlan } from '../../types';
import type { BackingInstancePlan } from '../../types/platform';

export interface MeasuredInstance {
  readonly name: string;
  readonly kind: string;
  readonly runs: BackingInstancePlan['runs'];
  /** The kind's own values of each use. */
  readonly values: readonly Readonly<Record<string, string>>[];
  /** Whether anything makes its metrics here. */
  readonly isExported: boolean;
}

/** One panel for each measure that is alerted on, each once however many services use the instance. */
export function resourcePanels({ name, kind, runs, values, isExported }: MeasuredInstance): PanelPlan[] {
  if (!isExported) return [];
  // A container alone is watched as what a cloud runs: what is watched with operators only is replication and archiving.
  const measured = runs === 'container' ? 'aws' : runs;
  const panels = values.flatMap((used) => measurePanels({ kind, instance: name, runs: measured, values: used }));
  const isFirst = (expr: string, index: number): boolean =>
    panels.findIndex(({ queries }) => queries[0]?.expr === expr) === index;
  const distinct = panels.filter(({ queries }, index) => isFirst(queries[0]?.expr ?? '', index));
  return laidOut([{ title: name, panels: distinct }]).flatMap((row) => row.panels);
}
