// Goes through a script as a shell would, in virtual time and from outside: what is asked of the
// network is asked when the script comes to it, everything else is foreseen.
// Invariant: a run takes at most STEPS_MAX commands; what takes more never ends.
import { planOneLiner } from '../one-liner';
import { holdsTest } from './condition';
import { changeFiles, effectOf, isQuiet, type Effect } from './effects';
import {
  calculate,
  expandText,
  expandWords,
  globPattern,
  substitutions,
  type ExpansionView,
} from './expansion';
import { written } from './outputs';
import { questionOf, writtenOfAnswer, type NetworkQuestion } from './questions';
import { durationMs, type Progress } from './progress';
import { parseScript, type Command } from './syntax';

/** Gives the questions, gets the answers, returns when the run has ended. */
export type Steps = Generator<NetworkQuestion, void, boolean>;

type Simple = Extract<Command, { kind: 'simple' }>;

const STEPS_MAX = 12_000;
/** Words that can end a loop whose condition always holds. */
const WAY_OUT = /\b(?:break|exit|return|exec|kill)\b/;
const INTERPRETER = /^(?:perl|python|node|ruby)/;
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);

export class ScriptRun implements ExpansionView {
  private steps = 0;
  /** How many were asked. */
  private questions = 0;
  private readonly functions = new Map<string, Command>();
  private parameters: readonly string[] = [];
  /** Loops that `break` and `continue` have yet to leave. */
  private leaving: 'break' | 'continue' | 'return' | undefined;
  /** Of commands whose output scripts put in place, by their script. */
  private readonly answers = new Map<string, boolean>();
  /** When the last of what runs behind the script ends. */
  private behindMs = 0;

  constructor(private readonly progress: Progress) {}

  *script(text: string, parameters: readonly string[] = []): Steps {
    const outer = this.parameters;
    this.parameters = parameters;
    yield* this.command(parseScript(text));
    this.parameters = outer;
  }

  variable(name: string): string | undefined {
    const { variables, code } = this.progress;
    if (name === '?') return String(code);
    if (name === '@' || name === '*') return this.parameters.slice(1).join(' ');
    if (name === '#') return String(Math.max(0, this.parameters.length - 1));
    if (/^\d$/.test(name)) return this.parameters[Number(name)];
    return variables.get(name);
  }

  assign(name: string, value: string): void {
    this.progress.variables.set(name, value);
  }

  /** Without asking anything, and without leaving anything behind. */
  outputOf(script: string): string {
    const command = parseScript(script);
    const parts = command.kind === 'pipe' ? command.parts : [command];
    const isThere = this.answers.get(script);
    let text = '';
    for (const part of parts) {
      if (part.kind !== 'simple') return '';
      const words = expandWords(part.words, this).filter((word) => !isRedirection(word));
      if (words[0] === 'cat' && words[1]) text = this.variable(words[1]) ?? '';
      else if (isThere !== undefined && part === parts[0]) text = writtenOfAnswer(words, isThere);
      else if (words[0] === 'expr') {
        text = String(calculate(words.slice(1).join(' '), this) ?? '');
      } else text = written(words, text, this.progress.variables.get('HOSTNAME') ?? '') ?? '';
    }
    return text.replace(/\n+$/, '');
  }

  private get isOver(): boolean {
    const { ended, atMs } = this.progress;
    return ended || atMs === Infinity || this.leaving !== undefined;
  }

  private *command(command: Command, isChecked = false): Steps {
    if (this.isOver) return;
    switch (command.kind) {
      case 'simple':
        yield* this.simple(command, isChecked);
        return;
      case 'list':
        yield* this.list(command, isChecked);
        return;
      case 'pipe':
        yield* this.pipe(command.parts, isChecked);
        return;
      case 'not':
        yield* this.command(command.command, true);
        this.progress.code = this.progress.code === 0 ? 1 : 0;
        return;
      case 'if':
        yield* this.branches(command);
        return;
      case 'loop':
        yield* this.loop(command);
        return;
      case 'for':
        yield* this.each(command);
        return;
      case 'case':
        yield* this.choice(command);
        return;
      case 'function':
        this.functions.set(command.name, command.body);
    }
  }

  private *list({ items }: Extract<Command, { kind: 'list' }>, isChecked: boolean): Steps {
    for (let index = 0; index < items.length && !this.isOver; index++) {
      const { join, command, isBackground } = items[index];
      if (join === '&&' && this.progress.code !== 0) continue;
      if (join === '||' && this.progress.code === 0) continue;
      const next = items[index + 1]?.join;
      if (isBackground) yield* this.behind(command);
      else yield* this.command(command, isChecked || next === '&&' || next === '||');
    }
  }

  private *behind(command: Command): Steps {
    const { atMs } = this.progress;
    yield* this.command(command, true);
    this.behindMs = Math.max(this.behindMs, this.progress.atMs);
    this.progress.atMs = atMs;
    this.progress.ended = false;
    this.progress.code = 0;
  }

