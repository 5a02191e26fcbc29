// What was worked out for objects a moment ago. Several watches tell of one write, and lists are
// read again, but a cluster has far more objects than anybody looks at: only the newest are kept.

const GENERATION_MAX = 512;

/** Remembers by identity, the last 512 to 1,024 keys. */
export class RecentCache<K extends object, V> {
  private young = new Map<K, V>();
  private old = new Map<K, V>();

  /** The value of a key, worked out when it is not remembered. */
  get(key: K, workOut: (key: K) => V): V {
    const young = this.young.get(key);
    if (young !== undefined) return young;
    const value = this.old.get(key) ?? workOut(key);
    if (this.young.size >= GENERATION_MAX) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
    return value;
  }
}
