// A generated file of the platform, with the comment style that its ending asks for.
import type { GeneratedFile } from '../shared/generated-file';
import { toJson } from '../shared/json';
import { toYaml, type YamlComments } from '../shared/yaml';

export const yamlFile = (path: string, value: unknown, comments: YamlComments = {}): GeneratedFile => ({
  at: 'repository',
  path,
  body: toYaml(value, comments),
  comment: 'hash',
  executable: false,
});

export const jsonFile = (path: string, value: unknown): GeneratedFile => ({
  at: 'repository',
  path,
  body: toJson(value),
  comment: 'none',
  executable: false,
});
