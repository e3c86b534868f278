// Runs checkov offline with one framework on a folder, every check fatal, and makes sure that it looked at something.
import { run } from './process.mjs';

/** checkov skips a file it cannot read without a word, so `expected` files have to appear among what was scanned. */
export const checkov = async (framework, folder) => {
  const { stdout, stderr } = await run(
    'checkov',
    [
      '--framework',
      framework,
      '--directory',
      folder,
      '--output',
      'json',
      '--skip-download',
      '--compact',
      '--skip-path',
      'nothing-is-skipped',
    ],
    { cwd: folder },
  );
  if (!/^[[{]/.test(stdout.trim())) return [{ file: framework, message: `no report: ${stdout}${stderr}` }];
  const [report] = [JSON.parse(stdout)].flat();
  if (report.summary === undefined) return [{ file: framework, message: 'nothing was scanned' }];
  const { passed, parsing_errors: unreadable } = report.summary;
  const { failed_checks: failed, skipped_checks: skipped } = report.results;
  return [
    ...failed.map(({ check_id: id, check_name: name, resource, file_path: file, file_line_range: [line] }) => ({
      file,
      line,
      message: `${id} ${name} (${resource})`,
    })),
    ...skipped.map(({ check_id: id, resource, file_path: file }) => ({
      file,
      message: `${id} skipped by the file (${resource})`,
    })),
    ...(unreadable > 0 ? [{ file: framework, message: `${unreadable} files could not be parsed` }] : []),
    ...(passed + failed.length === 0 ? [{ file: framework, message: 'no check was applied' }] : []),
  ];
};
