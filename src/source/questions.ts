// Answers questions that ask each other, each once, also when they go in circles.

export interface Questions<Answer> {
  /**
   * The answer to a question, which is known by its object. `isLeaf`: answering it asks no other. Where questions ask
   * each other in a circle, all answers on it are the smallest that agree with each other.
   */
  ask(question: object, compute: () => readonly Answer[], isLeaf?: boolean): readonly Answer[];
  /** Drops all answers. */
  forget(): void;
}

// Questions that ask each other in a longer chain are answered by `tooDeep`, before the stack overflows.
const DEEPEST = 300;

// Each round carries answers one turn further around a circle; written code needs two or three.
const MOST_ROUNDS = 8;

export function createQuestions<Answer>(tooDeep: readonly Answer[]): Questions<Answer> {
  const known = new Map<object, readonly Answer[]>();
  const running = new Set<object>();
  let current = new Map<object, readonly Answer[]>();
  let previous = new Map<object, readonly Answer[]>();
  let isCircular = false;

  function answer(question: object, compute: () => readonly Answer[]): readonly Answer[] {
    running.add(question);
    const answers = compute();
    running.delete(question);
    current.set(question, answers);
    return answers;
  }

  /**
   * The outermost question is asked again with the answers of the round before, until a round adds nothing: then
   * the answers to all questions that it led to are whole, and are kept.
   */
  function settle(question: object, compute: () => readonly Answer[]): readonly Answer[] {
    previous = new Map();
    for (let round = 1; ; round++) {
      current = new Map();
      isCircular = false;
      const answers = answer(question, compute);
      const grew = [...current].some(([each, found]) => found.length !== previous.get(each)?.length);
      previous = current;
      if (isCircular && grew && round < MOST_ROUNDS) continue;
      for (const [each, found] of current) known.set(each, found);
      current = new Map();
      return answers;
    }
  }

  return {
    ask(question, compute, isLeaf = false) {
      const answered = known.get(question) ?? current.get(question);
      if (answered !== undefined) return answered;
      if (running.size === 0) return settle(question, compute);
      if (running.has(question)) {
        isCircular = true;
        return previous.get(question) ?? [];
      }
      return running.size > DEEPEST && !isLeaf ? tooDeep : answer(question, compute);
    },
    forget: () => known.clear(),
  };
}
