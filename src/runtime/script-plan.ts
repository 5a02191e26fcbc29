// Foresees what a command line or shell script does, in virtual time and from outside: how long it
// runs, with which code it exits, which files it leaves, whether it listens. It knows the few
// commands that manifests are full of; any other command is taken to succeed at once in a script,
// and to be a server when it is the container's own command. Running them truly is a later matter.
import type { FileSpan } from './container-process';
import { NO_ENVIRONMENT } from './environment';
import { planOneLiner } from './one-liner';
import { runCommands, type CommandRunner } from './shell-blocks';
import { substitute, type Environment } from './shell-substitution';
import { holdsTest } from './shell-test';
import { isRedirection, splitScript, type SimpleCommand } from './shell-words';

export interface ScriptPlan {
  /** Infinity when it never ends. */
  runsMs: number;
  exitCode: number;
  files: FileSpan[];
  /** Port it listens on at its end, or -1. */
  port: number;
  /** True when the last word is a program that nothing is known of. */
  isUnknown: boolean;
}

interface Progress {
  atMs: number;
  code: number;
  ended: boolean;
  /** After `set -e`: the first failure ends the script. */
  isStrict: boolean;
  plan: ScriptPlan;
  environment: Environment;
  /** Paths that the script itself makes somewhere. */
  made: ReadonlySet<string>;
}

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', '/bin/sh', '/bin/bash', '/bin/ash']);
const QUIET = new Set([
  'true',
  ':',
  'echo',
  'printf',
  'date',
  'ls',
  'cat',
  'env',
  'pwd',
  'id',
  'uname',
  'hostname',
  'whoami',
  'set',
  'export',
  'cd',
  'mkdir',
  'cp',
  'mv',
  'chmod',
  'chown',
  'ln',
  'trap',
  'head',
  'grep',
  'wc',
  'sed',
  'awk',
  'nslookup',
  'wget',
  'curl',
  'test',
  '[',
  'source',
  '.',
  'apt-get',
  'apk',
  'apt',
  'seq',
  'expr',
]);
const ENDLESS = new Set(['yes', 'top', 'watch', 'ping', 'cat-forever']);
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const STEP_MS = 5;

/** A shell that is given no script and so reads its input. */
export function isBareShell([name, ...rest]: readonly string[]): boolean {
  return SHELLS.has(name) && rest.every((word) => /^-[il]+$/.test(word));
}

/** Executables that every base image brings. */
export function isCommonExecutable(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return QUIET.has(base) || ENDLESS.has(base) || SHELLS.has(base) || OTHERS.has(base);
}

const OTHERS = new Set([
  'sleep',
  'false',
  'tail',
  'touch',
  'rm',
  'nc',
  'httpd',
  'sort',
  'find',
  'tar',
  'kill',
  'ps',
  'vi',
  'timeout',
]);

/** What `words` do as a container's first process, or as an exec probe's beside these files. */
export function planCommand(
  words: readonly string[],
  files: readonly FileSpan[] = [],
  environment: Environment = NO_ENVIRONMENT,
): ScriptPlan {
  const plan: ScriptPlan = {
    runsMs: 0,
    exitCode: 0,
    files: [...files],
    port: -1,
    isUnknown: false,
  };
  const text = substitute(words.join('\n'), environment);
  const made = new Set([...text.matchAll(/\btouch\s+([^\s;&|]+)/g)].map(([, path]) => path));
  const progress: Progress = {
    atMs: 0,
    code: 0,
    ended: false,
    isStrict: false,
    plan,
    environment,
    made,
  };
  run(words, progress);
  plan.runsMs = progress.atMs + STEP_MS;
  plan.exitCode = progress.code;
  return plan;
}

function runScript(text: string, progress: Progress): void {
  const script = substitute(text, progress.environment);
  // A loop without a visible end is what keeps most demo containers alive.
  const loop = /\b(?:while|until)\s+(?:true|:|\[ ?1 ?\]|false)?/.exec(script);
  const head = loop ? script.slice(0, loop.index) : script;
  runCommands(splitScript(head), new ScriptRunner(progress));
  if (loop && !progress.ended) progress.atMs = Infinity;
}

class ScriptRunner implements CommandRunner {
  constructor(private readonly progress: Progress) {}

  get code(): number {
    return this.progress.code;
  }

  set code(code: number) {
    this.progress.code = code;
  }

  get isOver(): boolean {
    return this.progress.ended || this.progress.atMs === Infinity;
  }

