// How the page reaches an API server: requests answered by promise, and watches. The engine's
// worker is one such server; a server behind HTTP is another. Nothing else of the page knows which
// it is.
import type { HttpRequest, HttpResponse } from '../../host/protocol';
import type { Exchange } from '../../kubectl/apply/exchange';

export interface WatchEvent<T = unknown> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: T;
}

export interface WatchSink<T = unknown> {
  event(event: WatchEvent<T>): void;
  /** The stream ended; start anew from a list. Not called after a stop of one's own. */
  closed(): void;
}

export interface Transport {
  /** Rejects only when no answer came (the engine is gone); a failure is an answer. */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Streams a collection; `path` carries `watch=true`. Returns what stops it. */
  watch<T>(path: string, sink: WatchSink<T>): () => void;
  /**
   * Calls back whenever what is read is of another moment, or of another course of the cluster: all
   * that was read is to be read anew. Returns what stops it.
   */
  onTurn?(turned: () => void): () => void;
}

/** Runs an exchange of requests and answers to its end. */
export async function converse<T>(exchange: Exchange<T>, transport: Transport): Promise<T> {
  let step = exchange.next();
  while (!step.done) step = exchange.next(await transport.request(step.value));
  return step.value;
}
