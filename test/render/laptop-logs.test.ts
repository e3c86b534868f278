// What a line of a container's log on a laptop becomes in Elasticsearch: the generated processors, applied to a line that an engine wrote.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { examplesFolder, generateFolder } from '../support/platform-examples';

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));
const text = (at: string): string => outcome.files.find((file) => file.path === at)?.body ?? '';
const folder = 'platform/compose/development';
const configuration = parse(text(`${folder}/logging/filebeat/filebeat.yml`));

type Fields = Record<string, unknown>;

/** Where a dotted name leads: at each step the whole rest may be a key, https://github.com/elastic/elastic-agent-libs/blob/main/mapstr/mapstr.go */
function place(fields: Fields, name: string, create: boolean): { holder: Fields; key: string } | null {
  let holder = fields;
  let key = name;
  for (;;) {
    if (Object.hasOwn(holder, key) || !key.includes('.')) return { holder, key };
    const first = key.slice(0, key.indexOf('.'));
    if (!Object.hasOwn(holder, first)) {
      if (!create) return null;
      holder[first] = {};
    }
    holder = holder[first] as Fields;
    key = key.slice(first.length + 1);
  }
}

const fieldOf = (fields: Fields, name: string): unknown => {
  const found = place(fields, name, false);
  return found === null ? undefined : found.holder[found.key];
};
const put = (fields: Fields, name: string, value: unknown): void => {
  const found = place(fields, name, true);
  if (found !== null) found.holder[found.key] = value;
};
const remove = (fields: Fields, name: string): void => {
  const found = place(fields, name, false);
  if (found !== null) delete found.holder[found.key];
};

interface Pair {
  readonly from: string;
  readonly to: string;
}

/** Neither renames nor copies onto a field that is there: https://www.elastic.co/docs/reference/beats/filebeat/rename-fields */
function moved(event: Fields, pairs: readonly Pair[], keep: boolean): void {
  for (const { from, to } of pairs) {
    const value = fieldOf(event, from);
    if (value === undefined || fieldOf(event, to) !== undefined) continue;
    put(event, to, value);
    if (!keep) remove(event, from);
  }
}

/** Of the processors, what bears on names of fields. */
function documentOf(line: object): Fields {
  const event: Fields = { docker: structuredClone(line) };
  for (const processor of configuration.processors as Record<string, { fields: never }>[]) {
    const [[kind, options] = ['', { fields: [] as never }]] = Object.entries(processor);
    if (kind === 'rename') moved(event, options.fields, false);
    if (kind === 'copy_fields') moved(event, options.fields, true);
    if (kind === 'drop_fields') for (const name of options.fields as string[]) remove(event, name);
  }
  return event;
}

/** Docker 26.1.5 wrote this for a container with `options.labels` as it is generated. */
const line = {
  log: '{"level":"info","msg":"sown"}\n',
  stream: 'stdout',
  attrs: {
    'com.docker.compose.service': 'financial-service-ledger',
    'groundwork.service': 'financial-service',
  },
  time: '2026-11-25T04:02:37.195802313Z',
};

describe('a line of a container', () => {
  it('carries the service, as its traces do, and the container', () => {
    expect(documentOf(line)).toEqual({
      message: line.log,
      stream: 'stdout',
      container: { name: 'financial-service-ledger' },
      service: { name: 'financial-service' },
    });
  });

  it('of a data store is its own service', () => {
    const document = documentOf({ ...line, attrs: { 'com.docker.compose.service': 'postgres' } });
    expect(document).toMatchObject({ service: { name: 'postgres' }, container: { name: 'postgres' } });
  });

  it('without labels, of a container that nobody generated, is kept', () => {
    const { attrs: _, ...bare } = line;
    expect(documentOf(bare)).toEqual({ message: line.log, stream: 'stdout' });
  });
});

describe('a container', () => {
  const files = outcome.files.filter(({ path: at }) => at.startsWith(`${folder}/`) && /\/[\w-]+\.yaml$/.test(at));
  const services = files.flatMap(({ body }) => Object.entries<Fields>(parse(body)?.services ?? {}));

  it('is told to write both labels beside its lines, whatever it is', () => {
    expect(services.length).toBeGreaterThan(40);
    for (const [, { logging }] of services)
      expect(logging).toMatchObject({
        driver: 'json-file',
        options: { labels: 'com.docker.compose.service,groundwork.service' },
      });
  });

  it('of a service carries its name: web, worker, migration and job', () => {
    const { services: own } = parse(text(`${folder}/services/financial-service.yaml`));
    for (const container of Object.values<Fields>(own))
      expect(container.labels).toEqual({ 'groundwork.service': 'financial-service' });
  });
});
