// The script that makes development certificates, run as the compose file runs it and judged by Node.js' own X.509 reader.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainFile } from '../../src/render/shared/template';

interface Certificates {
  readonly authority: string;
  readonly days: number;
  readonly renewDaysBefore: number;
  readonly folders: readonly {
    readonly name: string;
    readonly hosts: readonly string[];
    readonly usages: readonly string[];
  }[];
}

const certificates: Certificates = {
  authority: 'farm development',
  days: 397,
  renewDaysBefore: 30,
  folders: [
    { name: 'proxy', hosts: ['api.farm.example', 'farm.example', 'localhost', '127.0.0.1'], usages: ['server auth'] },
  ],
};

let folder = '';
const secrets = (...path: string[]): string => join(folder, 'secrets', ...path);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundwork-certificates-'));
  mkdirSync(secrets());
  writeFileSync(join(folder, 'secrets.mjs'), plainFile('compose/secrets.mjs'));
  writeFileSync(join(folder, 'certificates.mjs'), plainFile('compose/certificates.mjs'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function make(changed: Partial<Certificates> = {}) {
  const manifest = { sources: [], folders: [], certificates: { ...certificates, ...changed } };
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify(manifest));
  execFileSync(process.execPath, [join(folder, 'certificates.mjs'), join(folder, 'secrets.json'), secrets()]);
  const read = (...path: string[]) => readFileSync(secrets(...path), 'utf8');
  return {
    authority: new X509Certificate(read('ca.crt')),
    server: new X509Certificate(read('certificates', 'proxy', 'tls.crt')),
    key: read('certificates', 'proxy', 'tls.key'),
  };
}

const day = 24 * 60 * 60 * 1000;
const lifetime = ({ validFrom, validTo }: X509Certificate) => Date.parse(validTo) - Date.parse(validFrom);

describe('a certificate', () => {
  it('is signed by the authority, for every host and no other', () => {
    const { authority, server } = make();
    expect(authority.ca).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.checkIssued(authority)).toBe(true);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkHost('api.farm.example')).toBe('api.farm.example');
    expect(server.checkHost('localhost')).toBe('localhost');
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkHost('other.example')).toBeUndefined();
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('lasts as long as browsers accept, within what its authority does', () => {
    const { authority, server } = make();
    expect(lifetime(server)).toBe(397 * day);
    expect(Date.parse(server.validTo)).toBeLessThanOrEqual(Date.parse(authority.validTo) + 60_000);
  });

  it('keeps its authority’s key to the owner', () => {
    make();
    expect(statSync(secrets('values', 'ca.key')).mode & 0o777).toBe(0o600);
    expect(statSync(secrets('values')).mode & 0o777).toBe(0o700);
  });

  it('is kept', () => {
    const first = make();
    const second = make();
    expect(second.server.fingerprint256).toBe(first.server.fingerprint256);
    expect(second.authority.fingerprint256).toBe(first.authority.fingerprint256);
    expect(second.key).toBe(first.key);
  });

  it('is made anew when it nears its end', () => {
    const first = make();
    const second = make({ renewDaysBefore: 398 });
    expect(second.server.fingerprint256).not.toBe(first.server.fingerprint256);
    expect(second.server.verify(second.authority.publicKey)).toBe(true);
  });

  it('of another server is kept when a host comes, since the authority keeps its key', () => {
    const first = make();
    const store = { name: 'store', hosts: ['store', 'localhost', '127.0.0.1'], usages: ['server auth', 'client auth'] };
    const second = make({ folders: [...certificates.folders, store] });
    expect(second.authority.fingerprint256).not.toBe(first.authority.fingerprint256);
    expect(second.authority.publicKey.equals(first.authority.publicKey)).toBe(true);
    expect(second.server.fingerprint256).toBe(first.server.fingerprint256);
    expect(second.server.checkIssued(second.authority)).toBe(true);
    const found = new X509Certificate(readFileSync(secrets('certificates', 'store', 'tls.crt')));
    expect(found.checkHost('store')).toBe('store');
    expect(found.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(found.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  });

  it('lies beside the authority, and together with its key', () => {
    make();
    const read = (...path: string[]) => readFileSync(secrets(...path), 'utf8');
    expect(read('certificates', 'proxy', 'ca.crt')).toBe(read('ca.crt'));
    expect(read('authority', 'ca.crt')).toBe(read('ca.crt'));
    expect(read('certificates', 'proxy', 'tls-combined.pem')).toBe(
      read('certificates', 'proxy', 'tls.key') + read('certificates', 'proxy', 'tls.crt'),
    );
    expect(readdirSync(secrets('authority'))).toEqual(['ca.crt']);
    expect(statSync(secrets('certificates')).mode & 0o777).toBe(0o700);
  });

  it('is made anew with its authority when a host comes, since that may sign for its hosts only', () => {
    const first = make();
    const hosts = ['api.farm.example', 'new.example'];
    const second = make({ folders: [{ name: 'proxy', hosts, usages: ['server auth'] }] });
    expect(second.authority.fingerprint256).not.toBe(first.authority.fingerprint256);
    expect(second.server.checkHost('new.example')).toBe('new.example');
    expect(second.server.verify(second.authority.publicKey)).toBe(true);
  });

  it('is made anew when what is there cannot be read', () => {
    const first = make();
    writeFileSync(secrets('certificates', 'proxy', 'tls.key.broken'), '');
    rmSync(secrets('certificates', 'proxy', 'tls.crt'));
    writeFileSync(secrets('certificates', 'proxy', 'tls.crt'), 'no certificate');
    const second = make();
    expect(second.authority.fingerprint256).toBe(first.authority.fingerprint256);
    expect(second.server.verify(first.authority.publicKey)).toBe(true);
  });

  it('has years of four digits from 2050 on', () => {
    const { authority } = make({ days: 20_000 });
    expect(lifetime(authority)).toBe(20_000 * day);
    expect(new Date(authority.validTo).getUTCFullYear()).toBeGreaterThan(2050);
  });
});
