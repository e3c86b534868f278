// Installs, where missing, every pinned judge into one cache folder and answers where each of them is.
import { access, cp, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildModule } from './go-module.mjs';
import { binFolder, must, run, toolEnvironment, toolsFolder } from './process.mjs';
import {
  bootstrapGo,
  debianTools,
  engine,
  goModules,
  goTools,
  newerNginx,
  nodeTools,
  ownGoPrograms,
  pythonTools,
} from './tools.mjs';

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

const link = async (target, name) => {
  await mkdir(binFolder, { recursive: true });
  const place = join(binFolder, name);
  await rm(place, { force: true });
  await symlink(target, place);
};

/** Makes `folder` once: built under another name and moved at the end, so that an interrupted run leaves nothing half done. */
const once = async (folder, build) => {
  if (await exists(folder)) return false;
  await mkdir(toolsFolder, { recursive: true });
  const scratch = await mkdtemp(join(toolsFolder, 'partial-'));
  try {
    await build(scratch);
    await rename(scratch, folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return true;
};

let aptQueue = Promise.resolve();
let aptFresh = false;

/** Installs Debian packages into the system; calls are queued because apt holds a lock. */
const aptInstall = (packages) =>
  (aptQueue = aptQueue.then(async () => {
    // At run level 1 a server is installed and not started.
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    if (!aptFresh) await must('apt-get', ['update', '-q'], { env: environment });
    aptFresh = true;
    await must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env: environment });
  }));

const onPath = async (command) => (await run('sh', ['-c', `command -v ${command}`])).code === 0;

/**
 * Downloads packages of another Debian release through a private apt folder and unpacks them into `folder`/root: the system's
 * own lists and packages stay as they are.
 */
const unpackDebian = (folder, suite, packages) =>
  once(folder, async (scratch) => {
    const apt = join(scratch, 'apt');
    for (const name of ['lists/partial', 'archives/partial', 'empty'])
      await mkdir(join(apt, name), { recursive: true });
    await writeFile(join(apt, 'status'), '');
    await writeFile(
      join(apt, 'sources.list'),
      `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian ${suite} main\n`,
    );
    const set = {
      'Dir::Etc::sourcelist': join(apt, 'sources.list'),
      'Dir::Etc::sourceparts': join(apt, 'empty'),
      'Dir::State::lists': join(apt, 'lists'),
      'Dir::State::status': join(apt, 'status'),
      'Dir::Cache': apt,
      'APT::Sandbox::User': 'root',
      // A mirror may be a frozen one, whose lists are past their date: they are signed all the same.
      'Acquire::Check-Valid-Until': 'false',
    };
    const options = Object.entries(set).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
    await must('apt-get', [...options, 'update', '-q'], { cwd: apt });
    await must('apt-get', [...options, 'download', '-q', ...packages], { cwd: apt });
    for (const file of await readdir(apt)) {
      if (file.endsWith('.deb')) await must('dpkg-deb', ['-x', join(apt, file), join(scratch, 'root')]);
    }
    await rm(apt, { recursive: true, force: true });
  });

/** Go 1.21 and later fetch the version that a module asks for; Debian 12's own is older than that. */
const findGo = async () => {
  const { code, stdout } = await run('go', ['version']).catch(() => ({ code: 1, stdout: '' }));
  const [, minor] = /go1\.(\d+)/.exec(stdout) ?? [];
  if (code === 0 && Number(minor) >= 21) return;
  const folder = join(toolsFolder, `go-${bootstrapGo.version}`);
  await unpackDebian(folder, bootstrapGo.suite, [
    `golang-${bootstrapGo.version}-go`,
    `golang-${bootstrapGo.version}-src`,
  ]);
  const root = join(folder, 'root', 'usr', 'lib', `go-${bootstrapGo.version}`);
  await mkdir(binFolder, { recursive: true });
  const launcher = join(binFolder, 'go');
  await writeFile(launcher, `#!/bin/sh\nGOROOT='${root}' exec '${join(root, 'bin', 'go')}' "$@"\n`, { mode: 0o755 });
};

const goEnvironment = (folder) => ({ ...toolEnvironment(), GOBIN: folder, GOTOOLCHAIN: 'auto', CGO_ENABLED: '0' });

