// checkov's Dockerfile checks.
import { checkov, endCheckov } from '../checkov.mjs';
import { append, swap } from '../mutate.mjs';
import { matching } from '../tree.mjs';

const file = /(^|\/)Dockerfile$/;

export const judge = {
  name: 'checkov-dockerfile',
  about: 'Dockerfile: every check fatal',
  subjects: (tree) => matching(tree, file),
  examine: (tree) => checkov('dockerfile', tree),
  end: endCheckov,
  mutants: [
    { name: 'no health check', mutate: swap(file, /^HEALTHCHECK (.*\\\n)*.*\n/m, ''), must: /CKV_DOCKER_2/ },
    { name: 'no user', mutate: (tree) => swap(file, /^USER .*\n/gm, '')(tree), must: /CKV_DOCKER_3/ },
    { name: 'last user is root', mutate: append(file, 'USER root\n'), must: /CKV_DOCKER_8/ },
    { name: 'ADD in place of COPY', mutate: append(file, 'ADD . /x\n'), must: /CKV_DOCKER_4/ },
    { name: 'base image by latest', mutate: swap(file, /(FROM\s+\S+?:)\S+/, '$1latest'), must: /CKV_DOCKER_7/ },
    { name: 'ssh port', mutate: append(file, 'EXPOSE 22\n'), must: /CKV_DOCKER_1\b/ },
    {
      name: 'certificates not checked',
      mutate: append(file, 'ENV NODE_TLS_REJECT_UNAUTHORIZED=0\n'),
      must: /CKV2_DOCKER_6/,
    },
    { name: 'sudo', mutate: append(file, 'RUN sudo true\n'), must: /CKV2_DOCKER_1\b/ },
  ],
};
