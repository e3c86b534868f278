// Lays out rows as a table of text; the last column is as long as it is.

/** A declared value may hold anything; a terminal must not obey it. */
const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ');

export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(plain));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width, column) =>
    '-'.repeat(column === widths.length - 1 ? (head[column] ?? '').length : width),
  );
  return `${[line(cells[0] ?? []), line(rule), ...cells.slice(1).map(line)].join('\n')}\n`;
}
