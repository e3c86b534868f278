import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertInput, planAlerts } from '../../../src/plan/alerts';
import { histogramBuckets } from '../../../src/plan/alerts/buckets';
import { exampleInput } from './example-input';

const promising = (objectives: Partial<AlertInput['objectives']>, change: Partial<AlertInput> = {}): AlertInput => ({
  ...exampleInput,
  workloads: [],
  jobs: [],
  migration: null,
  certificate: null,
  bindings: [],
  business: [],
  objectives: { availability: null, latency: [], throughputPerSecond: null, periodDays: 30, ...objectives },
  ...change,
});

const rule = (input: AlertInput, alert: string) =>
  planAlerts(input)
    .groups.flatMap(({ alerts }) => alerts)
    .find((found) => found.alert === alert);

describe('burn rates', () => {
  it('are those of the SRE workbook, spelled exactly', () => {
    const [objective] = planAlerts(promising({ availability: '99.9%' })).objectives;
    expect(objective).toMatchObject({ objectiveText: '0.999', budgetText: '0.001', objectiveRatio: 0.999 });
    expect(
      objective?.burnRates.map(({ severity, longWindow, shortWindow, factorText, thresholdText }) => [
        severity,
        longWindow,
        shortWindow,
        factorText,
        thresholdText,
      ]),
    ).toEqual([
      ['critical', '1h', '5m', '14.4', '0.0144'],
      ['critical', '6h', '30m', '6', '0.006'],
      ['warning', '1d', '2h', '3', '0.003'],
      ['warning', '3d', '6h', '1', '0.001'],
    ]);
  });

  it('change with the period', () => {
    const factors = (periodDays: number) =>
      planAlerts(promising({ availability: '99%', periodDays })).objectives[0]?.burnRates.map(
        ({ factorText }) => factorText,
      );
    expect(factors(28)).toEqual(['13.44', '5.6', '2.8', '0.933333333333']);
    expect(factors(90)).toEqual(['43.2', '18', '9', '3']);
  });

  it('ask both windows and enough requests', () => {
    expect(rule(promising({ availability: '99.9%' }), 'AvailabilityBudgetBurnsFast')?.expr).toBe(
      '(slo:sli_error:ratio_rate1h{environment="production",service="financial-service",slo="availability"} > (14.4 * 0.001)' +
        ' and slo:sli_error:ratio_rate5m{environment="production",service="financial-service",slo="availability"} > (14.4 * 0.001)' +
        ' and slo:sli_total:increase1h{environment="production",service="financial-service",slo="availability"} >= 70)' +
        ' or (slo:sli_error:ratio_rate6h{environment="production",service="financial-service",slo="availability"} > (6 * 0.001)' +
        ' and slo:sli_error:ratio_rate30m{environment="production",service="financial-service",slo="availability"} > (6 * 0.001)' +
        ' and slo:sli_total:increase6h{environment="production",service="financial-service",slo="availability"} >= 167)',
    );
  });

  it('record every window that they ask, and no series without traffic', () => {
    const recorded = planAlerts(promising({ availability: '99.9%' })).groups.flatMap(({ recording }) => recording);
    expect(recorded.map(({ record }) => record)).toEqual(
      expect.arrayContaining(
        ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'].map((window) => `slo:sli_error:ratio_rate${window}`),
      ),
    );
    expect(recorded.find(({ record }) => record === 'slo:sli_error:ratio_rate5m')?.expr).toBe(
      '(sum(rate(http_request_duration_seconds_count{job="financial-service",namespace="daorsagro",route!~"/live|/ready|/metrics",status_code=~"5.."}[5m]))' +
        ' or 0 * sum(rate(http_request_duration_seconds_count{job="financial-service",namespace="daorsagro",route!~"/live|/ready|/metrics"}[5m])))' +
        ' / (sum(rate(http_request_duration_seconds_count{job="financial-service",namespace="daorsagro",route!~"/live|/ready|/metrics"}[5m])) > 0)',
    );
  });
});

describe('the guard of low traffic', () => {
  const guards = (objectives: Partial<AlertInput['objectives']>) =>
    planAlerts(promising(objectives)).objectives[0]?.burnRates.map(({ minimumRequests }) => minimumRequests);

  it('is the fewest requests of which one may fail, without a declared throughput', () => {
    // 1 / 0.0144 = 69.4, 1 / 0.006 = 166.7, 1 / 0.003 = 333.3, 1 / 0.001
    expect(guards({ availability: '99.9%' })).toEqual([70, 167, 334, 1000]);
  });

  it('grows with the declared throughput, to ten failures at most', () => {
    expect(guards({ availability: '99.9%', throughputPerSecond: 10_000 / 60 })).toEqual([700, 1670, 3340, 10_000]);
    // 1% of 36000 requests an hour, of 216000 in six …
    expect(guards({ availability: '99.9%', throughputPerSecond: 10 })).toEqual([360, 1670, 3340, 10_000]);
    expect(guards({ availability: '99.9%', throughputPerSecond: 1 })).toEqual([70, 216, 864, 2592]);
  });

  it('shows its arithmetic', () => {
    const [rate] =
      planAlerts(promising({ availability: '99.9%', throughputPerSecond: 10 })).objectives[0]?.burnRates ?? [];
    expect(rate?.arithmetic).toBe(
      "14.4 x 0.001 = 0.0144. Of fewer than 70 requests one that failed is more than 0.0144 (1 / 0.0144, rounded up); 1% of the declared throughput in 1h is 360, 10 failures' worth is 700: so 360.",
    );
  });
});

