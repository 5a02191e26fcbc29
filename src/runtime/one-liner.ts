// Foresees what a program given on the command line of an interpreter does: `perl -e`, `python -c`,
// `node -e`, `ruby -e`. It knows how such examples sleep and exit, and the conditions on a variable
// that examples of Indexed Jobs have; all else takes a moment and succeeds.
import type { Environment } from './environment';

export interface OneLinerPlan {
  /** Infinity when it never ends. */
  runsMs: number;
  exitCode: number;
  /** Port that it listens on, or -1. */
  port: number;
}

const FLAGS: Readonly<Record<string, RegExp>> = {
  perl: /^-\w*[eE]$/,
  python: /^-\w*c$/,
  node: /^(?:-e|-p|--eval)$/,
  ruby: /^-\w*e$/,
};
const START_MS = 80;
/** What the documentation's example needs for two thousand digits of pi, by the digit. */
const PI_DIGIT_MS = 2.5;
const EXIT = /\b(?:sys\.|os\.|process\.)?_?exit!?\s*\(?\s*(\d*)/;
const LISTENS =
  /\.listen\(\s*(\d+)|Server\(\(\s*["'][^"']*["']\s*,\s*(\d+)|\.run\([^)]*port\s*=\s*(\d+)/;
const ERROR = /^\s*(?:raise\b|die\b|throw\b|assert False)/m;

/** The plan, or undefined when the words are no such call. */
export function planOneLiner(
  [name, ...args]: readonly string[],
  environment: Environment,
): OneLinerPlan | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1).replace(/[\d.]+$/, '');
  const flag = Object.hasOwn(FLAGS, base) ? FLAGS[base] : undefined;
  const at = flag ? args.findIndex((arg) => flag.test(arg)) : -1;
  const code = args[at + 1];
  if (at < 0 || code === undefined) return undefined;
  const port = LISTENS.exec(code);
  if (port) return { runsMs: Infinity, exitCode: 0, port: Number(port[1] ?? port[2] ?? port[3]) };
  const plan = planLines(
    base === 'python' ? takenLines(code, environment) : code.split(/[;\n]/),
    base,
  );
  const digits = /\bbpi\((\d+)\)/.exec(code);
  if (digits) plan.runsMs += Number(digits[1]) * PI_DIGIT_MS;
  return plan;
}

function planLines(lines: readonly string[], interpreter: string): OneLinerPlan {
  const plan: OneLinerPlan = { runsMs: START_MS, exitCode: 0, port: -1 };
  for (const line of lines) {
    if (/\bwhile\s*\(?\s*(?:True|true|1)\b|\bloop\s+do\b|serve_forever/.test(line)) {
      return { runsMs: Infinity, exitCode: 0, port: -1 };
    }
    for (const [, seconds] of line.matchAll(/\bsleep\s*\(?\s*([\d.]+)/g)) {
      plan.runsMs += Number(seconds) * 1000;
    }
    const exit = EXIT.exec(line);
    if (exit) return { ...plan, exitCode: Number(exit[1] || 0) & 255 };
    if (ERROR.test(line)) return { ...plan, exitCode: interpreter === 'perl' ? 255 : 1 };
  }
  return plan;
}

/** The lines that run, where conditions on variables of the environment can be told. */
function takenLines(code: string, environment: Environment): string[] {
  const taken: string[] = [];
  let skipDeeperThan = Infinity;
  const met = new Map<number, boolean>();
  /** What variables of the program stand for, as it is written. */
  const named = new Map<string, string>();
  for (const line of code.split('\n')) {
    const depth = line.search(/\S/);
    if (depth < 0) continue;
    if (depth > skipDeeperThan) continue;
    skipDeeperThan = Infinity;
    const branch = /^\s*(?:(if|elif)\s+(.*)|else\s*):\s*$/.exec(line);
    if (!branch) {
      const [, name, value] = /^\s*(\w+)\s*=\s*(.*os\.(?:environ|getenv).*)$/.exec(line) ?? [];
      if (name) named.set(name, value);
      taken.push(line);
      continue;
    }
    const [, keyword, condition] = branch;
    const wasMet = keyword !== 'if' && met.get(depth) === true;
    const whole = condition?.replace(/\b[A-Za-z_]\w*\b/g, (word) => named.get(word) ?? word);
    const isMet = !wasMet && (keyword === undefined || holds(whole, environment));
    met.set(depth, wasMet || isMet);
    if (!isMet) skipDeeperThan = depth;
  }
  return taken;
}

const VARIABLE =
  /os\.(?:environ\.get|getenv)\(\s*["'](\w+)["'][^)]*\)|os\.environ\[["'](\w+)["']\]/;

function holds(condition: string, environment: Environment): boolean {
  const match = VARIABLE.exec(condition);
  if (!match) return true;
  const value = environment[match[1] ?? match[2]] ?? '';
  const rest = condition.slice(match.index + match[0].length);
  const numeric = /^\)?\s*(?:%\s*(\d+)\s*)?(==|!=|<=|>=|<|>)\s*["']?(-?\w*)["']?/.exec(rest);
  if (!numeric) return value !== '';
  const [, modulus, operator, wanted] = numeric;
  const left = modulus ? String(Number(value) % Number(modulus)) : value;
  switch (operator) {
    case '==':
      return left === wanted;
    case '!=':
      return left !== wanted;
    case '<':
      return Number(left) < Number(wanted);
    case '<=':
      return Number(left) <= Number(wanted);
    case '>':
      return Number(left) > Number(wanted);
    default:
      return Number(left) >= Number(wanted);
  }
}