  private *pipe(parts: readonly Command[], isChecked: boolean): Steps {
    let text = '';
    for (const part of parts) {
      yield* this.command(part, isChecked || part !== parts.at(-1));
      if (this.isOver) break;
      text = part.kind === 'simple' ? this.writtenBy(part, text) : '';
    }
  }

  private writtenBy({ words }: Simple, input: string): string {
    return written(expandWords(words, this), input, this.variable('HOSTNAME') ?? '') ?? '';
  }

  private *branches({ arms, otherwise }: Extract<Command, { kind: 'if' }>): Steps {
    for (const { condition, then } of arms) {
      yield* this.command(condition, true);
      if (this.isOver) return;
      if (this.progress.code !== 0) continue;
      yield* this.command(then);
      return;
    }
    this.progress.code = 0;
    if (otherwise) yield* this.command(otherwise);
  }

  private *loop(loop: Extract<Command, { kind: 'loop' }>): Steps {
    const { progress } = this;
    const isEndless = isConstant(loop) && !WAY_OUT.test(JSON.stringify(loop.body));
    for (;;) {
      const before = isEndless ? '' : this.state();
      yield* this.command(loop.condition, true);
      if (this.isOver) return;
      if ((progress.code === 0) === loop.isUntil) break;
      yield* this.command(loop.body);
      if (this.left()) break;
      if (this.isOver) return;
      // What leaves everything as it was goes on so for ever.
      if (isEndless || this.state() === before) {
        progress.atMs = Infinity;
        return;
      }
    }
    progress.code = 0;
  }

  /** All on which the rest of the run depends, but for the time. */
  private state(): string {
    const { variables, plan } = this.progress;
    const ends = plan.files.map(({ path, toMs }) => path + toMs);
    return JSON.stringify([this.questions, [...variables], ends]);
  }

  private *each({ name, words, body }: Extract<Command, { kind: 'for' }>): Steps {
    const values = words.length > 0 ? expandWords(words, this) : this.parameters.slice(1);
    for (const value of values) {
      this.assign(name, value);
      yield* this.command(body);
      if (this.left() || this.isOver) return;
    }
  }

  /** True when a `break` was for this loop. */
  private left(): boolean {
    const { leaving } = this;
    if (leaving === 'return') return false;
    this.leaving = undefined;
    return leaving === 'break';
  }

  private *choice({ word, arms }: Extract<Command, { kind: 'case' }>): Steps {
    const value = expandText(word, this);
    for (const { patterns, body } of arms) {
      if (!patterns.some((pattern) => globPattern(expandText(pattern, this)).test(value))) continue;
      yield* this.command(body);
      return;
    }
    this.progress.code = 0;
  }

  private *simple({ words: raw }: Simple, isChecked: boolean): Steps {
    const { progress } = this;
    if (++this.steps > STEPS_MAX) {
      progress.atMs = Infinity;
      return;
    }
    yield* this.askWithin(raw);
    const assigned = raw.findIndex((word) => !/^\w+\+?=/.test(word));
    const heads = assigned < 0 ? raw : raw.slice(0, assigned);
    for (const word of heads) this.assignWord(word);
    const expanded = assigned < 0 ? [] : expandWords(raw.slice(assigned), this);
    this.keepFiles(expanded);
    const words = expanded.filter((word) => !isRedirection(word));
    if (words.length > 0) yield* this.words(words);
    else progress.code = 0;
    if (progress.isStrict && progress.code !== 0 && !isChecked) progress.ended = true;
  }

  /** Asks what commands ask whose output the words hold. */
  private *askWithin(raw: readonly string[]): Steps {
    for (const script of raw.flatMap(substitutions)) {
      const command = parseScript(script);
      const first = command.kind === 'pipe' ? command.parts[0] : command;
      if (first.kind !== 'simple') continue;
      const words = expandWords(first.words, this).filter((word) => !isRedirection(word));
      const question = words.length > 0 ? questionOf(words) : undefined;
      if (question) this.answers.set(script, yield* this.ask(question));
    }
  }

  private *ask(question: NetworkQuestion): Generator<NetworkQuestion, boolean, boolean> {
    this.questions++;
    return yield question;
  }

  private assignWord(word: string): void {
    const [, name, more, value] = /^(\w+)(\+?)=([^]*)$/.exec(word)!;
    const before = more ? (this.variable(name) ?? '') : '';
    this.assign(name, before + expandText(value, this));
  }

  /** Files that the output of a command goes to. */
  private keepFiles(words: readonly string[]): void {
    for (const word of words) {
      const path = /^\d?>{1,2}(\/[^&]*)$/.exec(word)?.[1];
      if (path && !path.startsWith('/dev/')) changeFiles('touch', [path], this.progress);
    }
  }

