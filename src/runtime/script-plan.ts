// Foresees what a command line or shell script does, in virtual time and from outside: how long it
// runs, with which code it exits, which files it leaves, whether it listens. It knows the few
// commands that manifests are full of; any other command is taken to succeed at once in a script,
// and to be a server when it is the container's own command. What a script asks of the network is
// answered when it comes to it. Running commands truly is a later matter.
import type { FileSpan } from './container-process';
import { NO_ENVIRONMENT, type Environment } from './environment';
import { Progress, type ScriptPlan } from './shell/progress';
import { isCommonExecutable } from './shell/effects';
import { ScriptRun } from './shell/script-run';
import type { ScriptForesight, ScriptProgress } from './scripts';

/** What asking the network takes. */
const QUESTION_MS = 10;
const STEP_MS = 5;

/** What `words` do as a container's first process. */
export function beginCommand(
  words: readonly string[],
  files: readonly FileSpan[] = [],
  environment: Environment = NO_ENVIRONMENT,
): ScriptProgress {
  const plan: ScriptPlan = {
    runsMs: 0,
    exitCode: 0,
    files: [...files],
    port: -1,
    isUnknown: false,
  };
  const text = words
    .join('\n')
    .replace(/\$\{?(\w+)\}?/g, (all, name: string) => environment[name] ?? all);
  const made = [...text.matchAll(/(?:\btouch\s+|>\s*)([\w./-]+)/g)].map(([, path]) => path);
  const progress = new Progress(plan, new Map(Object.entries(environment)), new Set(made));
  const steps = new ScriptRun(progress).words(words);
  const go = (isThere: boolean): ScriptProgress => {
    const { done, value } = steps.next(isThere);
    plan.runsMs = progress.atMs + STEP_MS;
    plan.exitCode = progress.code;
    return {
      plan,
      asked: done ? undefined : { atMs: progress.atMs, question: value },
      answer(isAnswered, atMs) {
        progress.atMs = Math.max(progress.atMs, atMs) + QUESTION_MS;
        return go(isAnswered);
      },
    };
  };
  return go(true);
}

/** As `beginCommand`, where everything that is asked is there. */
export function planCommand(
  words: readonly string[],
  files: readonly FileSpan[] = [],
  environment: Environment = NO_ENVIRONMENT,
): ScriptPlan {
  let progress = beginCommand(words, files, environment);
  while (progress.asked) progress = progress.answer(true, progress.asked.atMs);
  return progress.plan;
}

export const shellForesight: ScriptForesight = { beginCommand, planCommand, isCommonExecutable };
