// nginx's own test of its configuration, by a user who is not root, as in the image.
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { append, swap } from '../mutate.mjs';
import { must, run, toolsFolder } from '../process.mjs';
import { newerNginx } from '../tools.mjs';
import { matching, withFolder } from '../tree.mjs';

const file = /(^|\/)nginx\.conf$/;
/** The platform's proxy has a certificate beside its configuration, made by the script that makes it on a laptop. */
const generator = /(^|\/)platform\/compose\/[^/]+\/generator\//;
const numericUser = 10001;

let copy = null;

/** The words that start nginx, copied to where the user may read it: the tools are below a home folder. */
const nginx = () => {
  copy ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'groundwork-nginx-'));
    await chmod(folder, 0o755);
    await cp(join(toolsFolder, `${newerNginx.name}-${newerNginx.suite}`, 'root', 'usr'), folder, {
      recursive: true,
      verbatimSymlinks: true,
    });
    const libraries = join(folder, 'lib', 'x86_64-linux-gnu');
    const loader = join(libraries, 'ld-linux-x86-64.so.2');
    return { folder, words: [loader, '--library-path', libraries, join(folder, 'sbin', 'nginx')] };
  })();
  return copy;
};

const makeCertificate = async (folder, tree, configuration) => {
  const environment = dirname(dirname(configuration));
  const program = `${environment}/generator/certificates.mjs`;
  if (!tree.has(program)) return;
  const made = join(folder, environment, '.secrets');
  await mkdir(made);
  await must(process.execPath, [join(folder, program), join(folder, environment, 'generator', 'secrets.json'), made]);
  const authority = join(made, 'ca.crt');
  const certificates = join(made, 'certificates', 'proxy');
  await must('openssl', [
    'verify',
    '-x509_strict',
    '-purpose',
    'sslserver',
    '-CAfile',
    authority,
    join(certificates, 'tls.crt'),
  ]);
  await cp(certificates, join(folder, dirname(configuration), 'certificates'), { recursive: true });
};

export const judge = {
  name: 'nginx',
  about: 'nginx.conf: `nginx -t` as user 10001, without a warning; the certificate of a proxy: `openssl verify`',
  subjects: (tree) =>
    [...tree.keys()].some((path) => file.test(path))
      ? new Map([...matching(tree, file), ...matching(tree, generator)])
      : new Map(),
  examine: (tree) =>
    withFolder(tree, async (folder) => {
      await chmod(folder, 0o755);
      const findings = [];
      for (const path of [...tree.keys()].filter((name) => file.test(name))) {
        await makeCertificate(folder, tree, path);
        // Through a pipe: nginx opens /dev/stdout, which fails when it is a socket, as it is for a child of Node.
        const script = '"$@" 2>&1 | cat';
        const words = [...(await nginx()).words, '-t', '-q', '-e', 'stderr', '-c', `${folder}/${path}`];
        const { code, all } = await run('bash', ['-o', 'pipefail', '-c', script, 'bash', ...words], {
          uid: numericUser,
          gid: numericUser,
        });
        if (code !== 0 || all.trim() !== '') findings.push({ file: path, message: all.trim() || `ended with ${code}` });
      }
      return findings;
    }),
  end: async () => {
    if (copy !== null) await rm((await copy).folder, { recursive: true, force: true });
  },
  mutants: [
    {
      name: 'unknown directive',
      mutate: swap(file, 'server_tokens off;', 'server_token off;'),
      must: /unknown directive "server_token"/,
    },
    {
      name: 'directive without a semicolon',
      mutate: swap(file, 'sendfile on;', 'sendfile on'),
      must: /invalid number/,
    },
    { name: 'block without an end', mutate: append(file, 'http {\n'), must: /unexpected end of file|duplicate/ },
    {
      name: 'unknown variable',
      mutate: swap(file, '$remote_addr', '$remote_address'),
      must: /unknown "remote_address"/,
    },
    { name: 'port that is none', mutate: swap(file, /listen \d+/, 'listen 99999'), must: /invalid port/ },
    {
      name: 'file that only root may write',
      mutate: swap(file, 'pid /tmp/nginx.pid;', 'pid /run/nginx.pid;'),
      must: /Permission denied/,
    },
  ],
};
