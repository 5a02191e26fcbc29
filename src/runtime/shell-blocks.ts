// Goes through the commands of a shell script in the order in which a shell would: joins, `if` and
// `for`. Loops that run until something happens are not foreseen.
import type { SimpleCommand } from './shell-words';

/** Who runs the simple commands. */
export interface CommandRunner {
  /** Exit code of the last command. */
  code: number;
  readonly isOver: boolean;
  /** `joined` is how the next command is joined to this one, '||' for a condition. */
  run(words: readonly string[], joined: SimpleCommand['after'] | undefined): void;
}

interface Branch {
  /** False inside a branch that is not taken. */
  isOuterTaken: boolean;
  isCondition: boolean;
  isTaken: boolean;
  /** True once a branch of this `if` was taken. */
  isDone: boolean;
}

const ITERATIONS_MAX = 10_000;

export function runCommands(commands: readonly SimpleCommand[], runner: CommandRunner): void {
  const branches: Branch[] = [];
  for (let index = 0; index < commands.length && !runner.isOver; index++) {
    const { words: all, after } = commands[index];
    const words = enter(all, branches, runner);
    const isTaken = branches.every(isRunning);
    if (words[0] === 'for') {
      const end = endOfLoop(commands, index);
      if (isTaken) repeat(words.slice(1), commands.slice(index + 1, end), runner);
      index = end;
      continue;
    }
    if (words.length === 0 || !isTaken) continue;
    const isJoined = words === all;
    if (isJoined && after === '&&' && runner.code !== 0) continue;
    if (isJoined && after === '||' && runner.code === 0) continue;
    const isCondition = branches.at(-1)?.isCondition === true;
    runner.run(words, isCondition ? '||' : commands[index + 1]?.after);
  }
}

/** Takes the keywords of branches off a command; the rest belongs to the branch it stands in. */
function enter(
  all: readonly string[],
  branches: Branch[],
  runner: CommandRunner,
): readonly string[] {
  let words = all;
  for (;;) {
    const [keyword] = words;
    if (keyword === 'if') {
      const isOuterTaken = branches.every(isRunning);
      branches.push({ isOuterTaken, isCondition: true, isTaken: false, isDone: false });
    } else if (BRANCHING.has(keyword) && branches.length > 0) turn(branches, keyword, runner);
    else return words;
    words = words.slice(1);
  }
}

const BRANCHING: ReadonlySet<string> = new Set(['then', 'elif', 'else', 'fi']);

function isRunning({ isOuterTaken, isCondition, isTaken, isDone }: Branch): boolean {
  return isOuterTaken && (isCondition ? !isDone : isTaken);
}

function turn(branches: Branch[], keyword: string, runner: CommandRunner): void {
  const branch = branches.at(-1)!;
  if (keyword === 'fi') {
    branches.pop();
    if (!branch.isDone && branch.isOuterTaken) runner.code = 0;
    return;
  }
  branch.isCondition = keyword === 'elif';
  branch.isTaken = !branch.isDone && (keyword === 'else' || runner.code === 0);
  if (keyword === 'elif') branch.isTaken = false;
  else branch.isDone ||= branch.isTaken;
  if (branch.isTaken) runner.code = 0;
}

/** The place of the `done` that belongs to the `for` at `start`. */
function endOfLoop(commands: readonly SimpleCommand[], start: number): number {
  let depth = 0;
  for (let index = start; index < commands.length; index++) {
    const [keyword] = commands[index].words;
    if (keyword === 'for' || commands[index].words.includes('for', 1)) depth++;
    if (keyword === 'done' && --depth === 0) return index;
  }
  return commands.length;
}

/** `head` is 'name in value ...'. */
function repeat(
  [name, , ...values]: readonly string[],
  body: readonly SimpleCommand[],
  runner: CommandRunner,
): void {
  const variable = new RegExp(`\\$(?:${name}\\b|\\{${name}\\})`, 'g');
  for (const value of values.flatMap(expand).slice(0, ITERATIONS_MAX)) {
    const own = body.map(({ words, after }) => ({
      words: (words[0] === 'do' ? words.slice(1) : words).map((word) =>
        word.replace(variable, value),
      ),
      after,
    }));
    runCommands(own, runner);
    if (runner.isOver) return;
  }
}

/** '{1..3}' stands for its numbers. */
function expand(value: string): string[] {
  const match = /^\{(\d+)\.\.(\d+)\}$/.exec(value);
  if (!match) return value.split(/\s+/).filter(Boolean);
  const [first, last] = [Number(match[1]), Math.min(Number(match[2]), ITERATIONS_MAX)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => String(first + index));
}
