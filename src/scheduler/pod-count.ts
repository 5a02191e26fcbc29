// How many pods of some kind each node holds, kept up to date as pods come and go.

/** Which pods a count counts. */
export interface Selection {
  /** Tells counts apart. */
  readonly key: string;
  /** Terminating pods are left out, as topology spread does. */
  readonly skipsTerminating: boolean;
  /** Whether what it selects depends on labels of namespaces. */
  readonly readsNamespaces: boolean;
  matches(namespace: string, labels: Readonly<Record<string, string>> | undefined): boolean;
}

export class PodCount {
  /** By node slot. Replaced when slots run out: do not keep it. */
  byNode: Int32Array;
  /** False once the count was dropped to save memory: ask for a new one. */
  isLive = true;
  /** When it was last asked for, in requests of the registry. */
  usedAt = 0;

  constructor(
    capacity: number,
    readonly selection: Selection | undefined,
  ) {
    this.byNode = new Int32Array(capacity);
  }

  grow(capacity: number): void {
    const grown = new Int32Array(capacity);
    grown.set(this.byNode);
    this.byNode = grown;
  }
}
