// A folder of its own for each test that writes.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { run } from '../../src/write/cli/run';

const made: string[] = [];

/** Removed after the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'groundwork-test-'));
  made.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function put(folder: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

export const get = (folder: string, file: string): string => readFileSync(path.join(folder, file), 'utf8');

/** Every file below the folder with its text, by path. */
export function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) =>
    path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
  );
  return Object.fromEntries(paths.sort().map((file) => [file, get(folder, file)]));
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command in the folder, in this process. */
export async function groundwork(folder: string, ...argv: string[]): Promise<Ran> {
  let [out, error] = ['', ''];
  const code = await run(argv, {
    folder,
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    isColoured: false,
  });
  return { code, out, error };
}

export const declaration = `name: weather-service
owner: team-iot
http: { port: 3009 }
needs:
  postgres: { pool: 4 }
`;