/** Builds one command into a folder of its own; `build` gets a scratch folder. */
const installBuilt = async (tool, build) => {
  const folder = join(toolsFolder, `${tool.name}-${tool.version}`);
  const made = await once(folder, async (scratch) => {
    await findGo();
    await build(scratch);
  });
  await link(join(folder, tool.name), tool.name);
  return made;
};

const installGo = (tool) =>
  installBuilt(tool, (scratch) => {
    const path = tool.command === '' ? tool.module : `${tool.module}/${tool.command}`;
    return must('nice', ['-n', '10', 'go', 'install', '-trimpath', '-ldflags=-s -w', `${path}@${tool.version}`], {
      env: { ...goEnvironment(scratch), ...tool.environment },
      cwd: scratch,
    });
  });

const installGoModule = async (tool) =>
  tool.unlessPresent === true && (await onPath(tool.name))
    ? false
    : installBuilt(tool, (scratch) => buildModule(tool, scratch, goEnvironment(scratch)));

const installOwnGo = (tool) =>
  installBuilt(tool, async (scratch) => {
    await cp(fileURLToPath(new URL(tool.folder, import.meta.url)), scratch, { recursive: true });
    const flags = ['-trimpath', '-ldflags=-s -w', '-o', join(scratch, tool.name)];
    await must('nice', ['-n', '10', 'go', 'build', ...flags, '.'], { cwd: scratch, env: goEnvironment(scratch) });
  });

const installPython = async (tool) => {
  const folder = join(toolsFolder, `${tool.name}-${tool.version}`);
  const made = await once(folder, async (scratch) => {
    if ((await run('python3', ['-c', 'import venv, ensurepip'])).code !== 0)
      await aptInstall(['python3', 'python3-venv']);
    // A virtual environment does not survive being moved, so the packages go to a plain folder with a launcher beside it.
    await must('python3', ['-m', 'venv', join(scratch, 'pip')]);
    await must(join(scratch, 'pip', 'bin', 'python'), [
      '-m',
      'pip',
      'install',
      '-q',
      '--target',
      join(scratch, 'site'),
      `${tool.distribution}==${tool.version}`,
    ]);
    await rm(join(scratch, 'pip'), { recursive: true, force: true });
    const script = join(folder, 'site', 'bin', tool.name);
    const text =
      `#!/bin/sh\nPYTHONPATH='${join(folder, 'site')}' PYTHONDONTWRITEBYTECODE=1\nexport PYTHONPATH PYTHONDONTWRITEBYTECODE\n` +
      `if head -c 2 '${script}' | grep -q '#!'; then exec python3 '${script}' "$@"; fi\nexec '${script}' "$@"\n`;
    await writeFile(join(scratch, 'launch'), text, { mode: 0o755 });
  });
  await link(join(folder, 'launch'), tool.name);
  return made;
};

const installNode = async (tool) => {
  const folder = join(toolsFolder, `${tool.name}-${tool.version}`);
  const made = await once(folder, async (scratch) => {
    await writeFile(join(scratch, 'package.json'), '{ "private": true }\n');
    await must('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${tool.name}@${tool.version}`], {
      cwd: scratch,
    });
  });
  const command = join(folder, 'node_modules', tool.name, 'cli.js');
  if (await exists(command)) {
    await link(command, tool.name);
    return made;
  }
  // A library without a command of its own: one that tells its version proves that it can be loaded from there.
  const probe = join(folder, 'version.cjs');
  await writeFile(
    probe,
    `#!/usr/bin/env node\nconsole.log(require('./node_modules/${tool.name}/package.json').version);\n`,
    { mode: 0o755 },
  );
  await link(probe, tool.name);
  return made;
};

const installDebian = async (tool) => {
  if (await onPath(tool.name)) return false;
  await aptInstall([tool.package]);
  return true;
};

