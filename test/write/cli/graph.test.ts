// `groundwork graph`: the edges of a platform and of one service, and the syntax of each format.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { dotText } from '../../../src/write/cli/graph/dot';
import { type EdgeThere, graphOf } from '../../../src/write/cli/graph/graph';
import { mermaidText } from '../../../src/write/cli/graph/mermaid';
import { graphText } from '../../../src/write/cli/graph/text';
import { groundwork, put, scratchFolder } from '../scratch';

function repository(): string {
  const folder = scratchFolder();
  put(
    folder,
    'platform.yaml',
    'name: acme\ndomain: acme.example\nservices: [services/*]\nnotify: { default: "#alerts" }\n',
  );
  put(
    folder,
    'services/weather-service/service.yaml',
    'name: weather-service\nowner: team-iot\nhttp: { port: 3009 }\nneeds: { postgres: { pool: 4 }, http: [https://api.weather.example] }\n',
  );
  put(
    folder,
    'services/field-service/service.yaml',
    'name: field-service\nowner: team-iot\nhttp: { port: 3010, public: { host: api.acme.example, paths: [/fields] } }\nneeds: { services: [{ name: weather-service, optional: true }] }\n',
  );
  put(folder, 'services/lone-service/service.yaml', 'name: lone-service\nowner: team-iot\nhttp: { port: 3011 }\n');
  return folder;
}

describe('graph', () => {
  it('lists who needs whom, the public first', async () => {
    expect(await groundwork(repository(), 'graph', '--environment', 'staging')).toEqual({
      code: 0,
      error: '',
      out: `internet
  → field-service        service   3010  public at https://api.acme.example/fields

field-service
  → weather-service      service   3009  optional

lone-service

weather-service
  → postgres             resource  5432
  → api.weather.example  outside   443
`,
    });
  });

  it('is data with --json, with the environments that differ', async () => {
    const folder = repository();
    put(
      folder,
      'services/lone-service/service.yaml',
      'name: lone-service\nowner: team-iot\nhttp: { port: 3011 }\nenvironments: { production: { needs: { redis: { use: cache } } } }\n',
    );
    const { graph } = JSON.parse((await groundwork(folder, 'graph', '--json')).out) as {
      graph: { edges: { from: object; to: { name: string }; environments: string[] | null }[] };
    };
    expect(graph.edges.find(({ to }) => to.name === 'redis')).toMatchObject({
      from: { kind: 'service', name: 'lone-service' },
      environments: ['production'],
    });
    expect(graph.edges.find(({ to }) => to.name === 'postgres')?.environments).toBeNull();
    expect((await groundwork(folder, 'graph')).out).toMatch(/→ redis .* only in production$/m);
  });

  it('prints one service with its own edges', async () => {
    const { code, out } = await groundwork(`${repository()}/services/field-service`, 'graph', '--format', 'dot');
    expect(code).toBe(0);
    expect(out).toContain('"service field-service" -> "service weather-service"');
    expect(out).not.toContain('lone-service');
  });
});

const hostile = ['a"b', 'a\\', 'a]b', 'a|b', 'a;b', 'a\nb', 'a#b', '--> c', 'end', '<b>', '%%{init}%%', 'a`b', '日本'];

const edges = hostile.flatMap((name, index): EdgeThere[] => [
  {
    from: { kind: 'service', name },
    to: { kind: 'outside', name: `${name}${name}` },
    port: 443,
    optional: index % 2 === 0,
    why: name,
    environment: name,
  },
  {
    from: { kind: 'outside', name: 'internet' },
    to: { kind: 'service', name },
    port: null,
    optional: true,
    why: `public at https://${name}`,
    environment: name,
  },
]);
const graph = graphOf('a"\n}', hostile, [...hostile, 'other'], edges);

describe('hostile names', () => {
  it('stay inside the quotes of Mermaid', () => {
    const text = '"(?:[A-Za-z0-9 .,_:/-]|#\\d+;)*"';
    const line = new RegExp(
      `^  n\\d+(?:\\[${text}\\]|\\[\\(${text}\\)\\]|\\(\\[${text}\\]\\)| (?:-->|-\\.->)(?:\\|${text}\\|)? n\\d+)$`,
    );
    const [head, ...lines] = mermaidText(graph).trimEnd().split('\n');
    expect(head).toBe('flowchart LR');
    expect(lines).toHaveLength(graph.ends.length + graph.edges.length);
    for (const each of lines) expect(each).toMatch(line);
    expect(mermaidText(graph)).toContain('"a#34;b"');
  });

  it('stay inside the quotes of Graphviz', () => {
    const text = '"(?:[^"\\\\\\n]|\\\\\\\\|\\\\")*"';
    const node = `${text} \\[label=${text}, shape=(?:box|cylinder|oval)\\]`;
    const edge = `${text} -> ${text} \\[label=${text}(?:, style=dashed)?\\]`;
    const whole = new RegExp(`^digraph ${text} \\{\\n  rankdir=LR;\\n(?:  (?:${node}|${edge});\\n)+\\}\\n$`);
    expect(dotText(graph)).toMatch(whole);
    expect(dotText(graph).split('\n')).toHaveLength(graph.ends.length + graph.edges.length + 4);
  });

  it('are read by Graphviz itself, where it is installed', ({ skip }) => {
    const { status, error, stderr } = spawnSync('dot', ['-Tcanon'], { input: dotText(graph), encoding: 'utf8' });
    if (error !== undefined) skip();
    expect([status, stderr]).toEqual([0, '']);
  });

  it('take no line of their own in the list', () => {
    const sources = new Set(graph.edges.map(({ from }) => from.name));
    const lines = graphText(graph).split('\n');
    expect(lines.filter((each) => each.startsWith('  → '))).toHaveLength(graph.edges.length);
    expect(lines.filter((each) => each !== '' && !each.startsWith('  → '))).toHaveLength(sources.size);
  });
});
