// Turns the specifier of an import into the file, among those given, that it means.

/** The name under which values of the generated accessor are known, wherever it lies. */
export const ACCESSOR = 'env.generated';

/** True for the specifier, or path, of the accessor that this package generates. */
export const isAccessor = (specifier: string): boolean =>
  ['', '.js', '.mjs', '.ts'].some((end) => specifier.slice(specifier.lastIndexOf('/') + 1) === `${ACCESSOR}${end}`);

/** Files that are named by a relative path, for the reader of code that wants to know what belongs to it. */
export const isRelative = (specifier: string): boolean => specifier.startsWith('./') || specifier.startsWith('../');

/** The path of the file among `paths` that a specifier written in `from` means; null when none of them is it. */
export function fileOf(specifier: string, from: string, paths: ReadonlySet<string>): string | null {
  const base = baseOf(specifier, from, paths);
  if (base === null) return null;
  const [stem, ends] = withoutExtension(base);
  const candidates = [base, ...ends.map((end) => `${stem}.${end}`), ...ENDS.map((end) => `${base}/index.${end}`)];
  return candidates.find((candidate) => paths.has(candidate)) ?? null;
}

const ENDS = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'];

/** TypeScript names the file that will be there after compiling: './config.js' is config.ts. */
function withoutExtension(path: string): [string, readonly string[]] {
  const dot = path.lastIndexOf('.');
  const isKnown = dot > path.lastIndexOf('/') && ENDS.includes(path.slice(dot + 1));
  return [isKnown ? path.slice(0, dot) : path, ENDS];
}

/** The path without extension that a specifier means; '@/x' and '~/x' are, by custom, x in the source folder. */
function baseOf(specifier: string, from: string, paths: ReadonlySet<string>): string | null {
  if (specifier === '.' || specifier === '..' || isRelative(specifier)) return joined(folderOf(from), specifier);
  if (!specifier.startsWith('@/') && !specifier.startsWith('~/')) return null;
  const inside = specifier.slice(2);
  const roots = new Set([...paths].filter((path) => `/${path}`.includes('/src/')).map(sourceRootOf));
  const root = [...roots].find((each) => from.startsWith(each));
  return root === undefined ? null : `${root}${inside}`;
}

const sourceRootOf = (path: string): string => path.slice(0, `/${path}`.indexOf('/src/') + 4);

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function joined(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${folder.startsWith('/') ? '/' : ''}${parts.filter((part) => part !== '').join('/')}`;
}
