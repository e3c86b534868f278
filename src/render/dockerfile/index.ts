// Turns a plan into the Dockerfile, its ignore file and the files of ours that the image holds.
import type { BuildPlan } from '../../plan/types';
import type { Renderer } from '..';
import type { GeneratedFile } from '../shared/generated-file';
import { ignoreFile } from './ignore-file';
import { nodeDockerfile, secretLoader } from './node-image';
import { serverConfiguration, staticDockerfile } from './static-image';

const dockerfile = (body: string): GeneratedFile => ({
  at: 'service',
  path: 'Dockerfile',
  body,
  comment: 'hash',
  executable: false,
});

const imageFiles = (build: BuildPlan): readonly GeneratedFile[] =>
  build.shape === 'node'
    ? [dockerfile(nodeDockerfile(build)), secretLoader]
    : [dockerfile(staticDockerfile(build)), serverConfiguration(build)];

export const renderDockerfile: Renderer = ({ build }) => [...imageFiles(build), ignoreFile(build)];
