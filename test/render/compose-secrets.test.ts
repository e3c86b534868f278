// The script that generates development secrets, run as the compose file runs it.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderCompose } from '../../src/render/compose';
import { composePlan } from './fixtures/compose-plan';

interface Manifest {
  readonly sources: readonly { readonly id: string; readonly length: number; readonly value: string | null }[];
  readonly folders: readonly {
    readonly name: string;
    readonly files: readonly { readonly name: string; readonly content: readonly unknown[] }[];
  }[];
}

const generated = renderCompose(composePlan());
const body = (path: string): string => generated.find((file) => file.path === path)?.body ?? '';

let folder = '';
const secrets = (...path: string[]): string => join(folder, 'secrets', ...path);
const read = (...path: string[]): string => readFileSync(secrets(...path), 'utf8');
const modeOf = (...path: string[]): number => statSync(secrets(...path)).mode & 0o777;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundwork-secrets-'));
  mkdirSync(secrets());
  writeFileSync(join(folder, 'secrets.mjs'), body('compose/secrets.mjs'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const prepare = (manifest: Manifest | string): string[] => {
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
  writeFileSync(join(folder, 'secrets.json'), text);
  return [join(folder, 'secrets.mjs'), join(folder, 'secrets.json'), secrets()];
};

const run = (manifest: Manifest | string): string =>
  execFileSync(process.execPath, prepare(manifest), { encoding: 'utf8' });

const manifest: Manifest = {
  sources: [
    { id: 'db-password', length: 24, value: null },
    { id: 'endpoint', length: 8, value: 'http://smtp:1025/a b' },
  ],
  folders: [
    {
      name: 'api',
      files: [
        { name: 'DATABASE_URL', content: ['postgresql://api:', { secret: 'db-password', encoding: 'url' }, '@db/api'] },
        { name: 'ENDPOINT', content: [{ secret: 'endpoint', encoding: 'none' }] },
        { name: 'ENDPOINT_URL', content: [{ secret: 'endpoint', encoding: 'url' }] },
      ],
    },
    { name: 'db', files: [{ name: 'api.password', content: [{ secret: 'db-password', encoding: 'none' }] }] },
  ],
};

describe('the generator of development secrets', () => {
  it('makes each value once and gives the same to both sides', () => {
    run(manifest);
    const password = read('files', 'db', 'api.password');
    expect(password).toMatch(/^[A-Za-z0-9]{24}$/);
    expect(read('files', 'api', 'DATABASE_URL')).toBe(`postgresql://api:${password}@db/api`);
    run(manifest);
    expect(read('files', 'db', 'api.password')).toBe(password);
  });

  it('gives a development value as it is, and encodes it where it stands in a URL', () => {
    run(manifest);
    expect(read('files', 'api', 'ENDPOINT')).toBe('http://smtp:1025/a b');
    expect(read('files', 'api', 'ENDPOINT_URL')).toBe('http%3A%2F%2Fsmtp%3A1025%2Fa%20b');
    expect(existsSync(secrets('values', 'endpoint'))).toBe(false);
  });

  it('makes another value elsewhere', () => {
    run(manifest);
    const first = read('values', 'db-password');
    rmSync(secrets('values'), { recursive: true });
    run(manifest);
    expect(read('values', 'db-password')).not.toBe(first);
  });

  it('keeps a value that a person put in its place, without the newline of an editor', () => {
    mkdirSync(secrets('values'));
    writeFileSync(secrets('values', 'db-password'), 'p@ss/word\n');
    run(manifest);
    expect(read('files', 'db', 'api.password')).toBe('p@ss/word');
    expect(read('files', 'api', 'DATABASE_URL')).toBe('postgresql://api:p%40ss%2Fword@db/api');
    expect(read('values', 'db-password')).toBe('p@ss/word\n');
  });

  it('lets nobody else into the folders, and every container user read its own', () => {
    run(manifest);
    expect([modeOf('values'), modeOf('files')]).toEqual([0o700, 0o700]);
    expect(modeOf('values', 'db-password')).toBe(0o600);
    expect([modeOf('files', 'api'), modeOf('files', 'api', 'DATABASE_URL')]).toEqual([0o755, 0o444]);
  });

  it('removes what is no longer declared and leaves no partial file', () => {
    run(manifest);
    const less = { ...manifest, folders: [{ name: 'api', files: [{ name: 'ENDPOINT', content: ['x'] }] }] };
    run(less);
    expect(readdirSync(secrets('files', 'api'))).toEqual(['ENDPOINT']);
    expect(read('files', 'api', 'ENDPOINT')).toBe('x');
  });

  it('replaces a file although it is read-only', () => {
    run(manifest);
    rmSync(secrets('values', 'db-password'));
    run(manifest);
    expect(read('files', 'db', 'api.password')).toBe(read('values', 'db-password'));
  });

  it.each(['../escape', 'a/b', '.hidden', ''])('refuses %j as a name', (name) => {
    const hostile = { sources: [], folders: [{ name, files: [{ name: 'A', content: ['x'] }] }] };
    const { status, stderr } = spawnSync(process.execPath, prepare(hostile), { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('not a file name');
    expect(readdirSync(secrets('files'))).toEqual([]);
  });

  it('refuses a secret without a source', () => {
    const { status, stderr } = spawnSync(process.execPath, prepare({ ...manifest, sources: [] }), { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('no secret named db-password');
  });

  it('reads the manifest of a whole plan', () => {
    run(body('compose/secrets.json'));
    const password = read('values', 'postgres-financial-service');
    expect(read('files', 'financial-service', 'DATABASE_URL')).toBe(
      `postgresql://financial_service:${password}@postgres:5432/financial_db`,
    );
    expect(read('files', 'redis', 'users.acl').split('\n')).toEqual([
      'user default off resetpass ~* &* +@all',
      `user admin on >${read('values', 'redis-admin')} ~* &* +@all`,
      `user financial_service on >${read('values', 'redis-financial-service')} ~* &* +@all -@admin -@dangerous +info`,
      '',
    ]);
    const identities = JSON.parse(read('files', 's3', 's3.json')).identities;
    expect(identities.map(({ name }: { name: string }) => name)).toEqual(['admin', 'financial_service']);
  });
});
