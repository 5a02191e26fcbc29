// What a container does once it is started, as far as anybody outside can tell: where it listens
// and from when, when it exits and how, what a signal does to it. Plain shared data: a thousand
// nginx containers have one. Commands, logs and exec will hang here later: this is their seam.
import type { NetworkQuestion } from './shell/questions';

/** Answer to HTTP requests of a path ('' for every path), from a time after the start on. */
export interface HttpAnswer {
  readonly path: string;
  readonly fromMs: number;
  readonly status: number;
}

/** A file that is there for a while, in ms after the start. */
export interface FileSpan {
  readonly path: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ContainerProcess {
  /** TCP ports it listens on, `startMs` after the start. */
  readonly ports: readonly number[];
  readonly startMs: number;
  /** Infinity for what runs until it is stopped. */
  readonly exitAfterMs: number;
  readonly exitCode: number;
  /** Why it ends, where that is not told by the code. */
  readonly exitReason?: string;
  /** What SIGTERM does; undefined when nobody handles it, as for most programs that are PID 1. */
  readonly onTerminate: { readonly afterMs: number; readonly exitCode: number } | undefined;
  /** The last that fits a path and a time holds; 200 when none does. */
  readonly http: readonly HttpAnswer[];
  readonly files: readonly FileSpan[];
  /** Program of the simulation that this container stands for: 'kube-scheduler', ... */
  readonly program: string;
  /** Why it could not even start: the OCI runtime's words; '' when it could. */
  readonly startError: string;
  readonly user: ContainerUser;
  /** What it asks of the network before it goes on; such a process is one container's own. */
  readonly asks?: {
    /** After the start. */
    readonly atMs: number;
    readonly question: NetworkQuestion;
    /** The process from then on. Callable once. */
    answer(isThere: boolean, atMs: number): ContainerProcess;
  };
}

/** Identity of the first process, as containerd reports it to the kubelet. */
export interface ContainerUser {
  readonly linux: {
    readonly uid: number;
    readonly gid: number;
    readonly supplementalGroups: readonly number[];
  };
}

export const ROOT_USER: ContainerUser = Object.freeze({
  linux: Object.freeze({ gid: 0, supplementalGroups: Object.freeze([0]), uid: 0 }),
});

const DEFAULT: ContainerProcess = Object.freeze({
  ports: Object.freeze([]),
  startMs: 0,
  exitAfterMs: Infinity,
  exitCode: 0,
  onTerminate: undefined,
  http: Object.freeze([]),
  files: Object.freeze([]),
  program: '',
  startError: '',
  user: ROOT_USER,
});

/** A program that listens and shuts down cleanly when asked. */
export function server(
  ports: readonly number[],
  startMs: number,
  more: Partial<ContainerProcess> = {},
): ContainerProcess {
  const onTerminate = { afterMs: 150, exitCode: 0 };
  return Object.freeze({ ...DEFAULT, ports, startMs, onTerminate, ...more });
}

/** A program that ends by itself. */
export function job(
  exitAfterMs: number,
  exitCode = 0,
  more: Partial<ContainerProcess> = {},
): ContainerProcess {
  return Object.freeze({ ...DEFAULT, exitAfterMs, exitCode, ...more });
}

/** What a shell without a terminal does: it reads the end of its input and leaves. */
export const SHELL = job(20);

/** A start that the OCI runtime refuses. */
export function unstartable(startError: string): ContainerProcess {
  return Object.freeze({ ...DEFAULT, exitAfterMs: 0, exitCode: 128, startError });
}
