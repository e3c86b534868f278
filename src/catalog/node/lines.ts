// The lines of Node.js: which may run a service, and until when.

/** Even lines with long-term support; https://github.com/nodejs/Release/blob/main/schedule.json */
export const nodeLines: Readonly<Record<number, string>> = {
  18: '2025-04-30',
  20: '2026-04-30',
  22: '2027-04-30',
  24: '2028-04-30',
  26: '2029-04-30',
};

/** Lines that Groundwork builds images for. */
export const supportedLines: readonly number[] = [22, 24, 26];
