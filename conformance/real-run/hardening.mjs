// What a service's container has to be, compared with what the probe saw inside it.

/** Value by name; each is the text of /proc/PID/status, or the error code of a write. */
const expected = {
  uid: /^10001(\s+10001){3}$/,
  gid: /^10001(\s+10001){3}$/,
  capabilities: /^0+ 0+ 0+$/,
  noNewPrivileges: /^1$/,
  // 2 = a filter is loaded: the engine's default profile.
  seccomp: /^2$/,
  root: /^EROFS$/,
  code: /^EROFS$/,
  temporary: /^written$/,
};

/** One finding per value that is not what it has to be. */
export const judgeProbe = (seen) =>
  Object.entries(expected)
    .filter(([name, pattern]) => !pattern.test(String(seen[name]).trim()))
    .map(([name, pattern]) => ({
      file: 'inside the container',
      message: `${name} is ${seen[name]}, expected ${pattern.source}`,
    }));
