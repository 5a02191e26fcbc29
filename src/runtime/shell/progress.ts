// How far a script has come.
import type { FileSpan } from '../container-process';

export interface ScriptPlan {
  /** Infinity when it never ends. */
  runsMs: number;
  exitCode: number;
  files: FileSpan[];
  /** Port it listens on at its end, or -1. */
  port: number;
  /** True when the last word is a program that nothing is known of. */
  isUnknown: boolean;
  /** Exit code after SIGTERM, where the script handles it. */
  stopsWith?: number;
}

export class Progress {
  atMs = 0;
  code = 0;
  ended = false;
  /** After `set -e`: the first failure ends the script. */
  isStrict = false;

  constructor(
    readonly plan: ScriptPlan,
    readonly variables: Map<string, string>,
    /** Paths that the script itself makes somewhere. */
    private readonly made: ReadonlySet<string>,
  ) {}

  /**
   * Files under /tmp, those without a whole path, and those that the script makes somewhere, are
   * there when it has made them; all others are taken to be there.
   */
  isThere(path: string): boolean {
    const isOwn = !path.startsWith('/') || path.startsWith('/tmp/') || this.made.has(path);
    if (!isOwn) return true;
    return this.plan.files.some((file) => file.path === path && file.toMs === Infinity);
  }
}

/** '90', '1.5m'; Infinity for 'infinity'. */
export function durationMs(text: string): number {
  const match = /^([\d.]+)([smhd]?)$/.exec(text);
  if (!match) return text.startsWith('inf') ? Infinity : 0;
  return Number(match[1]) * UNIT_MS[match[2] || 's'];
}

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
