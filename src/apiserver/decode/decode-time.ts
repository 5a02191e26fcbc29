// Times in the spelling that the server gives back, and why a text is none, as Go's time.Parse
// says.
import { formatMicroTime, formatTime, parseTime } from '../../api/time';

const LAYOUT = '2006-01-02T15:04:05Z07:00';
const MICRO_LAYOUT = '2006-01-02T15:04:05.000000Z07:00';

type Piece = readonly [pattern: RegExp, name: string];

const DATE_AND_TIME: readonly Piece[] = [
  [/^\d{4}/, '2006'],
  [/^-/, '-'],
  [/^\d\d/, '01'],
  [/^-/, '-'],
  [/^\d\d/, '02'],
  [/^T/, 'T'],
  [/^\d\d/, '15'],
  [/^:/, ':'],
  [/^\d\d/, '04'],
  [/^:/, ':'],
];
const ZONE: Piece = [/^(Z|[+-]\d\d:\d\d)/, 'Z07:00'];
const PIECES: readonly Piece[] = [...DATE_AND_TIME, [/^\d\d(\.\d+)?/, '05'], ZONE];
const MICRO_PIECES: readonly Piece[] = [
  ...DATE_AND_TIME,
  [/^\d\d/, '05'],
  [/^\.\d{6}/, '.000000'],
  ZONE,
];
const RANGES = [
  ['month', 5, 1, 12],
  ['day', 8, 1, 31],
  ['hour', 11, 0, 23],
  ['minute', 14, 0, 59],
  ['second', 17, 0, 59],
] as const;

/** Whole seconds, UTC; with `micro`, microseconds. Throws Error with Go's message. */
export function decodeTime(text: string, micro: boolean): string {
  const problem = findProblem(text, micro);
  if (problem) throw new Error(problem);
  const ms = parseTime(text);
  return micro ? formatMicroTime(ms) : formatTime(ms);
}

function findProblem(text: string, micro: boolean): string | undefined {
  const quoted = JSON.stringify(text);
  const layout = micro ? MICRO_LAYOUT : LAYOUT;
  let rest = text;
  for (const [pattern, name] of micro ? MICRO_PIECES : PIECES) {
    const match = pattern.exec(rest);
    if (!match) {
      const where = `cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(name)}`;
      return `parsing time ${quoted} as ${JSON.stringify(layout)}: ${where}`;
    }
    rest = rest.slice(match[0].length);
  }
  if (rest) return `parsing time ${quoted}: extra text: ${JSON.stringify(rest)}`;
  for (const [name, at, min, max] of RANGES) {
    const value = Number(text.slice(at, at + 2));
    if (value < min || value > max) return `parsing time ${quoted}: ${name} out of range`;
  }
  return undefined;
}
