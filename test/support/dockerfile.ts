// Reads a Dockerfile the way that BuildKit does, as far as the tests need it: instructions, stages and quoted words.

export interface Instruction {
  readonly keyword: string;
  readonly text: string;
}

/** Comment lines go, a backslash at the end of a line continues the instruction. */
export function instructionsOf(dockerfile: string): Instruction[] {
  const lines = dockerfile.split('\n').filter((line) => !/^\s*#/.test(line) && line.trim() !== '');
  const logical: string[] = [];
  let open = '';
  for (const line of lines) {
    if (line.endsWith('\\')) {
      open += `${line.slice(0, -1).trim()} `;
      continue;
    }
    logical.push(`${open}${line.trim()}`);
    open = '';
  }
  if (open !== '') throw new Error(`continues after its end: ${open}`);
  return logical.map((text) => {
    const [, keyword = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(text) ?? [];
    return { keyword, text: rest };
  });
}

/** Instructions by the name of their stage; what stands before the first FROM is left out. */
export function stagesOf(dockerfile: string): ReadonlyMap<string, readonly Instruction[]> {
  const stages = new Map<string, Instruction[]>();
  let current: Instruction[] = [];
  for (const instruction of instructionsOf(dockerfile)) {
    if (instruction.keyword === 'FROM') {
      current = [];
      stages.set(/ AS (\S+)$/.exec(instruction.text)?.[1] ?? '', current);
    }
    current.push(instruction);
  }
  return stages;
}

/** NAME="value" pairs of ENV, ARG or LABEL: https://docs.docker.com/reference/dockerfile/#environment-replacement */
export function pairsOf(text: string): Readonly<Record<string, string>> {
  const pairs: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const found = /^([A-Za-z_][\w.-]*)="((?:[^"\\$]|\\["\\$])*)"(?: +|$)/.exec(rest);
    if (found === null) throw new Error(`not NAME="value": ${rest}`);
    pairs[found[1] as string] = (found[2] as string).replace(/\\(["\\$])/g, '$1');
    rest = rest.slice(found[0].length);
  }
  return pairs;
}
