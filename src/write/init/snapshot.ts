// What `init` looks at: the files of a service's folder, and of the repository around it, as text.

/** Files by their path from the root of the repository, with `/`. Lock files are there by name only. */
export interface ProjectSnapshot {
  /** The service's folder from the root; empty when it is the root. */
  readonly folder: string;
  /** The name of the service's folder itself, for a package without a name. */
  readonly folderName: string;
  readonly files: ReadonlyMap<string, string>;
}

/** A value that was found, and where: the comment behind it. */
export interface Found<T> {
  readonly value: T;
  readonly from: string;
}

/** Each value once, as it was found first. */
export const firstOfEach = (found: readonly Found<string>[]): Found<string>[] =>
  found.filter(({ value }, at) => found.findIndex((other) => other.value === value) === at);

/** What of a package.json is read; anything of another type than expected is left out. */
export interface PackageFile {
  readonly name: string | null;
  readonly description: string | null;
  readonly main: string | null;
  readonly isModule: boolean;
  readonly packageManager: string | null;
  readonly nodeEngine: string | null;
  readonly scripts: ReadonlyMap<string, string>;
  readonly dependencies: ReadonlyMap<string, string>;
  readonly devDependencies: ReadonlyMap<string, string>;
  readonly workspaces: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The object in a JSON text; null when it holds none. */
export function jsonObject(source: string | undefined): Json | null {
  try {
    const value: unknown = JSON.parse(source ?? 'null');
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function textMap(value: unknown): ReadonlyMap<string, string> {
  if (!isObject(value)) return new Map();
  return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Patterns of workspaces: a list, or yarn's object with a list in it. */
function patterns(value: unknown): string[] {
  const listed = isObject(value) ? value.packages : value;
  return Array.isArray(listed) ? listed.filter((each): each is string => typeof each === 'string') : [];
}

/** Reads a package.json; null when there is none, or it is no JSON object. */
export function packageFile(source: string | undefined): PackageFile | null {
  const json = jsonObject(source);
  if (json === null) return null;
  const development =
    isObject(json.devEngines) && isObject(json.devEngines.packageManager) ? json.devEngines.packageManager : null;
  const manager = text(development?.name);
  return {
    name: text(json.name),
    description: text(json.description),
    main: text(json.main),
    isModule: json.type === 'module',
    packageManager:
      text(json.packageManager) ?? (manager === null ? null : `${manager}@${text(development?.version) ?? ''}`),
    nodeEngine: isObject(json.engines) ? text(json.engines.node) : null,
    scripts: textMap(json.scripts),
    dependencies: textMap(json.dependencies),
    devDependencies: textMap(json.devDependencies),
    workspaces: patterns(json.workspaces),
  };
}

/** The path, from the root, of a file in the service's folder. */
export const inFolder = (snapshot: ProjectSnapshot, name: string): string =>
  snapshot.folder === '' ? name : `${snapshot.folder}/${name}`;

/** A path as a person in the service's folder would write it; one outside the folder is shown from the root. */
export const shownPath = (snapshot: ProjectSnapshot, path: string): string =>
  snapshot.folder !== '' && path.startsWith(`${snapshot.folder}/`) ? path.slice(snapshot.folder.length + 1) : path;

/** The first of these files that is there: in the service's folder, then at the root. */
export function nearest(snapshot: ProjectSnapshot, names: readonly string[]): { path: string; text: string } | null {
  for (const path of [...names.map((name) => inFolder(snapshot, name)), ...names]) {
    const found = snapshot.files.get(path);
    if (found !== undefined) return { path, text: found };
  }
  return null;
}