const installEngine = async () => {
  const folder = join(toolsFolder, `docker-${engine.suite}`);
  const made = await unpackDebian(folder, engine.suite, engine.packages);
  const root = join(folder, 'root', 'usr');
  for (const name of [
    'bin/docker',
    'sbin/dockerd',
    'bin/containerd',
    'bin/containerd-shim-runc-v2',
    'bin/docker-proxy',
    'sbin/docker-proxy',
    'bin/ctr',
    'sbin/docker-init',
    'bin/tini-static',
  ]) {
    if (await exists(join(root, name)))
      await link(join(root, name), name === 'bin/tini-static' ? 'docker-init' : name.split('/')[1]);
  }
  const plugins = join(toolsFolder, 'docker-config', 'cli-plugins');
  await mkdir(plugins, { recursive: true });
  for (const name of ['docker-compose', 'docker-buildx']) {
    const places = ['libexec/docker/cli-plugins', 'lib/docker/cli-plugins', 'bin'].map((place) =>
      join(root, place, name),
    );
    for (const place of places) {
      if (!(await exists(place))) continue;
      await rm(join(plugins, name), { force: true });
      await symlink(place, join(plugins, name));
      break;
    }
  }
  return made;
};

/** A launcher starts it by its own loader, since the machine's C library may be older. */
const installNginx = async () => {
  const { name, suite, packages } = newerNginx;
  const folder = join(toolsFolder, `${name}-${suite}`);
  const made = await unpackDebian(folder, suite, packages);
  const libraries = join(folder, 'root', 'usr', 'lib', 'x86_64-linux-gnu');
  const program = join(folder, 'root', 'usr', 'sbin', 'nginx');
  const launcher = join(folder, 'launch');
  await writeFile(
    launcher,
    `#!/bin/sh\nexec '${join(libraries, 'ld-linux-x86-64.so.2')}' --library-path '${libraries}' '${program}' "$@"\n`,
    { mode: 0o755 },
  );
  await link(launcher, name);
  return made;
};

/** How each tool is asked whether it starts. Go tools built from a module often do not know their version: the pin is printed. */
const probeOf = {
  kubeconform: ['-h'],
  actionlint: ['-version'],
  kustomize: ['version'],
  'kube-score': ['version'],
  promtool: ['--version'],
  sloth: ['version'],
  nginx: ['-v'],
  'nginx-stable': ['-v'],
  docker: ['--version'],
  'docker compose': ['compose', 'version'],
  'docker buildx': ['buildx', 'version'],
  'hcl-tree': [],
};

/** Installs what is missing; answers one entry per tool: `{ name, version, made, seconds, error }`. */
export const install = async (log = () => {}) => {
  const results = [];
  const step = async (build, probes, version = null) => {
    const start = Date.now();
    let made = false;
    let error = null;
    try {
      made = await build();
    } catch (problem) {
      error = problem.message;
    }
    for (const probe of probes) {
      let answer = '';
      let failure = error;
      if (failure === null) {
        const result = await run(probe.split(' ')[0], probeOf[probe] ?? ['--version']).catch((problem) => ({
          code: 1,
          all: problem.message,
        }));
        answer = version ?? (result.all.split('\n').find((line) => /\d/.test(line)) ?? '').trim();
        if (result.code !== 0) failure = `${probe} does not start: ${result.all.slice(0, 500)}`;
      }
      const entry = {
        name: probe,
        version: answer,
        made,
        seconds: Math.round((Date.now() - start) / 100) / 10,
        error: failure,
      };
      results.push(entry);
      log(entry);
    }
  };
  const lane = async (tools, build) => {
    for (const tool of tools) await step(() => build(tool), [tool.name], tool.version);
  };
  await Promise.all([
    lane(goTools, installGo)
      .then(() => lane(ownGoPrograms, installOwnGo))
      .then(() => lane(goModules, installGoModule)),
    lane(pythonTools, installPython).then(() => lane(nodeTools, installNode)),
    lane(debianTools, installDebian)
      .then(() => step(installEngine, ['docker', 'dockerd', 'docker compose', 'docker buildx']))
      .then(() => step(installNginx, [newerNginx.name])),
  ]);
  return results;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const start = Date.now();
  const results = await install(({ name, version, made, seconds, error }) =>
    console.log(
      error === null
        ? `${made ? 'installed' : 'present  '} ${name}: ${version} (${seconds} s)`
        : `FAILED    ${name}: ${error}`,
    ),
  );
  const failed = results.filter((entry) => entry.error !== null).length;
  console.log(
    `${results.length - failed} installed, ${failed} failed, ${Math.round((Date.now() - start) / 1000)} s, in ${toolsFolder}`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}
