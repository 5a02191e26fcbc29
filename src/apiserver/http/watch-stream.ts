// A watch over HTTP: one JSON event a line, from the API server's watch to the host's stream.
// Invariants: nothing is sent after the end; what comes before the host has started is kept for it.
// Where the real one differs: without timeoutSeconds it ends a watch after half an hour to an hour.
// Upstream: apiserver/pkg/endpoints/handlers/watch.go.
import type { KubeObject } from '../../api/object';
import { isExpired } from '../../api/status-error';
import type { WatchEvent, WatchEventType, WatchRequest } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import type { Timer } from '../../sim/clock';
import { typeNameOf, typeSchema } from '../decode/known-types';
import { columnDefinitions, makeTable, partialMetadata } from '../table/table';
import type { Encoding } from './encode';
import type { HttpBackend, HttpStream, StreamSink } from './http';
import { errorStatus } from './respond';

export interface WatchOptions {
  timeoutSeconds?: number;
  bookmarks: boolean;
  /**
   * True: the state first, then a bookmark that says so; false: no state; undefined: by revision.
   */
  sendInitialEvents?: boolean;
}

const BOOKMARK_PERIOD_MS = 60_000;
/** A last bookmark comes so long before the end. */
const BOOKMARK_BEFORE_END_MS = 2000;

export class WatchStream implements HttpStream {
  private sink: StreamSink | undefined;
  private kept: string[] = [];
  private ended = false;
  private tableHeadSent = false;
  private readonly timers: Timer[] = [];
  private stopWatch: (() => void) | undefined;

  /**
   * Throws what makes the watch impossible, but not that it starts too far back: that is an event.
   */
  constructor(
    private readonly backend: HttpBackend,
    private readonly definition: ResourceDefinition,
    request: WatchRequest,
    private readonly encoding: Encoding,
    private readonly options: WatchOptions,
  ) {
    try {
      this.stopWatch = this.backend.watch(this.withInitialState(request), {
        event: (event) => this.event(event),
        closed: () => this.end(),
      });
    } catch (error) {
      if (!isExpired(error)) throw error;
      this.line('ERROR', errorStatus(error));
      this.end();
      return;
    }
    if (options.sendInitialEvents && options.bookmarks)
      this.bookmark({ 'k8s.io/initial-events-end': 'true' });
    this.setTimers();
  }

  start(sink: StreamSink): void {
    this.sink = sink;
    if (this.kept.length > 0) sink.chunk(this.kept.join(''));
    this.kept = [];
    if (this.ended) sink.end();
  }

  stop(): void {
    this.ended = true;
    this.stopWatch?.();
    this.stopWatch = undefined;
    for (const timer of this.timers) this.backend.sim.clock.cancel(timer);
    this.timers.length = 0;
  }

  private withInitialState(request: WatchRequest): WatchRequest {
    const { sendInitialEvents } = this.options;
    if (sendInitialEvents === undefined) return request;
    const { resourceVersion } = request;
    if (sendInitialEvents) return { ...request, resourceVersion: '' };
    const fromNow = resourceVersion === '' || resourceVersion === '0';
    return fromNow ? { ...request, resourceVersion: String(this.backend.store.revision) } : request;
  }

  private setTimers(): void {
    const { clock } = this.backend.sim;
    const { timeoutSeconds, bookmarks } = this.options;
    const endMs = timeoutSeconds === undefined ? undefined : timeoutSeconds * 1000;
    if (bookmarks) {
      this.timers.push(clock.after(BOOKMARK_PERIOD_MS, () => this.periodicBookmark()));
      if (endMs !== undefined) {
        const beforeMs = Math.max(endMs - BOOKMARK_BEFORE_END_MS, 0);
        this.timers.push(clock.after(beforeMs, () => this.bookmark()));
      }
    }
    if (endMs !== undefined) this.timers.push(clock.after(endMs, () => this.end()));
  }

  private periodicBookmark(): void {
    if (this.ended) return;
    this.bookmark();
    const { clock } = this.backend.sim;
    this.timers[0] = clock.after(BOOKMARK_PERIOD_MS, () => this.periodicBookmark());
  }

  private event({ type, object }: WatchEvent): void {
    if (type !== 'BOOKMARK') this.line(type, this.shown(object));
    else if (this.options.bookmarks) this.bookmark();
  }

  private shown(stored: KubeObject): unknown {
    const whole = this.backend.services.fieldManager?.shown(stored) ?? stored;
    const object = this.definition.view?.convertTo(whole) ?? whole;
    const { wanted, includeObject } = this.encoding;
    const { transform, metaVersion } = wanted;
    if (transform === undefined) return object;
    if (transform !== 'Table') return partialMetadata(object, metaVersion);
    const columns = this.tableHeadSent ? null : columnDefinitions(this.definition);
    this.tableHeadSent = true;
    const { resourceVersion } = object.metadata;
    const nowMs = this.backend.sim.clock.activityMs;
    return makeTable(
      this.definition,
      [object],
      { resourceVersion },
      includeObject,
      metaVersion,
      columns,
      nowMs,
    );
  }

  private bookmark(annotations?: Record<string, string>): void {
    if (this.ended) return;
    const { apiVersion, kind } = this.definition.ref;
    const metadata = {
      resourceVersion: String(this.backend.store.revision),
      ...(annotations && { annotations }),
    };
    const object = { apiVersion, kind, metadata, ...emptyParts(apiVersion, kind) };
    const { transform, metaVersion } = this.encoding.wanted;
    if (transform === undefined) this.line('BOOKMARK', object);
    else if (transform === 'Table') {
      const [rows, columns] = [[{ cells: [], object }], null];
      const table = { kind: 'Table', apiVersion: `meta.k8s.io/${metaVersion}`, metadata };
      this.line('BOOKMARK', { ...table, columnDefinitions: columns, rows });
    } else this.line('BOOKMARK', partialMetadata(object as unknown as KubeObject, metaVersion));
  }

  private line(type: WatchEventType | 'ERROR', object: unknown): void {
    if (this.ended) return;
    const text = `{"type":"${type}","object":${JSON.stringify(object)}}\n`;
    if (this.sink) this.sink.chunk(text);
    else this.kept.push(text);
  }

  private end(): void {
    if (this.ended) return;
    this.stop();
    this.sink?.end();
  }
}

/** A bookmark is an empty object of the kind, with the parts that are never left out. */
function emptyParts(apiVersion: string, kind: string): Record<string, object> {
  const fields = typeSchema(typeNameOf(apiVersion, kind) ?? '')?.fields ?? {};
  const parts = ['spec', 'status'].filter((part) => part in fields);
  return Object.fromEntries(parts.map((part) => [part, {}]));
}
