// Turns a panel of the plan into Grafana's panel of the same kind.
import type { DashboardRowPlan, PanelPlan, PanelUnit } from '../../../plan/types';

/** Name of the dashboard's variable that says which Prometheus is asked. */
export const source = 'datasource';
const datasource = { type: 'prometheus', uid: `\${${source}}` };

/** https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
const units: Readonly<Record<PanelUnit, string>> = {
  ratio: 'percentunit',
  seconds: 's',
  bytes: 'bytes',
  'requests-per-second': 'reqps',
  cores: 'none',
  count: 'short',
};

const colours = { fine: 'green', warning: 'orange', critical: 'red' } as const;

export const rowOf = ({ title, row }: DashboardRowPlan, id: number): object => ({
  id,
  type: 'row',
  title,
  collapsed: false,
  gridPos: { x: 0, y: row, w: 24, h: 1 },
  panels: [],
});

export function panelOf(panel: PanelPlan, id: number): object {
  const { column, row, width, height } = panel.position;
  return {
    id,
    type: panel.kind,
    title: panel.title,
    description: panel.description,
    datasource,
    gridPos: { x: column, y: row, w: width, h: height },
    targets: panel.queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource,
      expr,
      legendFormat: legend,
    })),
    fieldConfig: {
      defaults: {
        unit: units[panel.unit],
        color: { mode: panel.kind === 'stat' ? 'thresholds' : 'palette-classic' },
        thresholds: { mode: 'absolute', steps: steps(panel) },
        custom:
          panel.kind === 'timeseries'
            ? { thresholdsStyle: { mode: panel.thresholds.length > 0 ? 'dashed' : 'off' } }
            : undefined,
      },
      overrides: [],
    },
    options: panel.kind === 'stat' ? statOptions : timeseriesOptions,
  };
}

const statOptions = {
  colorMode: 'value',
  graphMode: 'area',
  justifyMode: 'auto',
  orientation: 'auto',
  reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
  textMode: 'auto',
};

const timeseriesOptions = {
  legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
  tooltip: { mode: 'multi', sort: 'desc' },
};

/** A step holds from its value on; the first one holds below all others. */
function steps({ thresholds, lowIsBad }: PanelPlan): object[] {
  if (!lowIsBad)
    return [
      { value: null, color: colours.fine },
      ...thresholds.map(({ value, state }) => ({ value, color: colours[state] })),
    ];
  const states = [...thresholds.map(({ state }) => colours[state]), colours.fine];
  return states.map((color, index) => ({ value: thresholds[index - 1]?.value ?? null, color }));
}
