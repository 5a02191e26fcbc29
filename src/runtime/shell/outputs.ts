// What the few commands write that scripts put into their words: `$(hostname | sed 's/.*-//')`.
// `undefined` stands for what nothing is known of.

/** What a command writes; `input` is what a pipe gives it. */
export function written(
  [name, ...args]: readonly string[],
  input: string,
  host: string,
): string | undefined {
  switch (name) {
    case 'echo':
      return (args[0] === '-n' || args[0] === '-e' ? args.slice(1) : args).join(' ');
    case 'printf':
      return formatted(args);
    case 'hostname':
      return host;
    case 'seq':
      return sequence(args.filter((arg) => !arg.startsWith('-')).map(Number));
    case 'basename':
      return (args[0] ?? '')
        .replace(/\/+$/, '')
        .replace(/^.*\//, '')
        .replace(args[1] ?? '', '');
    case 'dirname':
      return (args[0] ?? '').replace(/\/[^/]*$/, '') || '.';
    case 'cat':
    case 'tee':
      return args.length === 0 ? input : undefined;
    case 'cut':
      return cut(args, input);
    case 'sed':
      return replaced(args.at(-1) ?? '', input);
    case 'awk':
      return awk(args, input);
    case 'tr':
      return args[0] === '-d' ? input.replaceAll(args[1], '') : input;
    case 'rev':
      return [...input].reverse().join('');
  }
  return undefined;
}

const SEQUENCE_MAX = 10_000;

function formatted([format = '', ...values]: readonly string[]): string {
  let next = 0;
  return format.replace(/%(?:0?(\d+))?[sd]/g, (all, width?: string) => {
    const value = values[next++] ?? '';
    return value.padStart(Number(width ?? 0), all.startsWith('%0') ? '0' : ' ');
  });
}

function sequence(bounds: readonly number[]): string {
  const last = bounds.at(-1) ?? 0;
  const first = bounds.length > 1 ? bounds[0] : 1;
  const step = bounds.length > 2 ? bounds[1] : 1;
  const length = Math.max(0, Math.min(Math.floor((last - first) / step) + 1, SEQUENCE_MAX));
  if (!Number.isFinite(length)) return '';
  return Array.from({ length }, (_, index) => first + index * step).join('\n');
}

function cut(args: readonly string[], input: string): string {
  const flag = (letter: string): string | undefined => {
    const at = args.findIndex((arg) => arg.startsWith(`-${letter}`));
    return at < 0 ? undefined : args[at].slice(2) || args[at + 1];
  };
  const field = Number(flag('f')?.replace(/\D.*$/, '') || 1);
  return input.split(flag('d') ?? '\t')[field - 1] ?? '';
}

function replaced(program: string, input: string): string {
  const match = /^s(.)((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1(g?)/.exec(program);
  if (!match) return input;
  try {
    const wanted = new RegExp(match[2].replace(/\\([()])/g, '$1'), match[4]);
    return input.replace(wanted, match[3].replace(/\\(\d)/g, '$$$1'));
  } catch {
    return input;
  }
}

function awk(args: readonly string[], input: string): string {
  const at = args.findIndex((arg) => arg.startsWith('-F'));
  const separator = at < 0 ? undefined : args[at].slice(2) || args[at + 1];
  const fields = separator === undefined ? input.trim().split(/\s+/) : input.split(separator);
  const field = /print \$(NF|\d+)/.exec(args.join(' '))?.[1];
  if (field === undefined) return '';
  return (field === 'NF' ? fields.at(-1) : field === '0' ? input : fields[Number(field) - 1]) ?? '';
}
