// The shape of a rendered Kubernetes object with the comments that tell why, before it becomes YAML.
import type { YamlComments } from '../yaml';

export interface ObjectMetadata {
  readonly name: string;
  /** Absent where the kustomization that holds the object sets it, and where there is none. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** An object, the file it is written to (several may share one) and its comments by path. */
export interface Manifest {
  readonly file: string;
  readonly object: KubernetesObject;
  readonly comments: YamlComments;
}

/** A part of an object with comments on it; paths count from the part. */
export interface Commented {
  readonly value: Readonly<Record<string, unknown>>;
  readonly comments: YamlComments;
}

/** A manifest without undefined fields, so that two of them can be compared. */
export function manifest(file: string, object: KubernetesObject, comments: YamlComments = {}): Manifest {
  return { file, object: defined(object) as KubernetesObject, comments };
}

/** The comments of a part, seen from the object that holds it. */
export function under(path: string, comments: YamlComments): YamlComments {
  return Object.fromEntries(Object.entries(comments).map(([key, comment]) => [`${path}.${key}`, comment]));
}

/** Identity of an object inside a namespace. */
export function identityOf(object: KubernetesObject): string {
  const group = object.apiVersion.includes('/') ? object.apiVersion.replace(/\/.*$/, '') : '';
  return `${group}/${object.kind}/${object.metadata.name}`;
}

/** The same value where there is nothing to leave out, which is nearly everywhere: copies would cost more than the rest. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(defined);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const kept: [string, unknown][] = [];
  let isSame = true;
  for (const [key, inner] of entries) {
    const part = defined(inner);
    if (part !== undefined) kept.push([key, part]);
    if (part !== inner || part === undefined) isSame = false;
  }
  return isSame ? value : Object.fromEntries(kept);
}
