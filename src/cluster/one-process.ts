// The control plane of a machine on which it is one process, as k3s is: its programs start and end
// with that process, and no pod stands for any of them. A crash of one takes all down.
import type { Program } from '../runtime/container-runtime';
import type { Scope } from '../sim/scope';

const RESTART_MS = 5000;

export class OneProcess {
  private readonly running = new Set<string>();

  /** `scope`: the machine's power. */
  constructor(
    private readonly programs: readonly (readonly [name: string, Program])[],
    private readonly scope: Scope,
  ) {
    scope.onStop(() => this.keep(() => false));
  }

  /** Runs exactly those programs that are to run. */
  keep(isWanted: (name: string) => boolean): void {
    for (const [name, program] of this.programs) {
      if (isWanted(name) === this.running.has(name)) continue;
      if (this.running.delete(name)) program.stop();
      else {
        this.running.add(name);
        program.start();
      }
    }
  }

  /** Dies whole; the service manager starts it again a moment later. */
  crash(isWanted: (name: string) => boolean): void {
    this.keep(() => false);
    this.scope.after(RESTART_MS, () => this.keep(isWanted));
  }
}
