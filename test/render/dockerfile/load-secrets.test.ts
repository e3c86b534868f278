// The script that the image preloads, run by Node.js as the image runs it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDockerfile } from '../../../src/render/dockerfile';
import { nodeBuild, planOf } from '../fixtures/node-build';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'load-secrets-'));
  const script = renderDockerfile(planOf(nodeBuild)).find((file) => file.path === 'docker/load-secrets.cjs');
  writeFileSync(path.join(folder, 'load-secrets.cjs'), script?.body ?? '');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = (name: string, text: string): string => {
  const place = path.join(folder, name);
  writeFileSync(place, text);
  return place;
};

function run(environment: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', 'console.log(JSON.stringify(process.env))'], {
    encoding: 'utf8',
    env: { NODE_OPTIONS: `--require ${path.join(folder, 'load-secrets.cjs')}`, ...environment },
  });
  return { status, stderr, variables: status === 0 ? (JSON.parse(stdout) as Record<string, string>) : {} };
}

describe('load-secrets.cjs', () => {
  it('makes the text of the file the value, without the line break at its end', () => {
    const { variables } = run({
      JWT_SECRET_FILE: secret('jwt', 's3cr=t "x" $y\n'),
      TWO_LINES_FILE: secret('two', 'a\nb\r\n'),
      BLANKS_FILE: secret('blanks', ' a \n\n'),
    });
    expect(variables.JWT_SECRET).toBe('s3cr=t "x" $y');
    expect(variables.TWO_LINES).toBe('a\nb');
    expect(variables.BLANKS).toBe(' a \n');
  });

  it('leaves a variable alone that is set, even to nothing', () => {
    const place = secret('set', 'from the file');
    expect(run({ A: 'given', A_FILE: place }).variables.A).toBe('given');
    expect(run({ A: '', A_FILE: place }).variables.A).toBe('');
  });

  it('passes over what is no file, and an optional secret that nobody set', () => {
    mkdirSync(path.join(folder, 'logs'), { recursive: true });
    const { status, stderr, variables } = run({
      ABSENT_FILE: path.join(folder, 'absent'),
      FOLDER_FILE: path.join(folder, 'logs'),
      OPTIONAL_FILE: secret('optional', ''),
      EMPTY_FILE: '',
      _FILE: secret('nameless', 'x'),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const found = new Set(Object.keys(variables));
    expect(['ABSENT', 'FOLDER', 'OPTIONAL', 'EMPTY', ''].filter((name) => found.has(name))).toEqual([]);
  });

  it('ends the process when the file is there and cannot be read, and says which', () => {
    // A name that is too long cannot be looked up, for root neither.
    const place = path.join(folder, 'x'.repeat(300));
    const { status, stderr } = run({ JWT_SECRET_FILE: place });
    expect(status).toBe(1);
    expect(stderr).toBe(`JWT_SECRET_FILE: the secret file ${place} cannot be read (ENAMETOOLONG)\n`);
  });
});
