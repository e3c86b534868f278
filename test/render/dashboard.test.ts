import { describe, expect, it } from 'vitest';
import { renderDashboard } from '../../src/render/dashboard';
import { monitoringPlan } from './monitoring-plan';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { x: number; y: number; w: number; h: number };
  readonly targets?: { refId: string; expr: string }[];
  readonly fieldConfig?: {
    defaults: { unit: string; thresholds: { steps: { value: number | null; color: string }[] } };
  };
}

const files = renderDashboard(monitoringPlan());
const dashboard: { uid: string; title: string; panels: Panel[] } = JSON.parse(files[1]?.body ?? '{}');
const panel = (title: string): Panel | undefined => dashboard.panels.find((found) => found.title === title);

describe('the dashboard', () => {
  it('is made for each Kubernetes environment, with an id that links can rely on', () => {
    expect(files.map(({ path }) => path)).toEqual([
      'monitoring/staging/dashboard.json',
      'monitoring/production/dashboard.json',
    ]);
    expect(dashboard).toMatchObject({ uid: 'financial-service-production', title: 'financial-service (production)' });
  });

  it('shows golden signals, objectives, saturation and needs', () => {
    expect(dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      'Requests',
      'Objectives',
      'Declared alerts',
      'Saturation: financial-service',
      'Saturation: financial-service-ledger',
      'Needs: postgres',
      'Needs: redis',
      'Needs: mongodb',
      'Needs: kafka',
      'Needs: clickhouse',
      'Needs: elasticsearch',
    ]);
  });

  it('has panels with their own id and place, each with a query', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const [index, { gridPos: a }] of panels.entries()) {
      expect(a.x + a.w).toBeLessThanOrEqual(24);
      for (const { gridPos: b } of panels.slice(index + 1)) {
        expect(a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h).toBe(false);
      }
    }
    for (const { type, targets } of panels) expect(type === 'row' || (targets?.length ?? 0) > 0).toBe(true);
    expect(panel('Latency')?.targets?.map(({ refId }) => refId)).toEqual(['A', 'B', 'C']);
  });

  it('colours below a bound where low is bad, and above it elsewhere', () => {
    expect(panel('availability: budget left')?.fieldConfig?.defaults.thresholds.steps).toEqual([
      { value: null, color: 'red' },
      { value: 0, color: 'orange' },
      { value: 0.25, color: 'green' },
    ]);
    expect(panel('Heap')?.fieldConfig?.defaults).toMatchObject({
      unit: 'bytes',
      thresholds: {
        steps: [
          { value: null, color: 'green' },
          { value: 684510412.8, color: 'orange' },
          { value: 805306368, color: 'red' },
        ],
      },
    });
  });

  it('draws the promise where the alert asks it', () => {
    expect(panel('Latency')?.fieldConfig?.defaults.thresholds.steps.at(-1)).toEqual({ value: 0.2, color: 'orange' });
    expect(panel('availability: burn rate')?.fieldConfig?.defaults.thresholds.steps.map(({ value }) => value)).toEqual([
      null,
      1,
      6,
    ]);
  });
});