  run(words: readonly string[], joined: SimpleCommand['after'] | undefined): void {
    run(words, this.progress);
    const isChecked = joined === '&&' || joined === '||';
    if (this.progress.isStrict && this.code !== 0 && !isChecked) end(this.progress, this.code);
  }
}

function run(all: readonly string[], progress: Progress): void {
  if (all[0] === '!') {
    run(all.slice(1), progress);
    progress.code = progress.code === 0 ? 1 : 0;
    return;
  }
  const before = progress.code;
  const start = all.findIndex((word) => !/^\w+=/.test(word));
  const words = start < 0 ? [] : all.slice(start).filter((word) => !isRedirection(word));
  const [name, ...args] = words[0] === 'exec' ? words.slice(1) : words;
  progress.code = 0;
  progress.plan.isUnknown = false;
  if (name === undefined || name === 'do' || name === 'done' || name === 'fi' || name === 'then')
    return;
  if (SHELLS.has(name)) {
    const at = args.findIndex((arg) => /^-\w*c\w*$/.test(arg));
    if (at >= 0) runScript(args[at + 1] ?? '', progress);
    return;
  }
  const base = name.slice(name.lastIndexOf('/') + 1);
  const oneLiner = planOneLiner(words, progress.environment);
  if (oneLiner) {
    progress.atMs += oneLiner.runsMs;
    progress.code = oneLiner.exitCode;
  } else if (base === 'exit') end(progress, Number(args[0] ?? before) & 255);
  else if (base === 'set' && args.some((arg) => /^-\w*e/.test(arg))) progress.isStrict = true;
  else if (base === 'sleep') progress.atMs += sleepMs(args);
  else if (base === 'false') progress.code = 1;
  else if (base === 'tail' && args.some((arg) => /^-\w*[fF]/.test(arg))) progress.atMs = Infinity;
  else if (ENDLESS.has(base)) progress.atMs = Infinity;
  else if (base === 'touch' || base === 'rm') changeFiles(base, args, progress);
  else if (isFileCheck(base)) checkFiles(base, args, progress);
  else if (!listen(base, args, progress) && !QUIET.has(base)) progress.plan.isUnknown = true;
}

function end(progress: Progress, code: number): void {
  progress.ended = true;
  progress.code = code;
}

function sleepMs(args: readonly string[]): number {
  let sum = 0;
  for (const arg of args) {
    const match = /^([\d.]+)([smhd]?)$/.exec(arg);
    if (!match) return arg.startsWith('inf') ? Infinity : 0;
    sum += Number(match[1]) * UNIT_MS[match[2] || 's'];
  }
  return sum;
}

function changeFiles(command: string, args: readonly string[], { plan, atMs }: Progress): void {
  for (const path of args.filter((arg) => !arg.startsWith('-'))) {
    const index = plan.files.findIndex((file) => file.path === path && file.toMs === Infinity);
    if (command === 'touch' && index < 0) plan.files.push({ path, fromMs: atMs, toMs: Infinity });
    if (command === 'rm' && index >= 0) plan.files[index] = { ...plan.files[index], toMs: atMs };
  }
}

function isFileCheck(command: string): boolean {
  return command === 'cat' || command === 'ls' || isTest(command);
}

function isTest(command: string): boolean {
  return command === 'test' || command === '[' || command === '[[';
}

/**
 * Files under /tmp, and those that the script makes somewhere, are there when it has made them; all
 * others are taken to be there.
 */
function checkFiles(command: string, args: readonly string[], progress: Progress): void {
  const isThere = (path: string): boolean =>
    !(path.startsWith('/tmp/') || progress.made.has(path)) ||
    progress.plan.files.some((file) => file.path === path && file.toMs === Infinity);
  if (isTest(command)) progress.code = holdsTest(args, isThere) ? 0 : 1;
  else if (!args.every(isThere)) progress.code = command === 'ls' ? 2 : 1;
}

function listen(name: string, args: readonly string[], progress: Progress): boolean {
  const port = listeningPort(name, args);
  if (port < 0) return false;
  progress.plan.port = port;
  progress.atMs = Infinity;
  return true;
}

function listeningPort(name: string, args: readonly string[]): number {
  const text = args.join(' ');
  if (name.startsWith('python') && /-m (http\.server|SimpleHTTPServer)/.test(text)) {
    return Number(/(?:server|Server) (\d+)/.exec(text)?.[1] ?? 8000);
  }
  if (name === 'nc' && /-\w*l/.test(text)) return Number(/(\d+)\s*$/.exec(text)?.[1] ?? 80);
  if (name === 'httpd') return Number(/-p \S*?(\d+)/.exec(text)?.[1] ?? 80);
  if (name === 'nginx') return 80;
  return -1;
}
