// The seam to what foresees scripts (shell/), which is of another chunk: a first picture runs none.
// Until it is there, commands are programs that nothing is known of, and containers that a shell
// runs wait for it.
import type { FileSpan } from './container-process';
import { NO_ENVIRONMENT, type Environment } from './environment';
import type { ScriptPlan } from './shell/progress';
import type { NetworkQuestion } from './shell/questions';

/** A run that waits for an answer, or has ended. */
export interface ScriptProgress {
  readonly plan: ScriptPlan;
  /** What is asked, `atMs` after the start; undefined when the plan is whole. */
  readonly asked: { readonly atMs: number; readonly question: NetworkQuestion } | undefined;
  /** Goes on with an answer. It may come later than it was asked: what follows does too. */
  answer(isThere: boolean, atMs: number): ScriptProgress;
}

export interface ScriptForesight {
  /** What `words` do as a container's first process. */
  beginCommand(
    words: readonly string[],
    files: readonly FileSpan[],
    environment: Environment,
  ): ScriptProgress;
  /** As `beginCommand`, where everything that is asked is there. */
  planCommand(
    words: readonly string[],
    files: readonly FileSpan[],
    environment: Environment,
  ): ScriptPlan;
  /** True for executables that every base image brings. */
  isCommonExecutable(path: string): boolean;
}

let foresight: ScriptForesight | undefined;

/** Of another chunk: from now on scripts are foreseen, or no longer. */
export function learnScripts(learned: ScriptForesight | undefined): void {
  foresight = learned;
}

export function scriptForesight(): ScriptForesight | undefined {
  return foresight;
}

/** What a program does that nothing is known of. */
export const UNKNOWN_PLAN: ScriptPlan = {
  runsMs: 5,
  exitCode: 0,
  files: [],
  port: -1,
  isUnknown: true,
};

/** What a command does beside a container's first process: a probe, a hook. */
export function planCommand(
  words: readonly string[],
  files: readonly FileSpan[] = [],
  environment: Environment = NO_ENVIRONMENT,
): ScriptPlan {
  return foresight?.planCommand(words, files, environment) ?? UNKNOWN_PLAN;
}

/** A shell that is given no script and so reads its input. */
export function isBareShell([name, ...rest]: readonly string[]): boolean {
  return /^(?:\/bin\/)?(?:ba|a|da)?sh$/.test(name) && rest.every((word) => /^-[il]+$/.test(word));
}
