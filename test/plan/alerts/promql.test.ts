import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketMatcher } from '../../../src/plan/promql/bucket';
import { duration } from '../../../src/plan/promql/duration';
import { escapeRegex, quote, templateText } from '../../../src/plan/promql/escape';
import { equals, select, selectInNamespace, shareOf } from '../../../src/plan/promql/expression';
import { metricExpressionPattern, metricPattern, parseMetricExpression } from '../../../src/plan/promql/parse-metric';
import { signalExpression } from '../../../src/plan/promql/signal';
import { examplePod, podsOf } from '../../../src/plan/promql/workload-pods';

describe('PromQL strings', () => {
  it('escapes what could end a string', () => {
    expect(select('up', [equals('job', 'a"} or vector(1) #\\\n')])).toBe('up{job="a\\"} or vector(1) #\\\\\\n"}');
    expect(quote('\u0007')).toBe('"\\x07"');
  });

  it('keeps any text inside its string, and gives it back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const quoted = quote(text);
        // No quote is left that an odd number of backslashes does not escape.
        expect(quoted.slice(1, -1).replace(/\\./g, '')).not.toContain('"');
        expect(quoted).not.toContain('\n');
        const read = quoted
          .slice(1, -1)
          .replace(/\\(x([0-9a-f]{2})|.)/gs, (_, all: string, hex: string | undefined) => {
            if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
            return all === 'n' ? '\n' : all;
          });
        expect(read).toBe(text);
      }),
    );
  });

  it('makes a regular expression match exactly a text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(new RegExp(`^(?:${escapeRegex(text)})$`, 's').test(text)).toBe(true);
      }),
    );
    expect(new RegExp(`^${escapeRegex('a.b')}$`).test('aXb')).toBe(false);
  });

  it('takes the meaning from braces of a Go template', () => {
    expect(templateText('{{ $labels.x }}')).toBe('{{ "{{" }} $labels.x }}');
  });
});

describe('PromQL forms', () => {
  it('spells durations in the largest whole unit', () => {
    expect([30, 300, 3600, 5400, 86_400, 259_200, 0.5].map(duration)).toEqual([
      '30s',
      '5m',
      '1h',
      '90m',
      '1d',
      '3d',
      '500ms',
    ]);
  });

  it('finds a bucket in Prometheus 2 and 3', () => {
    expect(select('x_bucket', [bucketMatcher('1')])).toBe('x_bucket{le=~"1(\\\\.0)?"}');
    expect(select('x_bucket', [bucketMatcher('0.2')])).toBe('x_bucket{le="0.2"}');
    // Anchored, as Prometheus does: neither 10 nor 1.05 is the bucket of 1.
    for (const [le, found] of [
      ['1', true],
      ['1.0', true],
      ['10', false],
      ['1.05', false],
      ['100', false],
    ] as const) {
      expect(new RegExp(`^(?:${bucketMatcher('1').value})$`).test(le)).toBe(found);
    }
  });

  it('counts a part without series as 0 and no traffic as no series', () => {
    expect(shareOf('a', 'b')).toBe('(a or 0 * b) / (b > 0)');
  });

  it('asks for both names of the namespace label of an exporter that has its own', () => {
    expect(selectInNamespace('m', [equals('name', 'x')], 'shop')).toBe(
      '(m{name="x",exported_namespace="shop"} or m{name="x",namespace="shop"})',
    );
  });

  it('matches the pods of a workload and of no other', () => {
    const pods = new RegExp(`^(?:${podsOf('shop')})$`);
    expect(pods.test(examplePod('shop', 0))).toBe(true);
    expect(pods.test(examplePod('shop', 4))).toBe(true);
    expect(pods.test(examplePod('shop-worker', 0))).toBe(false);
    expect(pods.test('shop-migrate-x7k2p')).toBe(false);
    expect(pods.test('shop-report-29384520-x7k2p')).toBe(false);
  });

  it('spells every form of a measure of the catalog', () => {
    const of = (metric: string) => ({ of: 'value', metric, labels: { db: '{database}' } }) as const;
    const fill = (text: string): string => text.replace('{database}', 'shop"db');
    const scope = [equals('service', 'pg')];
    expect(
      signalExpression(
        { of: 'share', part: of('a'), whole: { of: 'sum', left: of('a'), right: of('b') } },
        scope,
        fill,
      ),
    ).toBe('(a{service="pg",db="shop\\"db"} / (a{service="pg",db="shop\\"db"} + b{service="pg",db="shop\\"db"}))');
    expect(
      signalExpression(
        { of: 'total', per: ['x'], signal: { ...of('a'), of: 'increase', windowSeconds: 300 } },
        scope,
        fill,
      ),
    ).toBe('sum by (x) (increase(a{service="pg",db="shop\\"db"}[5m]))');
    expect(signalExpression({ ...of('a'), of: 'age' }, [], fill)).toBe('(time() - a{db="shop\\"db"})');
    expect(signalExpression({ of: 'absence', metric: 'a', labels: {} }, scope, fill)).toBe('absent(a{service="pg"})');
  });
});

describe('declared measures', () => {
  it('reads a metric, a share, and matchers', () => {
    expect(parseMetricExpression('queue_depth')).toEqual({
      part: { metric: 'queue_depth', matchers: [] },
      whole: null,
    });
    expect(parseMetricExpression('a_total / b_total')).toEqual({
      part: { metric: 'a_total', matchers: [] },
      whole: { metric: 'b_total', matchers: [] },
    });
    expect(parseMetricExpression('a{path="x/y",code!="200"}/b')).toEqual({
      part: {
        metric: 'a',
        matchers: [
          { label: 'path', operator: '=', value: 'x/y' },
          { label: 'code', operator: '!=', value: '200' },
        ],
      },
      whole: { metric: 'b', matchers: [] },
    });
  });

  it.each([
    '',
    'a b',
    'a + b',
    'rate(a[5m])',
    'a / b / c',
    'a{x="y"',
    'a{x=~".*"}',
    'a{x="\\""}',
    'a{x="$y"}',
    'a{x="y\n"}',
    'vector(1)',
    'a or b',
    '1a',
    'a#',
  ])('refuses %j', (text) => {
    expect(parseMetricExpression(text)).toBeNull();
  });

  it('lets nothing of PromQL through but names, matchers and one division', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (tail) => {
        const parsed = parseMetricExpression(`a${tail}`);
        if (parsed === null) return;
        expect(parsed.part.metric).toMatch(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);
        for (const { value } of parsed.part.matchers) expect(value).not.toMatch(/["\\$\n]/);
      }),
    );
    expect(new RegExp(metricPattern).test('a / b')).toBe(false);
    expect(new RegExp(metricExpressionPattern).test('a / b')).toBe(true);
  });
});
