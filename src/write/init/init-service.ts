// Writes a first service.yaml into the folder of a service, and never over one that is there.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { detect } from './detect';
import { draft } from './draft';
import { readSnapshot } from './read-snapshot';

/** What came of it. */
export interface InitResult {
  /** The declaration's file. */
  readonly file: string;
  /** False when there was one already, which is left as it is. */
  readonly isWritten: boolean;
  /** The text that was written, or that would have been. */
  readonly text: string;
  /** What a person has to know or decide, one sentence each; also in the text. */
  readonly remarks: readonly string[];
}

/** Writes a file that is not there yet; false when it is, and stays. */
export function writeNew(file: string, text: string): boolean {
  if (existsSync(file)) return false;
  try {
    // "wx" refuses a file that came to be in the meantime.
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  return true;
}

/** Drafts a declaration from what is in the folder and writes it as service.yaml. */
export function initService(folder: string, name = 'service.yaml'): InitResult {
  const file = join(folder, name);
  const findings = detect(readSnapshot(folder));
  const text = draft(findings);
  return { file, isWritten: writeNew(file, text), text, remarks: findings.remarks };
}
