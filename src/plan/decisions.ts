// Notes each decision while the plan is made: what was decided, by whom and why.
import type { DecidedBy, Decision } from './types';

export interface DecisionNote {
  /** Below the prefix, for example `scale.minReplicas`. */
  readonly path: string;
  readonly unit?: string;
  /** Declared path that it comes from. */
  readonly from?: string;
  /** Default: `declaration` when `from` was declared, else `default`. */
  readonly by?: DecidedBy;
  readonly why: string;
  /** The reason is that of the default: a declared value needs none. */
  readonly whyDefault?: true;
  readonly source?: string;
}

export interface Decisions {
  /** Notes a decision and returns its value, so that it is decided and noted in one place. */
  readonly decide: <T extends string | number | boolean | null>(value: T, note: DecisionNote) => T;
  /** The same notes below a further prefix. */
  readonly below: (prefix: string) => Decisions;
  readonly all: () => readonly Decision[];
}

function isDeclared(declared: unknown, path: string): boolean {
  let at: unknown = declared;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !(key in at)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}

/** A notebook for one environment (or for the whole service); `declared` is the merged declaration there. */
export function createDecisions(prefix: string, declared: unknown, notes: Decision[] = []): Decisions {
  return {
    decide: (value, note) => {
      const by = note.by ?? (note.from !== undefined && isDeclared(declared, note.from) ? 'declaration' : 'default');
      notes.push({
        path: prefix === '' ? note.path : `${prefix}.${note.path}`,
        value,
        unit: note.unit ?? null,
        by,
        from: note.from ?? null,
        why: note.whyDefault === true && by === 'declaration' ? 'as declared' : note.why,
        source: note.source ?? null,
      });
      return value;
    },
    below: (part) => createDecisions(prefix === '' ? part : `${prefix}.${part}`, declared, notes),
    all: () => notes,
  };
}
