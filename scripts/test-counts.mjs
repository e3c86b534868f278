// Turns a report of `vitest --reporter=json` into counts, and into the line that .ci/run adds up.
//   node scripts/test-counts.mjs report.json
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** A file that died while loading holds no test that could fail: it is counted as a failure of its own. */
export function testCounts(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const died = report.testResults.filter(
    (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + died.length };
}

export const countsLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(countsLine(testCounts(process.argv[2])));
}
