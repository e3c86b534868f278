// Runs a step that an interrupt must not cut in half.

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that somebody listens to does not end the process; this step is over in milliseconds. */
const ignore = (): void => {};

export function holdingSignals(step: () => void): void {
  for (const signal of signals) process.on(signal, ignore);
  try {
    step();
  } finally {
    for (const signal of signals) process.off(signal, ignore);
  }
}
