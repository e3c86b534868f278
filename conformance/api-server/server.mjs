// Starts etcd and kube-apiserver on loopback with keys of this run, and ends both by their process.
import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { toolEnvironment } from '../process.mjs';
import { connect } from './client.mjs';

const startSeconds = 120;

/** A port that nobody listens on at this moment. */
const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const start = async (command, flags, folder) => {
  const log = await open(join(folder, `${command}.log`), 'w');
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(command, args, { env: toolEnvironment(), cwd: folder, stdio: ['ignore', log.fd, log.fd] });
  const end = () => child.kill('SIGKILL');
  // A run that is interrupted or throws leaves no server behind.
  process.once('exit', end);
  const ended = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('close', resolve);
  });
  const stop = async () => {
    process.off('exit', end);
    if (child.exitCode === null && child.pid !== undefined) child.kill('SIGTERM');
    const late = setTimeout(end, 10_000);
    await ended;
    clearTimeout(late);
    await log.close();
  };
  const state = { running: true };
  ended.then(() => {
    state.running = false;
  });
  return { stop, state, log: async () => (await readFile(join(folder, `${command}.log`), 'utf8')).slice(-3000) };
};

const startEtcd = async (folder) => {
  const [client, peer] = [await freePort(), await freePort()];
  const address = `http://127.0.0.1:${client}`;
  const flags = {
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': address,
    'advertise-client-urls': address,
    'listen-peer-urls': `http://127.0.0.1:${peer}`,
    'initial-advertise-peer-urls': `http://127.0.0.1:${peer}`,
    'initial-cluster': `default=http://127.0.0.1:${peer}`,
    // What is stored here is thrown away after the run.
    'unsafe-no-fsync': true,
    'log-level': 'error',
  };
  return { address, ...(await start('etcd', flags, folder)) };
};

const startKubernetes = async (folder, etcd, token) => {
  const key = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
  await writeFile(join(folder, 'service-account.pem'), key, { mode: 0o600 });
  await writeFile(join(folder, 'tokens.csv'), `${token},judge,judge,system:masters\n`, { mode: 0o600 });
  const port = await freePort();
  const flags = {
    'etcd-servers': etcd,
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'secure-port': port,
    'cert-dir': join(folder, 'certificates'),
    'token-auth-file': join(folder, 'tokens.csv'),
    'anonymous-auth': false,
    'authorization-mode': 'AlwaysAllow',
    'service-account-issuer': 'https://conformance.invalid',
    'service-account-key-file': join(folder, 'service-account.pem'),
    'service-account-signing-key-file': join(folder, 'service-account.pem'),
    'service-cluster-ip-range': '10.96.0.0/16',
    'endpoint-reconciler-type': 'none',
    // As in managed clusters: it is Pod Security that has to refuse a privileged pod.
    'allow-privileged': true,
    profiling: false,
    v: 0,
  };
  return { port, ...(await start('kube-apiserver', flags, folder)) };
};

/** A signal ends this process without its `exit` handlers, which end the servers. */
const exitOnSignal = () => {
  const handlers = Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }).map(([signal, code]) => [
    signal,
    () => process.exit(code),
  ]);
  for (const [signal, handler] of handlers) process.once(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
};

/** Answers `{ request, stop }` of a running API server with nothing in it. */
export const startServer = async () => {
  const forgetSignals = exitOnSignal();
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-api-server-'));
  const token = randomBytes(24).toString('hex');
  const started = [];
  const stop = async () => {
    for (const { stop: end } of started.reverse()) await end();
    forgetSignals();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const etcd = await startEtcd(folder);
    started.push(etcd);
    const kubernetes = await startKubernetes(folder, etcd.address, token);
    started.push(kubernetes);
    const deadline = Date.now() + startSeconds * 1000;
    for (;;) {
      const certificate = await readFile(join(folder, 'certificates', 'apiserver.crt')).catch(() => null);
      if (certificate !== null) {
        const { request, close } = connect({ port: kubernetes.port, certificate, token });
        const { status } = await request('GET', '/readyz').catch(() => ({ status: 0 }));
        if (status === 200) {
          const end = async () => {
            close();
            await stop();
          };
          return { request, stop: end };
        }
        close();
      }
      if (!etcd.state.running || !kubernetes.state.running || Date.now() > deadline)
        throw new Error(
          `the API server is not ready:\n${await etcd.log().catch(String)}\n${await kubernetes.log().catch(String)}`,
        );
      await pause(200);
    }
  } catch (error) {
    await stop();
    throw error;
  }
};
