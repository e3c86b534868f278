// Refuses versions that get no security fixes any more.
import { supportedLines } from '../catalog/node/lines';
import { inClusters, once, type Refusal } from './refusal';

const endOfLifeRuntime: Refusal = {
  code: 'end-of-life-runtime',
  severity: 'error',
  title: 'A line of Node.js that has ended or is not supported',
  why: 'It gets no security fixes.',
  check: ({ build, asOf }) => {
    const { nodeMajor, nodeEndOfLife } = build;
    if (supportedLines.includes(nodeMajor) && nodeEndOfLife !== null && nodeEndOfLife >= asOf) return [];
    return once([
      {
        path: ['runtime', 'node'],
        message:
          nodeEndOfLife === null
            ? `Node.js ${nodeMajor} is no line with long-term support.`
            : nodeEndOfLife < asOf
              ? `support of Node.js ${nodeMajor} ended on ${nodeEndOfLife}, before ${asOf}.`
              : `Node.js ${nodeMajor} is not supported here.`,
        fix: `Use ${supportedLines.join(', ')}.`,
      },
    ]);
  },
};

const endOfLifeBacking: Refusal = {
  code: 'end-of-life-backing',
  severity: 'error',
  title: 'A version of a data store that has ended',
  why: 'It gets no security fixes.',
  check: (plan) =>
    inClusters(plan, ({ bindings }) =>
      bindings
        .filter(({ endOfLife }) => endOfLife !== null && endOfLife < plan.asOf)
        .map(({ key, kind, version, endOfLife }) => ({
          path: ['needs', key],
          message: `support of ${kind} ${version} ended on ${endOfLife}, before ${plan.asOf}.`,
          fix: `Set a newer backing.${kind}.version in platform.yaml.`,
        })),
    ),
};

const packageManagerVersionMissing: Refusal = {
  code: 'package-manager-version-missing',
  severity: 'error',
  title: 'pnpm or yarn without an exact version',
  why: 'The image has neither, and a lock file is read right by the version that wrote it only.',
  check: ({ build }) =>
    once(
      build.packageManager !== 'npm' && build.packageManagerVersion === null
        ? [
            {
              path: ['runtime', 'packageManager'],
              message: `"${build.packageManager}" has no version.`,
              fix: `Write the version that wrote ${build.lockFile}, for example ${build.packageManager === 'pnpm' ? 'pnpm@10.20.0' : 'yarn@4.10.3'}.`,
            },
          ]
        : [],
    ),
};

const packageManagerEnded: Refusal = {
  code: 'package-manager-ended',
  severity: 'error',
  title: 'A line of a package manager that has ended',
  why: 'yarn 2 and 3 get no fixes any more, and install production dependencies by a plugin only.',
  check: ({ build }) =>
    once(
      build.packageManager === 'yarn' && /^[23]\./.test(build.packageManagerVersion ?? '')
        ? [
            {
              path: ['runtime', 'packageManager'],
              message: `yarn ${build.packageManagerVersion} has ended.`,
              fix: 'Use yarn 4, or yarn 1 (1.22.22).',
            },
          ]
        : [],
    ),
};

export const versionRefusals: readonly Refusal[] = [
  endOfLifeBacking,
  endOfLifeRuntime,
  packageManagerEnded,
  packageManagerVersionMissing,
];
