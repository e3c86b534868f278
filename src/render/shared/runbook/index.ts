// The parts that runbooks have in common: headings that give the planned anchors, and steps said once.
import type { RunbookStep } from '../../../plan/types';

export interface Block {
  readonly language: string;
  readonly code: string;
}

export interface Step {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** GitHub makes the anchor from the heading again: `Heap nearly full` → `heap-nearly-full`. */
export const headingOf = (anchor: string): string =>
  anchor.slice(0, 1).toUpperCase() + anchor.slice(1).replaceAll('-', ' ');

/** Workloads share a section: the same step is written once, with the command of each. */
export function mergedSteps(all: readonly RunbookStep[]): Step[] {
  const texts = [...new Set(all.map(({ text }) => text))];
  return texts.map((text) => {
    const codes = all
      .filter((step) => step.text === text)
      .flatMap(({ code, language }) => (code === null || language === null ? [] : [{ code, language }]));
    return {
      text,
      blocks: codes.filter(({ code }, index) => codes.findIndex((other) => other.code === code) === index),
    };
  });
}
