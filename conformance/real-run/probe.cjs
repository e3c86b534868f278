// Runs inside a container and tells, as JSON, what a process there may do.
const { readdirSync, readFileSync, writeFileSync, rmSync } = require('node:fs');

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** The service's own process, which is not number 1 when the engine's init is there. */
const service =
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => /^[^\0]*node\0dist\//.test(read(`/proc/${pid}/cmdline`))) ?? 'self';
const status = Object.fromEntries(
  read(`/proc/${service}/status`)
    .split('\n')
    .map((line) => line.split(/:\s+/)),
);

const write = (path) => {
  try {
    writeFileSync(path, 'x');
    rmSync(path);
    return 'written';
  } catch (error) {
    return error.code;
  }
};

console.log(
  JSON.stringify({
    service,
    uid: status.Uid,
    gid: status.Gid,
    capabilities: [status.CapEff, status.CapPrm, status.CapBnd].join(' '),
    noNewPrivileges: status.NoNewPrivs,
    seccomp: status.Seccomp,
    root: write('/x'),
    code: write('/app/x'),
    temporary: write('/tmp/x'),
  }),
);
