// Turns the planned load tests into the workflow that a release to a guarded environment has to pass, and the script that it runs.
import { k6 } from '../../catalog/actions';
import type { PlatformPlan } from '../../plan/types/platform';
import type { GeneratedFile } from '../shared/generated-file';
import { plainFile } from '../shared/template';
import { action } from '../shared/workflow/action';
import { workflowText } from '../shared/workflow/document';
import { expression, literal, words } from '../shared/workflow/expression';
import { type Job, plainJob, type Step } from '../shared/workflow/job';

const runner = 'ubuntu-24.04';
const scriptFile = 'platform/load-tests/run.sh';

/** Minutes beside the tests themselves: k6 is built from its module, whose checksum Go compares with the public log of all modules. */
const overheadMinutes = 15;

/** Variable of the repository, since a pull request may not use an environment that only the default branch deploys to. */
const addressVariable = (environment: string): string =>
  `GATEWAY_ADDRESS_${environment.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;

function steps(plan: PlatformPlan, environment: string, needsAddress: boolean): readonly Step[] {
  const gated = plan.clusters.filter((cluster) => cluster.gated).map(({ name }) => name);
  return [
    action('actions/checkout', {
      name: 'Check out',
      why: 'With its history: what a pull request changes is a difference of two commits.',
      with: { 'fetch-depth': 0, 'persist-credentials': false },
    }),
    {
      name: 'Build k6',
      why: 'From the Go module: its content is what the checksum database holds under this version.',
      env: { MODULE: `${k6.module}@${k6.version}` },
      run: 'go install "$MODULE"\necho "$(go env GOPATH)/bin" >>"$GITHUB_PATH"\n',
    },
    {
      name: 'Load',
      why: needsAddress
        ? `Set up once in Settings > Variables: ${addressVariable(environment)}, host:port of the gateway in ${environment}: the public names lead to another environment.`
        : `Where DNS does not lead to ${environment}: set ${addressVariable(environment)}, host:port of its gateway, in Settings > Variables.`,
      env: {
        SERVICE: expression('inputs.service'),
        BASE: expression('github.event.pull_request.base.sha'),
        HEAD: expression('github.event.pull_request.head.sha'),
        RELEASES: literal(plan.argo?.releases ?? ''),
        GATED: words(gated),
        ADDRESS: expression(`vars.${addressVariable(environment)}`),
        NEEDS_ADDRESS: needsAddress,
      },
      run: `bash ${scriptFile}`,
    },
  ];
}

export function loadTestWorkflow(plan: PlatformPlan): GeneratedFile[] {
  const { loadTests, clusters, argo } = plan;
  const environment = clusters.find(({ name }) => name === loadTests[0]?.environment);
  // On a laptop nothing runs that a workflow could reach.
  if (environment === undefined) return [];
  const gated = clusters.filter((cluster) => cluster.gated);
  const needsAddress = clusters.some(
    (other) => other !== environment && other.gateway.hosts.some((host) => environment.gateway.hosts.includes(host)),
  );
  const longest = loadTests.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  const job: Job = {
    ...plainJob,
    id: 'load',
    name: 'Stand the promised load',
    why: `Against ${environment.name}, one service after another: together they would measure each other.`,
    permissions: [{ scope: 'contents', access: 'read', why: 'to check out' }],
    concurrencyGroup: 'load-test',
    timeoutMinutes: Math.ceil(longest / 60) + overheadMinutes,
    steps: steps(plan, environment.name, needsAddress),
  };
  const input = { service: { description: 'Service whose load test is run', type: 'string', required: true } };
  const on = {
    ...(argo === null || gated.length === 0
      ? {}
      : { pull_request: { paths: gated.map(({ name }) => `${argo.releases}/${name}/**`) } }),
    // By hand, without inputs: every test.
    workflow_dispatch: {},
    workflow_call: { inputs: input },
  };
  return [
    {
      at: 'repository',
      path: '.github/workflows/platform-load-test.yml',
      body: workflowText({ name: 'Load test', on, runner, jobs: [job] }, []),
      comment: 'hash',
      executable: false,
    },
    {
      at: 'repository',
      path: scriptFile,
      body: plainFile('platform-load/run.sh'),
      comment: 'hash',
      executable: true,
    },
  ];
}
