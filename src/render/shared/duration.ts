// Turns seconds into words of at most two units: 5400 → 1 h 30 min.

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

export function spellSeconds(seconds: number): string {
  const start = units.findIndex(([size]) => seconds >= size);
  if (start === -1) return `${seconds} s`;
  let rest = Math.round(seconds);
  const parts = units.slice(start, start + 2).flatMap(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${unit}`];
  });
  return parts.join(' ');
}
