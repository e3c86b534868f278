// hadolint on the Dockerfile: every rule from style upwards, inline ignores switched off, label values by their formats.
import { append, swap } from '../mutate.mjs';
import { run } from '../process.mjs';
import { matching, withFolder } from '../tree.mjs';

const file = /(^|\/)Dockerfile$/;

/** The labels of the OCI image specification with the format that hadolint can check. */
const labels = {
  title: 'text',
  description: 'text',
  vendor: 'text',
  authors: 'text',
  version: 'text',
  source: 'url',
  url: 'url',
  documentation: 'url',
  licenses: 'spdx',
  revision: 'hash',
  created: 'rfc3339',
  'base.name': 'text',
  'base.digest': 'text',
  'ref.name': 'text',
};

const lint = async (args, folder, paths) => {
  const { stdout, stderr } = await run(
    'hadolint',
    [...args, '--failure-threshold', 'style', '--disable-ignore-pragma', '--format', 'json', ...paths],
    { cwd: folder },
  );
  if (!stdout.startsWith('[')) return [{ file: paths[0], message: `no report: ${stdout}${stderr}` }];
  return JSON.parse(stdout).map(({ file: path, line, code, message }) => ({
    file: path,
    line,
    message: `${code} ${message}`,
  }));
};

export const judge = {
  name: 'hadolint',
  about: 'Dockerfile: all rules at style and above, no ignore pragma, known registries, label formats',
  subjects: (tree) => matching(tree, file),
  examine: (tree) =>
    withFolder(new Map([...tree, ['labels.yaml', labelConfiguration]]), async (folder) => {
      const strict = await lint(['--trusted-registry', 'docker.io', '--trusted-registry', 'ghcr.io'], folder, [
        ...tree.keys(),
      ]);
      // With a label schema hadolint asks every stage for every label (DL3049), also stages that are never shipped: formats only.
      const formats = await lint(['--config', 'labels.yaml', '--strict-labels', '--ignore', 'DL3049'], folder, [
        ...tree.keys(),
      ]);
      return [...strict, ...formats];
    }),
  mutants: [
    { name: 'base image by latest', mutate: swap(file, /(FROM\s+\S+:)\S+/, '$1latest'), must: /DL3007/ },
    { name: 'base image without a tag', mutate: swap(file, /(FROM\s+[^\s:]+):\S+/, '$1'), must: /DL3006/ },
    { name: 'foreign registry', mutate: append(file, 'FROM registry.invalid/x:1\nUSER 10001:10001\n'), must: /DL3026/ },
    { name: 'last user is root', mutate: append(file, 'USER root\n'), must: /DL3002/ },
    { name: 'command in shell form', mutate: append(file, 'CMD node server.js\n'), must: /DL3025/ },
    {
      name: 'package without version',
      mutate: append(file, 'RUN apt-get update && apt-get install -y curl\n'),
      must: /DL3008/,
    },
    { name: 'unquoted variable in a script', mutate: append(file, 'RUN rm -r $DIRECTORY/cache\n'), must: /SC2086/ },
    { name: 'cd in place of WORKDIR', mutate: append(file, 'RUN cd /srv && make\n'), must: /DL3003/ },
    { name: 'relative working directory', mutate: append(file, 'WORKDIR srv\n'), must: /DL3000/ },
    { name: 'secret in the environment', mutate: append(file, 'ENV API_TOKEN=x\n'), must: /DL3064/ },
    { name: 'ADD in place of COPY', mutate: append(file, 'ADD package.json /app/\n'), must: /DL3020/ },
    { name: 'ignore pragma', mutate: append(file, '# hadolint ignore=DL3025\nCMD node server.js\n'), must: /DL3025/ },
    {
      name: 'source label that is no address',
      mutate: append(file, 'LABEL org.opencontainers.image.source="nowhere"\n'),
      must: /DL3052/,
    },
    {
      name: 'label that OCI does not know',
      mutate: append(file, 'LABEL org.opencontainers.image.licence="Apache-2.0"\n'),
      must: /DL3050/,
    },
    { name: 'not a Dockerfile', mutate: append(file, 'RUNN true\n'), must: /DL1000|unexpected/ },
  ],
};

const labelConfiguration = `label-schema:\n${Object.entries(labels)
  .map(([name, format]) => `  org.opencontainers.image.${name}: ${format}\n`)
  .join('')}`;
