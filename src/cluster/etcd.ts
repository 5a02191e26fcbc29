// The members of etcd, one on each control-plane machine: who of them runs, who leads, and whether
// a side of a broken network has enough of them to write. Invariants: a member that stopped still
// counts; only a majority of all members has a leader; with one member there is nothing to elect.
// Where the real one differs: the members share one store, so that a minority's reads are never
// stale.
// Upstream: etcd/raft (election timeout of 1000 to 2000 ms).
import type { Timer } from '../sim/clock';
import type { RandomStream } from '../sim/rng';
import type { Simulation } from '../sim/simulation';

const ELECTION_MS = 1000;

interface Member {
  isRunning: boolean;
  isCut: boolean;
}

export interface EtcdMember {
  readonly name: string;
  readonly isRunning: boolean;
  readonly isLeader: boolean;
}

export class Etcd {
  private readonly all = new Map<string, Member>();
  private readonly random: RandomStream;
  private leaderName: string | undefined;
  private election: Timer | undefined;

  constructor(
    private readonly sim: Simulation,
    /** Called when who may write has changed. */
    private readonly changed: () => void,
  ) {
    this.random = sim.random('etcd');
  }

  get leader(): string | undefined {
    return this.leaderName;
  }

  /** Every member, in the order in which they joined. */
  members(): EtcdMember[] {
    return [...this.all].map(([name, { isRunning }]) => ({
      name,
      isRunning,
      isLeader: name === this.leaderName,
    }));
  }

  join(name: string): void {
    if (!this.all.has(name)) this.all.set(name, { isRunning: false, isCut: false });
    this.settle();
  }

  /** Its machine was taken away for good: it counts no longer. */
  remove(name: string): void {
    if (this.all.delete(name)) this.settle();
  }

  setRunning(name: string, isRunning: boolean): void {
    const member = this.all.get(name);
    if (!member || member.isRunning === isRunning) return;
    member.isRunning = isRunning;
    this.settle();
  }

  setCut(name: string, isCut: boolean): void {
    const member = this.all.get(name);
    if (!member || member.isCut === isCut) return;
    member.isCut = isCut;
    this.settle();
  }

  isRunning(name: string): boolean {
    return this.all.get(name)?.isRunning === true;
  }

  /** True when the member can write: it sees a majority, which has a leader. */
  canWrite(name: string): boolean {
    return this.leaderName !== undefined && this.majority().includes(name);
  }

  /** True while there are enough members and they have yet to choose. */
  get isElecting(): boolean {
    return this.election !== undefined;
  }

  /**
   * The running members that see each other and are more than half of all; none if there is none.
   */
  private majority(): string[] {
    const running = [...this.all].filter(([, { isRunning }]) => isRunning);
    // Who is cut off sees only itself.
    const sides = [
      running.filter(([, { isCut }]) => !isCut),
      ...running.filter(([, { isCut }]) => isCut).map((alone) => [alone]),
    ];
    const side = sides.find(({ length }) => length * 2 > this.all.size) ?? [];
    return side.map(([name]) => name);
  }

  private settle(): void {
    const majority = this.majority();
    if (this.leaderName !== undefined && !majority.includes(this.leaderName)) {
      this.leaderName = undefined;
    }
    if (this.leaderName === undefined && majority.length > 0) this.elect(majority);
    else if (this.election && majority.length === 0) this.stopElection();
    this.changed();
  }

  private elect([first]: readonly string[]): void {
    if (this.all.size === 1) {
      this.leaderName = first;
      return;
    }
    this.election ??= this.sim.clock.after(ELECTION_MS + this.random.below(ELECTION_MS), () => {
      this.election = undefined;
      const majority = this.majority();
      this.leaderName = majority[this.random.below(majority.length)];
      this.changed();
    });
  }

  private stopElection(): void {
    this.sim.clock.cancel(this.election!);
    this.election = undefined;
  }
}
