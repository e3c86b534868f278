// What the code of small servers says of their ports, paths, topics and calls.
import { describe, expect, it } from 'vitest';
import { readServer } from '../../src/source/read-server';

const read = (...codes: string[]) => readServer(codes.map((text, index) => ({ path: `src/f${index}.ts`, text })));

describe('ports', () => {
  const cases: readonly [code: string, ports: string][] = [
    ['app.listen(3000)', '3000'],
    ['app.listen(process.env.PORT || 3000, () => {})', '3000 PORT'],
    ["const port = Number(process.env.PORT ?? '3001'); app.listen(port)", '3001 PORT'],
    [
      'const PORT = parseInt(process.env.DOCUMENT_SERVICE_PORT || "3006", 10); server.listen(PORT)',
      '3006 DOCUMENT_SERVICE_PORT',
    ],
    ["await app.listen({ port: 8080, host: '0.0.0.0' })", '8080'],
    ['const config = { port: +process.env.PORT || 4000 }; app.listen(config.port)', '4000 PORT'],
    ['serve({ fetch: app.fetch, port: 8787 })', '8787'],
    ['new WebSocketServer({ port: 9000 })', '9000'],
    ['app.listen(process.env.PORT)', '- PORT'],
    ['app.listen(somePort())', '-'],
    [
      "function normalizePort(v) { const p = parseInt(v, 10); if (isNaN(p)) return v; return p } const port = normalizePort(process.env.PORT || '3000'); server.listen(port)",
      '3000 PORT',
    ],
    ['emitter.on("listen", f); listen(3000)', ''],
    ["serve('x')", ''],
  ];
  it.each(cases)('%s', (code, ports) => {
    const shown = read(code).listens.map(
      ({ value }) => `${value.port ?? '-'}${value.variable === null ? '' : ` ${value.variable}`}`,
    );
    expect(shown.join(', ')).toBe(ports);
  });

  it('follows a port from another file', () => {
    const { listens } = readServer([
      { path: 'src/config.ts', text: 'export const config = { port: Number(process.env.PORT) || 3002 }' },
      { path: 'src/index.ts', text: "import { config } from './config';\n  app.listen(config.port)" },
    ]);
    expect(listens).toEqual([
      { value: { port: 3002, variable: 'PORT' }, at: { path: 'src/index.ts', line: 2, column: 3 } },
    ]);
  });
});

describe('paths', () => {
  const cases: readonly [code: string, paths: string][] = [
    ["app.get('/health', f); router.get('/ready', g)", '/health /ready'],
    ["app.use('/health', router)", '/health'],
    ["const HEALTH = '/healthz'; app.get(HEALTH, f)", '/healthz'],
    ["app.get(['/live', '/ready'], f)", '/live /ready'],
    ["fastify.route({ method: 'GET', url: '/health', handler })", '/health'],
    ["if (req.url === '/health') res.end()", '/health'],
    ["@Controller('health') class H { @Get() a() {} @Get('ready') b() {} c() {} }", '/health /health/ready'],
    ["map.get('key'); cache.get('a/b'); a === '/health'; app.use(cors())", ''],
  ];
  it.each(cases)('%s', (code, paths) => {
    expect(
      read(code)
        .paths.map(({ value }) => value)
        .join(' '),
    ).toBe(paths);
  });
});

describe('Kafka', () => {
  it('tells topics and groups', () => {
    const { produces, consumes, consumerGroups } = read(
      "const TOPIC = 'financial-events'; producer.send({ topic: TOPIC, messages })",
      "const c = kafka.consumer({ groupId: 'g1' }); c.subscribe({ topics: ['a', 'b'] }); c.subscribe({ topic: 'c' })",
    );
    const values = (seen: readonly { value: string }[]) => seen.map(({ value }) => value);
    expect(values(produces)).toEqual(['financial-events']);
    expect(values(consumes)).toEqual(['a', 'b', 'c']);
    expect(values(consumerGroups)).toEqual(['g1']);
  });
});

describe('calls', () => {
  const cases: readonly [code: string, origins: string][] = [
    ["fetch('https://api.payments.example/v1')", 'https://api.payments.example'],
    ['fetch(`https://api.weather.example/v1/${city}`)', 'https://api.weather.example'],
    ['fetch(`https://${host}/v1`)', ''],
    [
      "import axios from 'axios'; axios.create({ baseURL: 'https://api.x.example:8443/' })",
      'https://api.x.example:8443',
    ],
    ["import axios from 'axios'; axios.get(process.env.URL ?? 'https://a.example')", 'https://a.example'],
    ["import got from 'got'; got('http://plain.example/')", ''],
    ["cors({ origin: 'https://daorsagro.com' }); function fetch() {} fetch('https://a.example/')", ''],
  ];
  it.each(cases)('%s', (code, origins) => {
    expect(
      read(code)
        .calls.map(({ value }) => value)
        .join(' '),
    ).toBe(origins);
  });
});