  /** Runs a command whose words are in place. */
  *words(all: readonly string[]): Steps {
    const { progress } = this;
    const words =
      all[0] === 'exec' || all[0] === 'command' || all[0] === 'sudo' ? all.slice(1) : all;
    const [path = ':', ...args] = words;
    const name = path.slice(path.lastIndexOf('/') + 1);
    progress.plan.isUnknown = false;
    const body = this.functions.get(path);
    if (body) yield* this.call(body, words);
    else if (SHELLS.has(name)) yield* this.shell(args);
    else if (name === 'timeout') yield* this.timeout(args);
    else if (this.steers(name, args)) return;
    else {
      const question = questionOf(words);
      if (question) progress.code = (yield* this.ask(question)) ? 0 : 1;
      else this.does(name, words);
    }
    if (all[0] === 'exec') progress.ended = true;
  }

  private *call(body: Command, words: readonly string[]): Steps {
    const outer = this.parameters;
    this.parameters = words;
    yield* this.command(body);
    this.parameters = outer;
    if (this.leaving === 'return') this.leaving = undefined;
  }

  private *shell(args: readonly string[]): Steps {
    const at = args.findIndex((arg) => /^-\w*c\w*$/.test(arg));
    const { progress } = this;
    progress.code = 0;
    if (args.some((arg) => /^-\w*e\w*$/.test(arg))) progress.isStrict = true;
    if (at >= 0) yield* this.script(args[at + 1] ?? '', args.slice(at + 2));
    else progress.plan.isUnknown = args.some((arg) => !arg.startsWith('-'));
  }

  private *timeout(args: readonly string[]): Steps {
    const at = args.findIndex((arg) => /^\d/.test(arg));
    const { progress } = this;
    const untilMs = progress.atMs + durationMs(args[at] ?? '');
    yield* this.words(args.slice(at + 1));
    if (progress.atMs <= untilMs) return;
    progress.atMs = untilMs;
    progress.code = 124;
  }

  /** Builtins that change where the script goes on; true when it was one. */
  private steers(name: string, args: readonly string[]): boolean {
    const { progress } = this;
    switch (name) {
      case 'break':
      case 'continue':
        this.leaving = name;
        return true;
      case 'return':
        this.leaving = 'return';
        progress.code = Number(args[0] ?? progress.code) & 255;
        return true;
      case 'exit':
        progress.ended = true;
        progress.code = Number(args[0] ?? progress.code) & 255;
        return true;
      case 'wait':
        progress.atMs = Math.max(progress.atMs, this.behindMs);
        progress.code = 0;
        return true;
      case 'let':
        args.forEach((arg) => calculate(arg, this));
        progress.code = 0;
        return true;
      case 'export':
      case 'local':
      case 'readonly':
      case 'declare':
        for (const arg of args) if (/^\w+=/.test(arg)) this.assignValue(arg);
        progress.code = 0;
        return true;
      case 'set':
        if (args.some((arg) => /^-\w*e/.test(arg))) progress.isStrict = true;
        progress.code = 0;
        return true;
      case 'trap': {
        const [handler = '', ...signals] = args;
        const code = /\bexit\b\s*(\d*)/.exec(handler)?.[1];
        const isStop = signals.some((signal) => /^(?:SIG)?TERM$|^15$/.test(signal));
        if (isStop && code !== undefined) progress.plan.stopsWith = Number(code);
        progress.code = 0;
        return true;
      }
      case 'read':
        // Nobody types, and of what a pipe gives little is known.
        progress.code = 1;
        return true;
    }
    return false;
  }

  private assignValue(word: string): void {
    const at = word.indexOf('=');
    this.assign(word.slice(0, at), word.slice(at + 1));
  }

  private does(name: string, words: readonly string[]): void {
    const { progress } = this;
    const args = words.slice(1);
    progress.code = 0;
    const oneLiner =
      INTERPRETER.test(name) && planOneLiner(words, Object.fromEntries(progress.variables));
    if (oneLiner) {
      progress.atMs += oneLiner.runsMs;
      progress.code = oneLiner.exitCode;
      if (oneLiner.port >= 0) progress.plan.port = oneLiner.port;
    } else if (name === '[' || name === '[[' || name === 'test') {
      progress.code = holdsTest(args, this.conditions) ? 0 : 1;
    } else {
      const effect: Effect | undefined = effectOf(name, args, progress);
      if (effect === undefined) progress.plan.isUnknown = !isQuiet(name);
    }
  }

  private readonly conditions = {
    isThere: (path: string): boolean => this.progress.isThere(path),
    matched: (groups: readonly string[]): void => {
      groups.forEach((group, index) => this.assign(`BASH_REMATCH[${index}]`, group));
    },
  };
}

export function isRedirection(word: string): boolean {
  return /^(?:\d?[<>]{1,2}|&>)/.test(word);
}

function isConstant({ condition, isUntil }: Extract<Command, { kind: 'loop' }>): boolean {
  if (condition.kind !== 'simple') return false;
  const words = condition.words.join(' ');
  return (isUntil ? /^false$/ : /^(?:true|:|\[\[? ?1 ?\]\]?|test 1)$/).test(words);
}
