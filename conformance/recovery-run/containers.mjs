// Runs services of a generated compose file without a container engine: Debian's programs under the file's own mounts, user and command.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { run } from '../process.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const entryPoint = join(here, '..', 'real-run', 'images', 'postgres', 'docker-entrypoint.sh');

const quote = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;

/** Everything that the compose file and what it includes declare. */
const readServices = async (file) => {
  const document = parse(await readFile(file, 'utf8'));
  const services = { ...document.services };
  for (const included of document.include ?? []) {
    const inner = parse(await readFile(join(dirname(file), included), 'utf8'));
    for (const [name, service] of Object.entries(inner.services ?? {})) services[name] = service;
  }
  return services;
};

/** One machine: a network of its own, folders in place of volumes, and the processes that run in it. */
export const machine = async (composeFile, folder, path) => {
  const composeFolder = dirname(composeFile);
  const services = await readServices(composeFile);
  const running = new Map();
  let count = 0;
  // What holds the network namespace, so that servers take any port without meeting those of this machine.
  const holder = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore' });
  for (;;) {
    const { code } = await run('nsenter', ['--target', String(holder.pid), '--net', 'ip', 'link', 'set', 'lo', 'up']);
    const { stdout } = await run('readlink', [`/proc/${holder.pid}/ns/net`, '/proc/self/ns/net']);
    const [own, ours] = stdout.trim().split('\n');
    if (code === 0 && own !== ours) break;
    await pause(20);
  }

  const volume = async (name) => {
    const at = join(folder, 'volumes', name);
    // An engine gives an empty volume to the user that the image's folder belongs to: 999 in both images.
    if (!existsSync(at)) {
      await mkdir(at, { recursive: true });
      await chown(at, 999, 999);
    }
    return at;
  };

  /** The mounts of a service and its command, as lines for enter.sh. */
  const planOf = async (service, command) => {
    const lines = [];
    const names = Object.keys(services).map((name) => `127.0.0.1 ${name}`);
    lines.push(`printf '%s\\n' '127.0.0.1 localhost' ${names.map(quote).join(' ')} >"$root/etc/hosts"`);
    if (!service.image.startsWith('node:')) {
      lines.push('mount -t tmpfs -o mode=0755 tmpfs "$root/usr/local"', 'mkdir -p "$root/usr/local/bin"');
      lines.push(`install -m 0755 ${quote(entryPoint)} "$root/usr/local/bin/docker-entrypoint.sh"`);
    }
    const mounts = [];
    for (const entry of service.tmpfs ?? []) {
      const [target, options] = entry.split(':');
      mounts.push([
        target,
        [`mkdir -p "$root"${quote(target)}`, `mount -t tmpfs -o ${quote(options)} tmpfs "$root"${quote(target)}`],
      ]);
    }
    for (const { type, source, target, read_only: isReadOnly, bind } of service.volumes ?? []) {
      const from = type === 'volume' ? await volume(source) : join(composeFolder, source);
      if (!existsSync(from) && bind?.create_host_path) await mkdir(from, { recursive: true });
      const made = `if [ -d ${quote(from)} ]; then mkdir -p "$root"${quote(target)}; else mkdir -p "$root"${quote(dirname(target))}; touch "$root"${quote(target)}; fi`;
      mounts.push([
        target,
        [
          made,
          `mount --bind ${quote(from)} "$root"${quote(target)}`,
          ...(isReadOnly ? [`mount -o remount,bind,ro "$root"${quote(target)}`] : []),
        ],
      ]);
    }
    // What lies deeper is mounted later.
    mounts.sort(([a], [b]) => a.split('/').length - b.split('/').length);
    lines.push(...mounts.flatMap(([, own]) => own));
    if (service.read_only) lines.push('mount -o remount,ro "$root"');
    const [uid, gid] = String(service.user).split(':');
    const version = path.postgres;
    const environment = {
      PATH: `/usr/lib/postgresql/${version}/bin:/usr/local/bin:/usr/bin:/usr/sbin`,
      PGDATA: '/var/lib/postgresql/data',
      ...service.environment,
    };
    const isRoot = uid === '0';
    const words = [
      ...[
        'chroot',
        '$root',
        '/usr/bin/setpriv',
        `--reuid=${uid}`,
        `--regid=${gid}`,
        '--clear-groups',
        '--no-new-privs',
      ],
      ...(isRoot ? [] : ['--inh-caps=-all', '--bounding-set=-all']),
      ...['/usr/bin/env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
      ...command,
    ];
    lines.push(`cd "$root" && exec ${words.map((word) => (word === '$root' ? '"$root"' : quote(word))).join(' ')}`);
    return lines.join('\n');
  };

  /** Starts a process of a service; answers the child. */
  const begin = async (name, service, command, stdio) => {
    count += 1;
    const place = join(folder, 'run', `${name}-${count}`);
    await mkdir(join(place, 'root'), { recursive: true });
    await writeFile(join(place, 'plan.sh'), await planOf(service, command));
    const child = spawn(
      'nsenter',
      [
        ...['--target', String(holder.pid), '--net', 'unshare', '--mount', 'sh'],
        ...[join(here, 'enter.sh'), join(place, 'root'), join(place, 'plan.sh')],
      ],
      { stdio, detached: true },
    );
    child.place = place;
    return child;
  };

  const serviceOf = (name) => {
    const service = services[name];
    if (service === undefined) throw new Error(`no service ${name}`);
    return service;
  };

  const argv = (service, args) => [
    ...(service.entrypoint ?? []),
    ...(args.length > 0 ? args : (service.command ?? [])),
  ];

  const log = (name) => join(folder, 'logs', `${name}.log`);

  /** `docker compose exec`. */
  const exec = async (name, command, environment = {}) => {
    const child = running.get(name);
    const { user } = serviceOf(name);
    const [uid, gid] = String(user).split(':');
    const variables = {
      PATH: `/usr/lib/postgresql/${path.postgres}/bin:/usr/local/bin:/usr/bin:/usr/sbin`,
      ...environment,
    };
    return run('nsenter', [
      ...['--target', String(child.pid), '--mount', '--net', '--root', '--wd=/', '/usr/bin/setpriv', `--reuid=${uid}`],
      ...[`--regid=${gid}`, '--clear-groups', '/usr/bin/env', '-i'],
      ...Object.entries(variables).map(([key, value]) => `${key}=${value}`),
      ...command,
    ]);
  };

  const isHealthy = async (name) => {
    const test = serviceOf(name).healthcheck?.test;
    if (test === undefined) return true;
    return (await exec(name, test.slice(1))).code === 0;
  };

  const up = async (name) => {
    if (running.has(name)) return;
    const service = serviceOf(name);
    await mkdir(join(folder, 'logs'), { recursive: true });
    const child = await begin(name, service, argv(service, []), ['ignore', 'pipe', 'pipe']);
    const file = createWriteStream(log(name), { flags: 'a' });
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    running.set(name, child);
    child.on('exit', () => running.get(name) === child && running.delete(name));
    for (let tries = 0; ; tries += 1) {
      if (!running.has(name)) throw new Error(`${name} ended: ${(await readFile(log(name), 'utf8')).slice(-2000)}`);
      if (await isHealthy(name)) return;
      if (tries > 300)
        throw new Error(`${name} does not become healthy: ${(await readFile(log(name), 'utf8')).slice(-2000)}`);
      await pause(100);
    }
  };

  /** `docker compose run --rm NAME ARGS`. */
  const runOnce = async (name, args = []) => {
    const service = serviceOf(name);
    const child = await begin(name, service, argv(service, args), ['ignore', 'pipe', 'pipe']);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    const code = await new Promise((resolve) => child.on('close', resolve));
    return { code, output };
  };

  const end = async (name, signal) => {
    const child = running.get(name);
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.on('exit', resolve));
    // The leader of its group: a server's children go with it when it is killed without a word.
    process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal);
    await gone;
    running.delete(name);
  };

  /** A command of the runbook: the words of `docker compose` that it uses, and no others. */
  const command = async (line) => {
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
    if (words[0] !== 'docker' || words[1] !== 'compose') throw new Error(`not known here: ${line}`);
    const rest = words.slice(2);
    for (;;) {
      if (rest[0] === '--file' && basename(rest[1]) === 'compose.yaml') rest.splice(0, 2);
      else if (rest[0] === '--profile') rest.splice(0, 2);
      else break;
    }
    const [verb, ...others] = rest;
    const names = others.filter((word) => !word.startsWith('--'));
    if (verb === 'stop') for (const name of names) await end(name, 'SIGTERM');
    else if (verb === 'up') for (const name of names) await up(name);
    else if (verb === 'run') {
      const [name, ...args] = names;
      const result = await runOnce(name, args);
      if (result.code !== 0) throw new Error(`${line}\nended with ${result.code}: ${result.output.slice(-2000)}`);
      return result.output;
    } else throw new Error(`not known here: ${line}`);
    return '';
  };

  return {
    services,
    up,
    runOnce,
    exec,
    command,
    end,
    log,
    volume,
    isRunning: (name) => running.has(name),
    close: async () => {
      for (const name of [...running.keys()]) await end(name, 'SIGKILL');
      holder.kill('SIGKILL');
    },
  };
};
