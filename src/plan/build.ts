// Decides how the image is built: base images, package manager, folders, labels, health check.
import { nodeLines } from '../catalog/node/lines';
import type { ServiceModel } from '../model/service-model';
import { commonBuild } from './build-common';
import { staticBuild } from './build-static';
import type { Decisions } from './decisions';
import { nodeHealthCommand, processAliveCommand, webHealthCheck } from './health-command';
import type { BuildPlan } from './types';
import { serviceUser } from './user';

/** Where the code lives in the image. */
export const appFolder = '/app';
/** Preloaded by Node.js: makes a secret file readable under its variable's name. */
export const secretLoader = `${appFolder}/load-secrets.cjs`;

export function planBuild(model: ServiceModel, decisions: Decisions): BuildPlan {
  const { settings } = model;
  if (settings.runtime.static !== null) return staticBuild(model, settings.runtime.static, decisions);
  const { runtime, http } = settings;
  return {
    ...commonBuild(model, decisions),
    shape: 'node',
    user: serviceUser,
    nodeMajor: runtime.node,
    nodeEndOfLife: nodeLines[runtime.node] ?? null,
    runtimeImage: {
      repository: 'node',
      tag: decisions.decide(runtime.prisma ? `${runtime.node}-trixie` : `${runtime.node}-trixie-slim`, {
        path: 'runtimeImage.tag',
        from: runtime.prisma ? 'runtime.prisma' : 'runtime.node',
        why: runtime.prisma
          ? "Prisma's schema engine, which the migration runs, needs the OpenSSL that the slim image lacks"
          : 'Debian slim: glibc for native modules, no compiler, no package lists',
        source: runtime.prisma
          ? 'https://www.prisma.io/docs/orm/reference/system-requirements'
          : 'https://github.com/nodejs/docker-node',
      }),
      digest: runtime.runDigest,
    },
    typescript: runtime.typescript,
    prisma: decisions.decide(runtime.prisma, {
      path: 'prisma',
      from: 'runtime.prisma',
      why: 'the migrations are run by prisma, or it was declared',
    }),
    nativeModules: runtime.nativeModules,
    outputs: runtime.outputs,
    start: runtime.start,
    port: http?.port ?? null,
    appFolder,
    healthCheck:
      http === null
        ? { ...webHealthCheck, command: processAliveCommand, startPeriodSeconds: 10 }
        : healthCheck(http.port, http.readyPath, http.startupSeconds),
  };
}

function healthCheck(port: number, path: string, startPeriodSeconds: number) {
  return {
    ...webHealthCheck,
    command: nodeHealthCommand(port, path),
    startPeriodSeconds: Math.ceil(startPeriodSeconds),
  };
}
