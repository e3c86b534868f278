// Judges one declaration: rendered or refused, the same bytes each time, every file parses, and hostile text changes no structure.
import fc from 'fast-check';
import { expect } from 'vitest';
import { isError } from '../../src/diagnostics';
import { type GenerateInput, generate, type Outcome } from '../../src/generate';
import type { Declaration } from './declarations';
import { harmless } from './harmless';
import { wellFormed } from './hostile';
import { harmlessPlatform } from './platforms';
import { readFile } from './read-file';

export interface Input {
  readonly service: Declaration;
  /** Null: without a platform. */
  readonly platform: Declaration | null;
}

/** Fixed, so that a failure can be repeated. `PROPERTY_SEED` sets another. */
export const seed = Number(process.env.PROPERTY_SEED ?? 20_261_124);

/** How often each property runs: `full` by default; `PROPERTY_RUNS` sets another count for all of them. */
export const runsOf = (full: number): number => Number(process.env.PROPERTY_RUNS ?? full);

/** Milliseconds; only so that a run without end is ended. */
export const longest = (runs: number): number => 300_000 + runs * 3000;

const bytesOf = ({ files, diagnostics }: Outcome): unknown => [files, diagnostics];

/**
 * A script or a list of access rules holds no free text, and without a platform it must be the same bytes. It may name the
 * platform's resources, whose names are made of what is a plain word in a shell, in XML and in such lists.
 */
const withoutNames = (structure: unknown): unknown =>
  typeof structure === 'string' ? structure.replace(/[\w./-]+/g, 'word') : structure;

/** Whether it was accepted. */
function judge(input: Input): boolean {
  const before = JSON.stringify(input);
  const outcome = generate(input);
  expect(JSON.stringify(input), 'the declarations are left as they are').toBe(before);
  expect(
    JSON.stringify(bytesOf(generate(structuredClone(input) as GenerateInput))) === JSON.stringify(bytesOf(outcome)),
    'the same bytes',
  ).toBe(true);
  if (outcome.diagnostics.some(isError)) {
    expect(outcome.files).toEqual([]);
    return false;
  }
  expect(outcome.files.length).toBeGreaterThan(10);
  const plain = generate({
    service: harmless(input.service),
    platform: input.platform === null ? null : harmlessPlatform(input.platform),
  });
  expect(plain.files.map((file) => file.path)).toEqual(outcome.files.map((file) => file.path));
  for (const [index, file] of outcome.files.entries()) {
    const { body } = file;
    expect(body.endsWith('\n') && !body.includes('\r') && wellFormed(body), file.path).toBe(true);
    const read = readFile(file.path, body);
    const twin = plain.files[index]?.body ?? '';
    // The same bytes have the same structure.
    if (twin === body) continue;
    const [found, expected] = [read, readFile(file.path, twin)].map(({ structure }) =>
      input.platform === null ? structure() : withoutNames(structure()),
    );
    expect(found, file.path).toEqual(expected);
  }
  return true;
}

/** Judges `runs` inputs; returns how many were accepted. */
export function judgeAll(inputs: fc.Arbitrary<Input>, runs: number): number {
  let accepted = 0;
  fc.assert(
    fc.property(inputs, (input) => {
      if (judge(input)) accepted++;
    }),
    { numRuns: runs, seed },
  );
  return accepted;
}
