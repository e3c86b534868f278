// Turns the planned load tests into k6 scripts, a page that explains them, and the workflow that runs them before production.
import type { ServicePlan } from '../../plan/types';
import type { LoadTestPlan, PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';
import { loadTestWorkflow } from './workflow';

const folder = 'platform/load-tests';

const bounds = ({ latency, errorRatioText, errorFrom }: LoadTestPlan): string =>
  [
    ...latency.map(({ percentile, milliseconds }) => `p${percentile} at most ${milliseconds} ms`),
    `a share of at most ${errorRatioText} answered ${errorFrom} or above, or not at all`,
  ].join(', ');

function script(test: LoadTestPlan): GeneratedFile {
  const name = `${folder}/${test.service}.js`;
  const { errorRatioText, latency } = test;
  const thresholds = latency.map(({ percentile, milliseconds }) => `p(${percentile})<=${milliseconds}`);
  const view = {
    ...test,
    file: name,
    thresholds,
    errorRatio: `rate<=${errorRatioText}`,
  };
  return file(name, renderTemplate('platform-load/load-test.js', view), 'slash');
}

/** Public services that nothing loads, and why. */
function leftOut({ loadTests, deployment }: PlatformPlan, services: readonly ServicePlan[]): object[] {
  const tested = new Set(loadTests.map(({ service }) => service));
  const environment = loadTests[0]?.environment ?? deployment.environments[0]?.name;
  return services.flatMap(({ identity, environments }) => {
    const there = environments.find(({ name }) => name === environment);
    if (tested.has(identity.name) || there === undefined || there.exposure === null) return [];
    const why = there.exposure.websockets
      ? 'clients open websockets, which a request says nothing about'
      : 'no throughput is promised (objectives.throughput)';
    return [{ service: identity.name, why }];
  });
}

function page(plan: PlatformPlan, services: readonly ServicePlan[]): GeneratedFile {
  const { loadTests, laptops, clusters, argo } = plan;
  const [laptop] = laptops;
  const view = {
    environment: loadTests[0]?.environment ?? '',
    tests: loadTests.map((test) => ({
      ...test,
      link: `${test.service}.js`,
      paths: test.paths.join(', '),
      bounds: bounds(test),
      arithmetic: test.arithmetic.join('; '),
    })),
    left: leftOut(plan, services),
    example: loadTests[0]?.service ?? '',
    laptop: laptop?.name ?? '',
    httpsPort: laptop?.proxy.httpsPort ?? 0,
    hasWorkflow: clusters.some(({ name }) => name === loadTests[0]?.environment),
    isReleased: argo !== null && clusters.some(({ gated }) => gated),
  };
  return file(`${folder}/README.md`, renderTemplate('platform-load/README.md', view), 'html');
}

/** Files below `platform/load-tests`; none where no public service promises a throughput. */
export function renderPlatformLoad(plan: PlatformPlan, services: readonly ServicePlan[]): readonly GeneratedFile[] {
  if (plan.loadTests.length === 0) return [];
  return [...plan.loadTests.map(script), page(plan, services), ...loadTestWorkflow(plan)];
}

const file = (path: string, body: string, comment: GeneratedFile['comment']): GeneratedFile => ({
  at: 'repository',
  path,
  body,
  comment,
  executable: false,
});
