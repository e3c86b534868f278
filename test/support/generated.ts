// Reads generated files back as data, for tests that judge what they mean.
import { isMap, parseAllDocuments } from 'yaml';
import type { ServicePlan } from '../../src/plan/types';
import { exampleNames, exampleText, expectedFiles, generateYaml } from './examples';

// biome-ignore lint/suspicious/noExplicitAny: parsed YAML of many shapes; a wrong guess fails the test that made it.
export type Data = any;

export interface Generated {
  readonly name: string;
  readonly plan: ServicePlan;
  /** Path → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly compose: Data;
  readonly workflow: Data;
  /** Objects of base and overlays, without the kustomizations. */
  readonly objects: readonly Data[];
}

/** All documents of a YAML text; a syntax error throws. */
export function yamlDocuments(text: string): Data[] {
  return parseAllDocuments(text, { version: '1.2', uniqueKeys: true }).map((document) => {
    if ('errors' in document && document.errors.length > 0) throw document.errors[0];
    if (!isMap(document.contents)) throw new Error('the document is no map');
    return document.toJS();
  });
}

export const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);

export function readGenerated(name: string, text: string): Generated {
  const outcome = generateYaml(text);
  if (outcome.plan === null || outcome.files.length === 0)
    throw new Error(`${name} is refused: ${JSON.stringify(outcome.diagnostics)}`);
  const files = expectedFiles(outcome);
  const one = (pattern: RegExp): Data => yamlDocuments([...files].find(([path]) => pattern.test(path))?.[1] ?? '')[0];
  return {
    name,
    plan: outcome.plan,
    files,
    compose: one(/^compose\.yaml$/),
    workflow: one(/^\.github\/workflows\//),
    objects: [...files]
      .filter(([path]) => /^deploy\/.*\.yaml$/.test(path) && !path.endsWith('kustomization.yaml'))
      .flatMap(([, content]) => yamlDocuments(content)),
  };
}

export const generatedExamples: readonly Generated[] = exampleNames.map((name) =>
  readGenerated(name, exampleText(name)),
);

/** The pod template of an object, or null. */
export function podOf(object: Data): { readonly metadata: Data; readonly spec: Data } | null {
  if (object.kind === 'CronJob') return object.spec.jobTemplate.spec.template;
  return ['Deployment', 'Job'].includes(object.kind) ? object.spec.template : null;
}

export const ofKind = (generated: Generated, kind: string): Data[] =>
  generated.objects.filter((object) => object.kind === kind);

/** Steps of every job of the workflow. */
export const stepsOf = (generated: Generated): Data[] =>
  Object.values(generated.workflow.jobs).flatMap((job: Data) => job.steps ?? []);

/** The instructions of a Dockerfile, continuation lines joined, comments left out. */
export function instructions(text: string): { readonly name: string; readonly value: string }[] {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
  const joined = lines
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n');
  return joined.map((line) => {
    const [, name = '', value = ''] = /^([A-Z]+) +([\s\S]*)$/.exec(line) ?? [];
    return { name, value };
  });
}
