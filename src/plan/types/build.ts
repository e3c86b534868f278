// How the image of a service is built.
import type { HealthCheckPlan, ImageReference } from '../../catalog/facts';

export type { HealthCheckPlan, ImageReference } from '../../catalog/facts';

export type PackageManager = 'npm' | 'pnpm' | 'yarn';

/** The user that every container of the service runs as. */
export interface ContainerUser {
  readonly uid: number;
  readonly gid: number;
}

/** A workspace of a monorepo that has to be copied into the build. */
export interface WorkspaceFolder {
  /** Relative to the root of the repository, POSIX separators, for example `backend/shared/types`. */
  readonly path: string;
}

/** What both shapes of image have in common. */
export interface BuildCommon {
  /** Base image of the build stages, for example node:24-trixie-slim. */
  readonly builder: ImageReference;
  readonly packageManager: PackageManager;
  /** Exact version for corepack-less installs (`pnpm@10.1.0`), null = the one of the image (npm). */
  readonly packageManagerVersion: string | null;
  /** Lock file at the root of the build context: package-lock.json, pnpm-lock.yaml, yarn.lock. */
  readonly lockFile: string;
  /** Folder of the cache of the package manager inside the build, mounted as BuildKit cache. */
  readonly cacheFolder: string;
  /** The service's folder inside the build context: `.` in its own repository, else the workspace. */
  readonly folder: string;
  /** `../../..` from the service's folder to the build context; `.` in its own repository. */
  readonly contextFromFolder: string;
  /** Other workspaces it depends on; empty in its own repository. */
  readonly workspaces: readonly WorkspaceFolder[];
  /** Whether a build step runs (TypeScript or a bundler), and its argv, for example ["npm","run","build"]. */
  readonly buildCommand: readonly string[] | null;
  readonly environment: readonly NameValueBuild[];
  readonly labels: readonly NameValueBuild[];
  readonly user: ContainerUser;
}

/** A name and value fixed at build time. */
export interface NameValueBuild {
  readonly name: string;
  readonly value: string;
}

/** A Node.js service. */
export interface NodeBuild extends BuildCommon {
  readonly shape: 'node';
  readonly nodeMajor: number;
  /** Last day of support of that line; null for an unknown one. */
  readonly nodeEndOfLife: string | null;
  readonly runtimeImage: ImageReference;
  readonly typescript: boolean;
  readonly prisma: boolean;
  /** Packages compile C or C++ on installation: python3, make and g++ are there in the build stages only. */
  readonly nativeModules: boolean;
  /** Files and folders of the service's folder that run: for example ["dist"], in JavaScript ["src"]. */
  readonly outputs: readonly string[];
  /** argv of the container, for example ["node","dist/index.js"]. */
  readonly start: readonly string[];
  readonly port: number | null;
  /** Path in the image where the code lives; the working directory is `appFolder` + `/` + folder. */
  readonly appFolder: string;
  readonly healthCheck: HealthCheckPlan | null;
}

/** A static site behind nginx-unprivileged. */
export interface StaticBuild extends BuildCommon {
  readonly shape: 'static';
  readonly nodeMajor: number;
  readonly nodeEndOfLife: string | null;
  readonly runtimeImage: ImageReference;
  /** Folder that the bundler writes, for example `dist`. */
  readonly outputFolder: string;
  readonly port: number;
  /** Served for a path without a file (single-page application), or null for a 404. */
  readonly fallback: string | null;
  /** Values compiled into the bundle: names begin VITE_. */
  readonly buildArguments: readonly NameValueBuild[];
  readonly headers: readonly NameValueBuild[];
  /** Folder of files with a content hash in their name: cached for a year. */
  readonly immutableFolder: string;
  readonly bodyLimitBytes: number;
  /** Sources that the Content-Security-Policy lets scripts connect to; in `headers` already. */
  readonly connectSources: readonly string[];
  readonly healthPath: string;
  readonly healthCheck: HealthCheckPlan | null;
}

export type BuildPlan = NodeBuild | StaticBuild;
