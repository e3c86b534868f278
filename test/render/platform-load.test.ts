// The load tests of the example platform: what is promised is what is asked for, and text of a declaration stays text.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatePlatform } from '../../src/generate-platform';
import type { LoadTestPlan, PlatformPlan } from '../../src/plan/types/platform';
import { renderPlatformLoad } from '../../src/render/platform-load';
import { examplesFolder, generateFolder, servicesBelow } from '../support/platform-examples';

const folder = path.join(examplesFolder, 'daorsagro');
const outcome = generateFolder(folder);
const plan = outcome.plan as PlatformPlan;
const files = (changed: PlatformPlan) => new Map(renderPlatformLoad(changed, []).map((one) => [one.path, one.body]));

/** The gateway with other keys of http.public and other objectives. */
function planWith(side: object, objectives: object): readonly LoadTestPlan[] {
  const services = servicesBelow(folder).map((service) => {
    const value = service.value as { name: string; http: { public: object }; environments: object };
    if (value.name !== 'api-gateway') return service;
    const http = { ...value.http, public: { ...value.http.public, ...side } };
    return { ...service, value: { ...value, http, objectives, environments: {} } };
  });
  const platform = { ...(plan.facts as object), services: ['backend/*'] };
  return generatePlatform({ platform, declaration: 'platform.yaml', services }).plan?.loadTests ?? [];
}

describe('the planned load', () => {
  it('is the promised throughput, with as many users as wait at once by the promised latency', () => {
    expect(plan.loadTests).toMatchObject([
      {
        service: 'api-gateway',
        environment: 'staging',
        requestsPerMinute: 10_000,
        preAllocatedUsers: 34,
        maxUsers: 136,
        errorFrom: 400,
      },
    ]);
  });

  it('is no more than the door lets through from one address', () => {
    const [test] = planWith(
      { rateLimit: '50/s' },
      { availability: '99%', latency: { p95: '200ms' }, throughput: '10000/min' },
    );
    expect(test).toMatchObject({ requestsPerMinute: 3000, preAllocatedUsers: 10 });
    expect(test?.arithmetic[0]).toContain('one client address may send no more, although 10000 are promised');
  });

  it('takes any answer below 500 where no sample is declared, and is none without a throughput', () => {
    expect(planWith({ samples: [] }, { throughput: '60/min' })).toMatchObject([
      { errorFrom: 500, paths: ['/api'], latency: [], preAllocatedUsers: 1, errorRatioText: '0.01' },
    ]);
    expect(planWith({}, { availability: '99%' })).toEqual([]);
  });
});

describe('the files', () => {
  const script = (changed: Partial<LoadTestPlan>): string => {
    const [test] = plan.loadTests;
    if (test === undefined) throw new Error('the example has a load test');
    return files({ ...plan, loadTests: [{ ...test, ...changed }] }).get('platform/load-tests/api-gateway.js') ?? '';
  };

  it('hold thresholds for what is promised and no other', () => {
    expect(script({})).toContain('http_req_duration: ["p(95)<=200"]');
    const latency = [
      { percentile: 95, milliseconds: 200 },
      { percentile: 99, milliseconds: 900 },
    ];
    expect(script({ latency })).toContain('http_req_duration: ["p(95)<=200","p(99)<=900"]');
    expect(script({ latency: [] })).not.toContain('http_req_duration');
  });

  it('keep text of a declaration as text', () => {
    const text = script({ paths: ['/a"+process.exit()+"\n'], environment: 'x\nthrow 1;' });
    expect(text).toContain('const paths = ["/a\\"+process.exit()+\\"\\n"];');
    expect(text).not.toMatch(/^throw/m);
  });

  it('guard what is guarded: a release of production runs the test, against staging, by the address that is set up', () => {
    const workflow = files(plan).get('.github/workflows/platform-load-test.yml') ?? '';
    expect(workflow).toContain('- platform/releases/production/**');
    expect(workflow).toContain('ADDRESS: ${{ vars.GATEWAY_ADDRESS_STAGING }}');
    expect(workflow).toContain('NEEDS_ADDRESS: true');
    expect(files({ ...plan, argo: null }).get('.github/workflows/platform-load-test.yml')).not.toContain(
      'pull_request:',
    );
  });
});