describe('an objective that cannot alert', () => {
  const dead = (input: AlertInput) =>
    planAlerts(input).neverFires.map(({ alert, reason, whole }) => [alert, reason, whole]);

  it('is reported pair by pair when a threshold reaches 1', () => {
    expect(planAlerts(promising({ availability: '90%' })).neverFires).toEqual([
      {
        alert: 'AvailabilityBudgetBurnsFast',
        reason: 'burn-rate-impossible',
        from: 'objectives.availability',
        whole: false,
        arithmetic:
          '14.4 x 0.1 = 1.44, and a share of failed requests never exceeds 1: the pair 1h and 5m cannot fire.',
      },
    ]);
    expect(dead(promising({ availability: '80%' }))).toEqual([
      ['AvailabilityBudgetBurnsFast', 'burn-rate-impossible', true],
      ['AvailabilityBudgetBurnsFast', 'burn-rate-impossible', true],
    ]);
  });

  it('is reported when the declared traffic is too low to tell', () => {
    // 1 request a minute: 60 an hour, of which one is 1.7%.
    expect(dead(promising({ availability: '99.9%', throughputPerSecond: 1 / 60 }))).toEqual([
      ['AvailabilityBudgetBurnsFast', 'traffic-too-low', false],
    ]);
    expect(
      dead(promising({ availability: '99.99%', throughputPerSecond: 1 / 3600 })).every(
        ([, reason, whole]) => reason === 'traffic-too-low' && whole,
      ),
    ).toBe(true);
  });

  it('is reported when no bucket ends at the bound, when nothing is measured, when no budget is left', () => {
    expect(dead(promising({ latency: [{ percentile: 95, thresholdSeconds: 0.3 }] }))).toEqual([
      ['LatencyP95BudgetBurnsFast', 'bucket-missing', true],
      ['LatencyP95BudgetBurnsSlowly', 'bucket-missing', true],
    ]);
    expect(dead(promising({ availability: '99.9%' }, { metrics: null }))[0]?.[1]).toBe('metrics-missing');
    expect(dead(promising({ availability: '100%' }))[0]?.[1]).toBe('bound-out-of-range');
  });

  it('never goes unreported: each pair of windows has a proof that fires, or a reason', () => {
    const availability = fc.integer({ min: 50_001, max: 99_990 }).map((thousandths) => `${thousandths / 1000}%`);
    const throughput = fc.option(fc.double({ min: 1e-4, max: 1e5, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(
        availability,
        throughput,
        fc.constantFrom(7, 28, 30, 90),
        (declared, throughputPerSecond, periodDays) => {
          const plan = planAlerts(promising({ availability: declared, throughputPerSecond, periodDays }));
          const alive = plan.objectives[0]?.burnRates ?? [];
          expect(alive.length + plan.neverFires.length).toBe(4);
          const firing = plan.tests.filter(({ fires }) => fires);
          for (const { thresholdText, longWindow, minimumRequests } of alive) {
            expect(Number(thresholdText)).toBeLessThan(1);
            expect(minimumRequests).toBeGreaterThanOrEqual(Math.ceil(1 / Number(thresholdText) - 1e-6));
            expect(firing.some(({ name }) => name.includes(`for ${longWindow} and`))).toBe(true);
          }
          for (const severity of ['critical', 'warning'] as const) {
            const alert = severity === 'critical' ? 'AvailabilityBudgetBurnsFast' : 'AvailabilityBudgetBurnsSlowly';
            const has = alive.some((rate) => rate.severity === severity);
            expect(plan.groups.flatMap(({ alerts }) => alerts).some((found) => found.alert === alert)).toBe(has);
            expect(plan.neverFires.some((found) => found.alert === alert && found.whole)).toBe(!has);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a latency objective', () => {
  it('counts what is not in the bucket at its bound', () => {
    const plan = planAlerts(promising({ latency: [{ percentile: 95, thresholdSeconds: 0.2 }] }));
    expect(plan.objectives[0]).toMatchObject({
      name: 'latency-p95',
      objectiveText: '0.95',
      budgetText: '0.05',
      thresholdSeconds: 0.2,
    });
    expect(plan.objectives[0]?.errorRatioExpr).toContain('le="0.2"');
    expect(plan.objectives[0]?.errorRatioExpr).toMatch(
      /^\(sum\(rate\(http_request_duration_seconds_count.* - sum\(rate\(http_request_duration_seconds_bucket/,
    );
  });

  it('speaks the names of OpenTelemetry', () => {
    const metrics = {
      ...exampleInput.metrics,
      library: 'opentelemetry',
      job: 'shop',
      histogram: 'http_server_request_duration_seconds',
      statusLabel: 'http_response_status_code',
      routeLabel: 'http_route',
      path: '/metrics',
      bucketsSeconds: histogramBuckets([1]),
      scrapeIntervalSeconds: 30,
      scrapeClass: null,
    } as const;
    const plan = planAlerts(
      promising({ availability: '99%', latency: [{ percentile: 99.9, thresholdSeconds: 1 }] }, { metrics }),
    );
    expect(plan.objectives.map(({ name }) => name)).toEqual(['availability', 'latency-p99-9']);
    expect(plan.objectives[0]?.errorRatioExpr).toContain('http_response_status_code=~"5.."');
    expect(plan.objectives[1]?.errorRatioExpr).toContain('le=~"1(\\\\.0)?"');
    expect(plan.objectives[1]?.budgetText).toBe('0.001');
  });

  it('gives the histogram its buckets', () => {
    expect(histogramBuckets([0.2, 0.1])).toEqual([0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2.5, 5, 10]);
  });
});
