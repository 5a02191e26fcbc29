// The domains that a topology key divides the nodes into, as small numbers by node slot.

export const HOSTNAME = 'kubernetes.io/hostname';
/** The domain of nodes without the label. */
export const NO_DOMAIN = -1;

export class TopologyDomains {
  /** Domain by node slot, NO_DOMAIN without the label. Replaced when slots run out. */
  byNode: Int32Array;
  private readonly ids = new Map<string, number>();

  constructor(
    readonly key: string,
    capacity: number,
  ) {
    this.byNode = new Int32Array(capacity).fill(NO_DOMAIN);
  }

  /** Domains ever seen; their numbers are below this. */
  get size(): number {
    return this.ids.size;
  }

  set(slot: number, labels: Readonly<Record<string, string>> | undefined): void {
    const value = labels?.[this.key];
    this.byNode[slot] = value === undefined ? NO_DOMAIN : this.idOf(value);
  }

  grow(capacity: number): void {
    const grown = new Int32Array(capacity).fill(NO_DOMAIN);
    grown.set(this.byNode);
    this.byNode = grown;
  }

  private idOf(value: string): number {
    let id = this.ids.get(value);
    if (id === undefined) this.ids.set(value, (id = this.ids.size));
    return id;
  }
}

interface Place {
  readonly slot: number;
  readonly labels: Readonly<Record<string, string>> | undefined;
}

/** The domains of every key that some plugin asked for. */
export class Topologies {
  private readonly byKey = new Map<string, TopologyDomains>();

  constructor(
    private capacity: number,
    private readonly places: () => Iterable<Place>,
  ) {}

  domains(key: string): TopologyDomains {
    let domains = this.byKey.get(key);
    if (domains === undefined) {
      domains = new TopologyDomains(key, this.capacity);
      for (const { slot, labels } of this.places()) domains.set(slot, labels);
      this.byKey.set(key, domains);
    }
    return domains;
  }

  set({ slot, labels }: Place): void {
    for (const domains of this.byKey.values()) domains.set(slot, labels);
  }

  grow(capacity: number): void {
    this.capacity = capacity;
    for (const domains of this.byKey.values()) domains.grow(capacity);
  }
}
