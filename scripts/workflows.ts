// Turns what is said here about building and releasing this package into .github/workflows/*.yml.
import { type Project, TextFile } from 'projen';
import { Document, isMap, isPair, isScalar, visit } from 'yaml';

/** Full commit, and the version it was read for: a tag can be moved, a commit cannot. */
const PINS: Record<string, { readonly commit: string; readonly version: string }> = {
  'actions/checkout': { commit: '3d3c42e5aac5ba805825da76410c181273ba90b1', version: 'v7.0.1' },
  'actions/setup-node': { commit: '949feb2413d6458794dcd2491c4babbbce0c15c1', version: 'v7.1.0' },
  'actions/upload-artifact': { commit: 'cf430e030ddbb5b0abf93d22962f4752f3646cd9', version: 'v7.0.2' },
  'actions/download-artifact': { commit: '9000827ccba6bdab643e8b6fd33ac0654aef8333', version: 'v8.0.2' },
};

const RUNS_ON = 'ubuntu-24.04';
/** The newest line with long-term support that the package is tested on. */
const NODE = '24';
const NODES = ['20', '22', NODE];

type Step = Readonly<Record<string, unknown>>;

function uses(action: string, inputs: Readonly<Record<string, unknown>> = {}): Step {
  const pin = PINS[action];
  if (pin === undefined) throw new Error(`no commit is known for ${action}`);
  return { uses: `${action}@${pin.commit}`, ...(Object.keys(inputs).length > 0 ? { with: inputs } : {}) };
}

const checkout = uses('actions/checkout', { 'persist-credentials': false });
/** `cache: npm` only where nothing is published: a poisoned cache must not reach a release. */
const setupNode = (version: string, cached: boolean): Step =>
  uses('actions/setup-node', {
    'node-version': version,
    ...(cached ? { cache: 'npm' } : { 'package-manager-cache': false }),
  });
const run = (name: string, command: string, env?: Readonly<Record<string, string>>): Step => ({
  name,
  ...(env === undefined ? {} : { env }),
  run: command,
});

function buildWorkflow(): object {
  const job = (name: string, minutes: number, rest: object, steps: readonly Step[]) => ({
    name,
    'runs-on': RUNS_ON,
    'timeout-minutes': minutes,
    permissions: { contents: 'read' },
    ...rest,
    steps: [checkout, ...steps],
  });
  return {
    name: 'build',
    on: { push: { branches: ['main'] }, pull_request: null },
    permissions: {},
    concurrency: { group: 'build-${{ github.ref }}', 'cancel-in-progress': true },
    defaults: { run: { shell: 'bash' } },
    jobs: {
      lint: job('Lint and generated files', 15, {}, [
        setupNode(NODE, true),
        run('Install', 'npm ci'),
        run('Build', 'npm run build'),
        run('Lint', 'npm run lint'),
        run('Generate the repository files again', 'npx projen'),
        run('Refuse stale generated files', 'git diff --exit-code'),
      ]),
      test: job('Test on Node ${{ matrix.node }}', 30, { strategy: { 'fail-fast': false, matrix: { node: NODES } } }, [
        setupNode('${{ matrix.node }}', true),
        run('Install', 'npm ci'),
        run('Test', 'npm test'),
      ]),
      conformance: job('Judge the examples by the real validators', 60, {}, [
        setupNode(NODE, true),
        run('Install', 'npm ci'),
        run('Build', 'npm run build'),
        run('Conformance', 'npm run conformance'),
      ]),
    },
  };
}

function releaseWorkflow(): object {
  return {
    name: 'release',
    on: { push: { tags: ['v*.*.*'] } },
    permissions: {},
    // Never cancelled: half a release is worse than a late one.
    concurrency: { group: 'release', 'cancel-in-progress': false },
    defaults: { run: { shell: 'bash' } },
    jobs: {
      pack: {
        name: 'Test and pack',
        'runs-on': RUNS_ON,
        'timeout-minutes': 30,
        permissions: { contents: 'read' },
        steps: [
          checkout,
          setupNode(NODE, false),
          run(
            'Refuse a tag that is not the version',
            'test "$TAG" = "v$(node --print \'require("./package.json").version\')"',
            { TAG: '${{ github.ref_name }}' },
          ),
          run('Install', 'npm ci'),
          run('Test', 'npm test'),
          run('Pack', 'mkdir dist && npm pack --ignore-scripts --pack-destination dist'),
          uses('actions/upload-artifact', {
            name: 'package',
            path: 'dist/*.tgz',
            'if-no-files-found': 'error',
            'retention-days': 7,
          }),
        ],
      },
      publish: {
        name: 'Publish with provenance',
        needs: 'pack',
        'runs-on': RUNS_ON,
        'timeout-minutes': 10,
        environment: 'npm',
        // The only job that may ask for a token, and it runs none of the repository's code.
        permissions: { 'id-token': 'write' },
        steps: [
          uses('actions/download-artifact', { name: 'package', path: 'dist' }),
          setupNode(NODE, false),
          // Trusted publishing: npm trades the job's identity for a token of minutes; there is no stored one.
          run('Publish', 'npm publish ./dist/*.tgz --access public --provenance --ignore-scripts'),
        ],
      },
    },
  };
}

/** Why a job may do what it may: written beside each permission, for the reader and for zizmor. */
const PERMISSION_REASONS: Readonly<Record<string, string>> = {
  contents: ' to check out',
  'id-token': ' to prove to npm which repository and workflow publish',
};

function render(workflow: object): string {
  const document = new Document(workflow, { aliasDuplicateObjects: false });
  visit(document, {
    Pair(_, pair) {
      if (!isScalar(pair.key)) return;
      if (pair.key.value === 'uses' && isScalar(pair.value)) {
        pair.value.comment = ` ${PINS[String(pair.value.value).split('@')[0] ?? '']?.version}`;
      }
      if (pair.key.value === 'permissions' && isMap(pair.value)) {
        for (const permission of pair.value.items) {
          if (isPair(permission) && isScalar(permission.key) && isScalar(permission.value)) {
            permission.value.comment = PERMISSION_REASONS[String(permission.key.value)];
          }
        }
      }
    },
  });
  return document.toString({ lineWidth: 0, nullStr: '' });
}

/** Adds the workflows of this repository to the project. */
export function addWorkflows(project: Project): void {
  for (const [name, workflow] of Object.entries({ build: buildWorkflow(), release: releaseWorkflow() })) {
    const file = new TextFile(project, `.github/workflows/${name}.yml`);
    if (file.marker !== undefined) file.addLine(`# ${file.marker}`);
    for (const line of render(workflow).split('\n')) file.addLine(line);
  }
}
