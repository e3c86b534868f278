// What the settings of a server are, how each is computed, and that the memory they add up to fits.
import type { NeedParameters } from './kind';

export interface TuningInput {
  /** Limit of the server's container, or memory of its machine. */
  readonly memoryMiB: number;
  readonly cpuMillis: number;
  /** Connections that it accepts; null where the kind has no limit. */
  readonly connections: number | null;
  /** The declared needs that it serves. */
  readonly uses: readonly NeedParameters[];
}

/** One setting, with the way to its value: what a person checks it by. */
export interface TunedSetting {
  /** As the server names it. */
  readonly name: string;
  /** As the server reads it, with its own unit. */
  readonly value: string;
  /** The formula with the numbers in it, for example `1024 MiB of memory / 4`; `fixed` where nothing is computed. */
  readonly formula: string;
  readonly why: string;
  /** The page that the setting or its formula is from. */
  readonly source: string;
}

/** What a part of the server takes at most. */
export interface MemoryTerm {
  readonly what: string;
  readonly mebibytes: number;
  /** For example `108 × (2 + 3.9) MiB`. */
  readonly arithmetic: string;
}

export interface Tuned {
  readonly settings: readonly TunedSetting[];
  /** Together they are at most the memory: that is what the formulas are made for. Empty where the server itself keeps to a limit. */
  readonly memory: readonly MemoryTerm[];
}

export type TuningFactory = (input: TuningInput) => Tuned;

export const fixed = 'fixed';

/** Values by name, in the order in which they are written. */
export const valuesOf = ({ settings }: Tuned): Readonly<Record<string, string>> =>
  Object.fromEntries(settings.map(({ name, value }) => [name, value]));
