// Turns findings into the text of a first service.yaml, each line with the place that it was read from.
import {
  type CommentedItem,
  type CommentedLine,
  type CommentedMap,
  commentedYaml,
  type YamlScalar,
} from '../../render/shared/yaml-document';
import type { Findings, NeedFindings } from './findings';
import type { Found } from './snapshot';

const SCHEMA = 'yaml-language-server: $schema=./node_modules/@daorsagro/groundwork/schemas/service.schema.json';

type Lines = (CommentedLine | null)[];

const map = (lines: Lines, after: readonly string[] = []): CommentedMap => ({
  lines: lines.filter((line) => line !== null),
  after,
});

const line = (key: string, found: Found<YamlScalar> | null): CommentedLine | null =>
  found === null ? null : { key, value: found.value, comment: found.from };

/** A section; null when there is nothing in it. */
const section = (
  key: string,
  lines: Lines,
  comment: string | null = null,
  after: readonly string[] = [],
): CommentedLine | null => {
  const value = map(lines, after);
  return value.lines.length === 0 ? null : { key, value, comment };
};

const items = (found: readonly Found<string>[]): CommentedItem[] =>
  found.map(({ value, from }) => ({ value, comment: from }));

const listed = (key: string, found: readonly Found<string>[], comment: string | null = null): CommentedLine | null =>
  found.length === 0 ? null : { key, value: items(found), comment };

function runtime(findings: Findings): CommentedLine | null {
  const { runtime: found } = findings;
  return section('runtime', [
    line('node', found.node),
    line('packageManager', found.packageManager),
    line('workspace', found.workspace),
    listed('workspaces', found.workspaces),
    // True is the default, and needs no line.
    found.typescript.value || found.static !== null ? null : line('typescript', found.typescript),
    line('build', found.build),
    line('start', found.start),
    listed('outputs', found.outputs),
    line('prisma', found.prisma),
    line('nativeModules', found.nativeModules),
    found.static === null
      ? null
      : { key: 'static', value: map([line('output', found.static.output)]), comment: found.static.from },
  ]);
}

function http(findings: Findings): CommentedLine | null {
  const { http: found } = findings;
  if (found === null) return null;
  const { health, metrics } = found;
  const healthLine: CommentedLine | null =
    health === null
      ? null
      : health.live.value === health.ready.value
        ? line('health', health.live)
        : section('health', [line('live', health.live), line('ready', health.ready)]);
  const metricsLine: CommentedLine | null =
    metrics === null
      ? null
      : metrics.library === 'prom-client'
        ? line('metrics', metrics.path)
        : section('metrics', [line('path', metrics.path), { key: 'library', value: metrics.library, comment: null }]);
  return section('http', [line('port', found.port), healthLine, metricsLine]);
}

function need(found: NeedFindings): CommentedLine {
  const parameters = found.parameters.map(
    ({ name, value, from }): CommentedLine => ({
      key: name,
      value: typeof value === 'string' ? value : items(value),
      comment: from,
    }),
  );
  const env = section(
    'env',
    found.env.map(({ name, value, from }) => ({ key: name, value, comment: from })),
    'variable that the code reads: output of the need',
  );
  return { key: found.kind, value: map([...parameters, env]), comment: found.from };
}

/** What a person has to fill in, in the shape in which it is to be written. */
function unfilled(findings: Findings): string[] {
  return findings.variables.withoutValue.map(
    ({ value, from }) => `${value}: # ${from}; give it a value, or move it to secrets`,
  );
}

/** The declaration's text. */
export function draft(findings: Findings): string {
  const waiting = unfilled(findings);
  const config = section(
    'config',
    findings.variables.config.map(({ name, value, from }) => ({ key: name, value, comment: from })),
    'plain values, the same in every environment unless environments says otherwise',
    waiting,
  );
  const { checks } = findings;
  const lines: Lines = [
    line('name', findings.name),
    line('owner', findings.owner),
    line('description', findings.description),
    runtime(findings),
    http(findings),
    line('migrations', findings.migrations),
    section(
      'workers',
      findings.workers.map(({ name, command }) => section(name, [line('command', command)])),
    ),
    section('needs', [
      ...findings.needs.map(need),
      listed('services', findings.services, 'other services that it calls'),
      listed('http', findings.hosts, 'the only hosts outside that it may reach'),
    ]),
    config,
    listed('secrets', findings.variables.secrets, 'names only: the values stay in the secret store'),
    section(
      'checks',
      [line('lint', checks.lint), line('types', checks.types), line('test', checks.test)],
      'commands of the workflow',
    ),
  ];
  const remarks = findings.remarks.map((remark) => `- ${remark}`);
  const head = [
    SCHEMA,
    'Drafted by `groundwork init` from the files here: read it, correct it, keep it. Nothing writes to it again.',
    ...(remarks.length === 0 ? [] : ['To look at first:', ...remarks]),
  ];
  const last = config === null && waiting.length > 0 ? ['config:', ...waiting.map((each) => `  ${each}`)] : [];
  return commentedYaml(head, map(lines, last));
}
