// nginx's own test of its configuration, by a user who is not root, as in the image.
import { chmod } from 'node:fs/promises';
import { append, swap } from '../mutate.mjs';
import { run } from '../process.mjs';
import { matching, withFolder } from '../tree.mjs';

const file = /(^|\/)nginx\.conf$/;
const numericUser = 10001;

export const judge = {
  name: 'nginx',
  about: 'nginx.conf: `nginx -t` as user 10001, without a warning',
  subjects: (tree) => matching(tree, file),
  examine: (tree) =>
    withFolder(tree, async (folder) => {
      await chmod(folder, 0o755);
      const findings = [];
      for (const path of tree.keys()) {
        // Through a pipe: nginx opens /dev/stdout, which fails when it is a socket, as it is for a child of Node.
        const script = 'nginx -t -q -e stderr -c "$1" 2>&1 | cat';
        const { code, all } = await run('bash', ['-o', 'pipefail', '-c', script, 'bash', `${folder}/${path}`], {
          uid: numericUser,
          gid: numericUser,
        });
        if (code !== 0 || all.trim() !== '') findings.push({ file: path, message: all.trim() || `ended with ${code}` });
      }
      return findings;
    }),
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
