// Turns the plan of a static site into its Dockerfile and the configuration of the nginx that serves it.
import type { StaticBuild } from '../../plan/types';
import type { GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';
import { renderBuildStages } from './build-stages';
import { below, generatedFolder, rootOf } from './folders';

const server = `${generatedFolder}/nginx.conf`;

export function staticDockerfile(build: StaticBuild): string {
  const work = below(rootOf(build), build.folder);
  const runtime = renderTemplate('dockerfile/static.Dockerfile', {
    runtimeImage: build.runtimeImage,
    labels: build.labels,
    server: `${work}/${server}`,
    site: `${work}/${build.outputFolder}`,
    user: build.user,
    port: build.port,
    healthCheck: build.healthCheck,
  });
  return `${renderBuildStages(build)}${runtime}`;
}

export const serverConfiguration = (build: StaticBuild): GeneratedFile => ({
  at: 'service',
  path: server,
  body: renderTemplate('dockerfile/nginx.conf', {
    bodyLimitBytes: build.bodyLimitBytes,
    port: build.port,
    headers: build.headers,
    healthPath: build.healthPath,
    immutableLocation: `/${build.immutableFolder}/`,
    fallbackUri: build.fallback === null ? null : `/${build.fallback}`,
  }),
  comment: 'hash',
  executable: false,
});
