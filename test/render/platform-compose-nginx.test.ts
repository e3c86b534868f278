// What nginx.conf says for routes of every shape.
import { describe, expect, it } from 'vitest';
import type { LaptopPlan, PublicRoutePlan } from '../../src/plan/types/platform';
import { proxyFiles } from '../../src/render/platform-compose/proxy-files';
import { plan } from './platform-compose-files';

const route = (changed: Partial<PublicRoutePlan>): PublicRoutePlan => ({
  host: 'api.farm.example',
  path: '/api',
  samples: [],
  service: 'field-service',
  port: 3000,
  bodyLimitBytes: null,
  rateLimit: null,
  requestTimeoutSeconds: 30,
  websockets: false,
  isStatic: false,
  ...changed,
});

function configuration(...routes: readonly PublicRoutePlan[]): string {
  const [laptop] = plan.laptops;
  if (laptop === undefined) throw new Error('the example has a laptop');
  const dnsNames = [...new Set(routes.map(({ host }) => host)), 'localhost'];
  const changed: LaptopPlan = {
    ...laptop,
    proxy: { ...laptop.proxy, routes, certificate: { ...laptop.proxy.certificate, dnsNames } },
  };
  return proxyFiles(changed).find(({ path }) => path.endsWith('nginx.conf'))?.body ?? '';
}

/** The lines of a location, trimmed. */
function location(text: string, head: string): readonly string[] {
  const [, body] = text.split(`location ${head} {\n`);
  if (body === undefined) throw new Error(`no location ${head}`);
  return (body.split('}')[0] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

describe('a path', () => {
  it('is for itself and what is below it', () => {
    const text = configuration(route({}));
    expect(location(text, '= "/api"')).toEqual(location(text, '"/api/"'));
    expect(text).not.toContain('location "/api" {');
  });

  it('that is the root is the default, and any other host has one that answers 404', () => {
    expect(configuration(route({ path: '/' })).match(/return 404;/g)).toHaveLength(1);
    expect(configuration(route({})).match(/return 404;/g)).toHaveLength(2);
  });

  it('is compared as it is after decoding, and cannot leave its quotes', () => {
    expect(configuration(route({ path: '/a%20b' }))).toContain('location = "/a b" {');
    expect(configuration(route({ path: '/a"; return 200 "' }))).toContain('location = "/a\\"; return 200 \\"" {');
  });
});

describe('a service', () => {
  it('is asked for by name while running, and its connections are used again', () => {
    const text = configuration(route({}), route({ path: '/b' }));
    expect(text.match(/upstream field-service_3000 \{/g)).toHaveLength(1);
    expect(text).toContain('server field-service:3000 resolve max_fails=0;');
    expect(text).toContain('resolver 127.0.0.11 valid=5s ipv6=off;');
    expect(text).toContain('keepalive 32;');
  });

  it('that is a word of nginx cannot become a directive', () => {
    expect(() => configuration(route({ service: 'a; return 200' }))).toThrow('not one plain word');
    expect(() => configuration(route({ host: 'a b' }))).toThrow('not one plain word');
  });
});

describe('a limit', () => {
  it.each([
    ['Second', 5, '5r/s', 4],
    ['Minute', 100, '100r/m', 99],
    ['Hour', 600, '10r/m', 599],
    // The slowest that nginx counts.
    ['Hour', 30, '1r/m', 29],
  ] as const)('of requests per %s', (unit, requests, rate, burst) => {
    const text = configuration(route({ rateLimit: { requests, unit } }));
    expect(text).toContain(`limit_req_zone $binary_remote_addr zone=route_0:10m rate=${rate};`);
    expect(location(text, '"/api/"')).toContain(`limit_req zone=route_0 burst=${burst} nodelay;`);
    expect(location(text, '= "/api"')).toContain(`limit_req zone=route_0 burst=${burst} nodelay;`);
  });

  it('is each route’s own', () => {
    const limit = { requests: 5, unit: 'Second' } as const;
    const text = configuration(
      route({ rateLimit: limit }),
      route({ path: '/b' }),
      route({ path: '/c', rateLimit: limit }),
    );
    expect(text.match(/limit_req_zone .*/g)).toHaveLength(2);
    expect(location(text, '"/c/"')).toContain('limit_req zone=route_2 burst=4 nodelay;');
    expect(location(text, '"/b/"').join()).not.toContain('limit_req');
  });

  it('of the body and of the time is the declared one', () => {
    const text = configuration(route({ bodyLimitBytes: 1024, requestTimeoutSeconds: 7 }));
    expect(location(text, '"/api/"')).toEqual([
      'client_max_body_size 1024;',
      'proxy_read_timeout 7s;',
      'proxy_send_timeout 7s;',
      'proxy_pass http://field-service_3000;',
    ]);
  });

  it('of the time does not end a websocket', () => {
    expect(location(configuration(route({ requestTimeoutSeconds: 0, websockets: true })), '"/api/"')).toContain(
      'proxy_read_timeout 1d;',
    );
  });
});

describe('the cache', () => {
  it('is for static sites only', () => {
    const text = configuration(route({}), route({ host: 'farm.example', path: '/', isStatic: true }));
    expect(location(text, '"/"')).toContain('proxy_cache static;');
    expect(location(text, '"/api/"').join()).not.toContain('proxy_cache');
    expect(configuration(route({}))).not.toContain('proxy_cache_path');
  });
});

describe('a name', () => {
  it('that nobody has is answered by nothing, without a certificate', () => {
    const text = configuration(route({}));
    expect(text).toMatch(/listen 8443 ssl default_server;\s+server_name _;\s+ssl_reject_handshake on;\s+return 444;/);
  });

  it('is sent to HTTPS at the port of the host', () => {
    expect(configuration(route({}))).toContain('return 308 https://$host:8443$request_uri;');
  });
});
