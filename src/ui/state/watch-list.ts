// A collection as it is now and stays: list in pages, then watch from there, list anew when the
// watch ends. Changes are handed on a few times a second at most, however many there are.
import type { KubeObject } from '../../api/object';
import { readAnswer } from '../../kubectl/apply/exchange';
import type { Transport, WatchEvent } from './transport';

const PAGE_SIZE = 200;
const RETRY_MS = 1_000;
const FLUSH_MS = 200;

interface ListPage<T> {
  /** 'PodList'; its items do not say what they are. */
  kind: string;
  apiVersion: string;
  metadata: { resourceVersion: string; continue?: string };
  items: T[];
}

export interface WatchListOptions {
  /** 'involvedObject.name=web' */
  fieldSelector?: string;
  labelSelector?: string;
}

/** Calls `onItems` with the collection by uid, a new map each time. Returns what stops it. */
export function watchList<T extends KubeObject>(
  transport: Transport,
  path: string,
  options: WatchListOptions,
  onItems: (items: ReadonlyMap<string, T>) => void,
): () => void {
  const list = new WatchedList<T>(transport, path, options, onItems);
  void list.run();
  return () => list.stop();
}

class WatchedList<T extends KubeObject> {
  private items = new Map<string, T>();
  private stopped = false;
  /** How often it had to be read anew: what is read of a moment before is not wanted any more. */
  private turns = 0;
  private stopTurns: (() => void) | undefined;
  private stopWatch: (() => void) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flushing = false;

  constructor(
    private readonly transport: Transport,
    private readonly path: string,
    private readonly options: WatchListOptions,
    private readonly onItems: (items: ReadonlyMap<string, T>) => void,
  ) {}

  async run(): Promise<void> {
    this.stopTurns ??= this.transport.onTurn?.(() => this.readAnew());
    const turn = this.turns;
    try {
      const revision = await this.list();
      if (this.stopped || turn !== this.turns) return;
      if (revision === undefined) return this.retry();
      this.flushSoon();
      this.watch(revision);
    } catch {
      // The engine is gone; whoever starts another asks for another list.
    }
  }

  stop(): void {
    this.stopped = true;
    this.stopTurns?.();
    this.stopWatch?.();
    clearTimeout(this.timer);
  }

  /** Reads all pages; the revision to watch from, or undefined when the server would not answer. */
  private async list(): Promise<string | undefined> {
    const items = new Map<string, T>();
    let from: string | undefined;
    for (;;) {
      const query = this.query({ limit: String(PAGE_SIZE), ...(from ? { continue: from } : {}) });
      const response = await this.transport.request({ method: 'GET', path: query });
      const answer = readAnswer<ListPage<T>>(response);
      if (!answer.ok) return undefined;
      const { kind: listKind, apiVersion } = answer.object;
      const kind = listKind.replace(/List$/, '');
      for (const item of answer.object.items) {
        items.set(item.metadata.uid, { ...item, apiVersion, kind });
      }
      from = answer.object.metadata.continue;
      if (from) continue;
      this.items = items;
      return answer.object.metadata.resourceVersion;
    }
  }

  private watch(resourceVersion: string): void {
    const query = { watch: 'true', allowWatchBookmarks: 'true', resourceVersion };
    this.stopWatch = this.transport.watch<T>(this.query(query), {
      event: (event) => this.apply(event),
      closed: () => this.retry(),
    });
  }

  private apply({ type, object }: WatchEvent<T>): void {
    if (type === 'BOOKMARK' || type === 'ERROR') return;
    if (type === 'DELETED') this.items.delete(object.metadata.uid);
    else this.items.set(object.metadata.uid, object);
    this.flushSoon();
  }

  private readAnew(): void {
    this.turns++;
    this.stopWatch?.();
    clearTimeout(this.timer);
    void this.run();
  }

  private retry(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.run(), RETRY_MS);
  }

  private flushSoon(): void {
    if (this.flushing) return;
    this.flushing = true;
    setTimeout(() => {
      this.flushing = false;
      if (!this.stopped) this.onItems(new Map(this.items));
    }, FLUSH_MS);
  }

  private query(parameters: Record<string, string>): string {
    const query = new URLSearchParams(parameters);
    const { fieldSelector, labelSelector } = this.options;
    if (fieldSelector) query.set('fieldSelector', fieldSelector);
    if (labelSelector) query.set('labelSelector', labelSelector);
    return `${this.path}?${query}`;
  }
}
