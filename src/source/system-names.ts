// The environment variables that are there without anybody's declaration: the shell's, the container's, the tools'.

// POSIX and the usual shells; what Kubernetes sets in every pod; what CI systems, npm and test runners set.
const NAMES = new Set([
  'CI',
  'COLORTERM',
  'EDITOR',
  'FORCE_COLOR',
  'GITHUB_ACTIONS',
  'HOME',
  'HOSTNAME',
  'INIT_CWD',
  'JEST_WORKER_ID',
  'KUBERNETES_SERVICE_HOST',
  'KUBERNETES_SERVICE_PORT',
  'LANG',
  'LANGUAGE',
  'LOGNAME',
  'NODE_TEST_CONTEXT',
  'NO_COLOR',
  'PATH',
  'PWD',
  'SHELL',
  'SHLVL',
  'TEMP',
  'TERM',
  'TMP',
  'TMPDIR',
  'TZ',
  'USER',
  'USERPROFILE',
  'VITEST',
]);

const PREFIXES = ['LC_', 'VITEST_', 'XDG_', 'npm_'];

/** True for a variable that the system sets, so that code may read it without a declaration. */
export const isSystemName = (name: string): boolean =>
  NAMES.has(name) || PREFIXES.some((prefix) => name.startsWith(prefix));
