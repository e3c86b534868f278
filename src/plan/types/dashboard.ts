// The dashboard of a service in one environment: what is shown where, every query decided.

/** What the numbers of a panel are. */
export type PanelUnit = 'ratio' | 'seconds' | 'bytes' | 'requests-per-second' | 'cores' | 'count';

export interface PanelQuery {
  readonly expr: string;
  /** Legend; `{{label}}` is replaced by the dashboard with the label's value. */
  readonly legend: string;
}

/** A line or colour from a value on. */
export interface PanelThreshold {
  readonly value: number;
  readonly state: 'warning' | 'critical';
}

export interface PanelPlan {
  readonly title: string;
  readonly description: string;
  /** `timeseries` draws a line per series, `stat` shows the newest value. */
  readonly kind: 'timeseries' | 'stat';
  readonly unit: PanelUnit;
  readonly queries: readonly PanelQuery[];
  /** Ascending; empty for a panel without a limit. */
  readonly thresholds: readonly PanelThreshold[];
  /** True where low is bad: the states hold below the values. */
  readonly lowIsBad: boolean;
  /** Place in the grid of 24 columns. */
  readonly position: { readonly column: number; readonly row: number; readonly width: number; readonly height: number };
}

export interface DashboardRowPlan {
  readonly title: string;
  /** Row of the grid of its title. */
  readonly row: number;
  readonly panels: readonly PanelPlan[];
}

export interface DashboardPlan {
  /** Unique in the Grafana instance, 8 to 40 characters. */
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly rows: readonly DashboardRowPlan[];
}
