// Places the panels of a dashboard on its grid, topic by topic.
import type { DashboardRowPlan, PanelPlan, PanelQuery, PanelThreshold, PanelUnit } from '../types';

/** A panel that has no place yet. */
export type Panel = Omit<PanelPlan, 'position'>;

const gridColumns = 24;
const panelHeight = 8;
const panelWidth = 8;

interface Line {
  readonly title: string;
  readonly description: string;
  readonly unit: PanelUnit;
  readonly queries: readonly PanelQuery[];
  readonly thresholds?: readonly PanelThreshold[];
  readonly lowIsBad?: boolean;
  readonly kind?: PanelPlan['kind'];
}

export const panel = ({ thresholds = [], lowIsBad = false, kind = 'timeseries', ...line }: Line): Panel => ({
  ...line,
  kind,
  thresholds,
  lowIsBad,
});
export const warning = (value: number): PanelThreshold => ({ value, state: 'warning' });
export const critical = (value: number): PanelThreshold => ({ value, state: 'critical' });

/** Panels under one title. */
export interface Topic {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Three panels a line, below the title of their topic; a topic without panels is left out. */
export function laidOut(all: readonly Topic[]): DashboardRowPlan[] {
  const topics = all.filter(({ panels }) => panels.length > 0);
  let row = 0;
  const perLine = gridColumns / panelWidth;
  return topics.map(({ title, panels }) => {
    const first = row + 1;
    const placed = panels.map((item, index) => ({
      ...item,
      position: {
        column: (index % perLine) * panelWidth,
        row: first + Math.floor(index / perLine) * panelHeight,
        width: panelWidth,
        height: panelHeight,
      },
    }));
    const titleRow = row;
    row = first + Math.ceil(panels.length / perLine) * panelHeight;
    return { title, row: titleRow, panels: placed };
  });
}
