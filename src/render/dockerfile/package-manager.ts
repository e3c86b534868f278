// What a package manager is asked to do in a build: the shape of the definitions beside this file.
import type { NameValueBuild, PackageManager } from '../../plan/types';

/** What an installation is for. */
export interface Installation {
  /** Folders of the service and of the workspaces that it needs; empty in a repository of its own. */
  readonly workspaces: readonly string[];
  /** Whether packages may run their install scripts: only where something has to be compiled or downloaded. */
  readonly scripts: boolean;
  /** Folder of the cache, mounted into the build. */
  readonly cacheFolder: string;
  /** The service's folder below the root. */
  readonly folder: string;
}

export interface PackageManagerCommands {
  readonly name: PackageManager;
  /** What npm installs to have it, before `@VERSION`; null when it comes with Node.js. */
  readonly distribution: string | null;
  /** Further files of the root that decide what is installed, where they exist. */
  readonly settings: readonly string[];
  /** The same for folders: patches, plugins. */
  readonly settingFolders: readonly string[];
  readonly environment: (cacheFolder: string) => readonly NameValueBuild[];
  /** Where a registry's password is looked for, and the name of the secret that brings it. */
  readonly secret: { readonly id: string; readonly target: string };
  /** Installs everything the lock file says, development dependencies included. */
  readonly install: (installation: Installation) => readonly string[];
  /** Installs what runs. */
  readonly production: (installation: Installation) => readonly string[];
  /** Runs a program of a package, and never downloads one. */
  readonly execute: readonly string[];
  /** Runs a workspace's script `build` if it has one. */
  readonly buildWorkspace: (folder: string) => readonly string[];
  /**
   * Beginning of the lines that name an exact package in the lock file, as a pattern of grep. Not null where the install
   * of some workspaces cannot be held to the lock file by an option: then the build compares the lines itself.
   */
  readonly lockEntry: string | null;
  /** Runs the repository's own install scripts even when scripts are off. */
  readonly runsOwnScripts: boolean;
}
