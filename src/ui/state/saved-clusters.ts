// Clusters kept in the browser's own database, one a slot: the visitor's own, and one for each
// share link opened lately. A browser without a database (private windows) just keeps nothing.
import { KEPT_KEY } from './first-cluster';

export interface ClusterRecord {
  slot: string;
  /** Shape of this record; others are not read. */
  format: 1;
  savedAtMs: number;
  preset: string;
  /** Of workloads that it was filled with; absent in records of before. */
  pods?: number;
  seed: number;
  speed: number;
  paused: boolean;
  /** The engine's own form, which says of which version it is; undefined for one too large. */
  saved: unknown;
}

export interface ClusterStorage {
  load(slot: string): Promise<ClusterRecord | undefined>;
  save(record: ClusterRecord): Promise<void>;
  remove(slot: string): Promise<void>;
}

/** Slots of share links that are kept, the newest. */
const SHARED_SLOTS_MAX = 5;
const STORE = 'clusters';
export const OWN_SLOT = 'own';

/** Clusters in IndexedDB. */
export class SavedClusters implements ClusterStorage {
  private database: Promise<IDBDatabase | undefined> | undefined;

  async load(slot: string): Promise<ClusterRecord | undefined> {
    const store = await this.store('readonly');
    const record = store && (await result<ClusterRecord | undefined>(store.get(slot)));
    return record?.format === 1 ? record : undefined;
  }

  async save(record: ClusterRecord): Promise<void> {
    const store = await this.store('readwrite');
    if (!store) return;
    await result(store.put(record));
    if (record.slot === OWN_SLOT) noteKept(true);
    else await this.prune();
  }

  async remove(slot: string): Promise<void> {
    const store = await this.store('readwrite');
    if (slot === OWN_SLOT) noteKept(false);
    if (store) await result(store.delete(slot));
  }

  private async prune(): Promise<void> {
    const store = await this.store('readwrite');
    const index = store?.index('bySavedAt');
    if (!index) return;
    const slots = (await result(index.getAllKeys())) as string[];
    const shared = slots.filter((slot) => slot !== OWN_SLOT);
    for (const slot of shared.slice(0, -SHARED_SLOTS_MAX)) store!.delete(slot);
  }

  private async store(mode: IDBTransactionMode): Promise<IDBObjectStore | undefined> {
    this.database ??= openDatabase();
    const database = await this.database;
    return database?.transaction(STORE, mode).objectStore(STORE);
  }
}

/** Told where it can be read at once, so that no new cluster is made ahead of the kept one. */
function noteKept(isKept: boolean): void {
  try {
    if (isKept) localStorage.setItem(KEPT_KEY, '1');
    else localStorage.removeItem(KEPT_KEY);
  } catch {
    // Forbidden here: a cluster made ahead in vain costs a moment.
  }
}

function openDatabase(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('kubarium', 1);
      request.onupgradeneeded = () => {
        const store = request.result.createObjectStore(STORE, { keyPath: 'slot' });
        store.createIndex('bySavedAt', 'savedAtMs');
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
      request.onblocked = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

function result<T>(request: IDBRequest<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
}
