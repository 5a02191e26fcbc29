// The files that containers leave in directories of the machine (hostPath volumes), where whoever
// comes later finds them: Jobs' examples tell their attempts apart by such a file.
import type { Container as ContainerSpec, Pod } from '../api/types';
import type { FileSpan } from './container-process';

const NONE: readonly FileSpan[] = Object.freeze([]);

export class HostFiles {
  /** When a file came, virtual ms, by its path on the machine. */
  private readonly since = new Map<string, number>();

  /** The files that this container finds on its mounts at that time. */
  seenBy(spec: ContainerSpec, pod: Pod | undefined, nowMs: number): readonly FileSpan[] {
    if (this.since.size === 0 || !pod) return NONE;
    const seen: FileSpan[] = [];
    for (const { inside, outside } of directoriesOf(spec, pod)) {
      for (const [path, sinceMs] of this.since) {
        if (sinceMs > nowMs || !path.startsWith(outside)) continue;
        seen.push({ path: inside + path.slice(outside.length), fromMs: 0, toMs: Infinity });
      }
    }
    return seen;
  }

  /** Keeps what a container that starts at that time will leave on its mounts. */
  keep(
    files: readonly FileSpan[],
    spec: ContainerSpec,
    pod: Pod | undefined,
    startMs: number,
  ): void {
    if (files.length === 0 || !pod) return;
    for (const { inside, outside } of directoriesOf(spec, pod)) {
      for (const { path, fromMs, toMs } of files) {
        if (toMs !== Infinity || !path.startsWith(inside)) continue;
        const hostPath = outside + path.slice(inside.length);
        if (!this.since.has(hostPath)) this.since.set(hostPath, startMs + fromMs);
      }
    }
  }
}

interface Directory {
  /** Both end in a slash. */
  readonly inside: string;
  readonly outside: string;
}

function directoriesOf({ volumeMounts }: ContainerSpec, { spec }: Pod): Directory[] {
  const directories: Directory[] = [];
  for (const { name, mountPath } of volumeMounts ?? []) {
    const path = spec.volumes?.find((volume) => volume.name === name)?.hostPath?.path;
    if (path === undefined) continue;
    directories.push({ inside: withSlash(mountPath), outside: withSlash(path) });
  }
  return directories;
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : path + '/';
}
