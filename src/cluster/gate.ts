// The door of a server: open while its program runs. What knocks on a closed one is refused, and
// when it closes every watch breaks, as with a process that has died.
import type { ResourceRef } from '../api/resource-ref';
import { ConnectionError } from '../api/status-error';
import type { ApiServer } from '../apiserver/server';
import type { ApiRequest, Transport, WatchRequest, WatchSink } from '../client/transport';

export class Gate implements Transport {
  private open = false;

  constructor(
    readonly server: ApiServer,
    /** 'host:port', for the words of a refusal. */
    private readonly address: string,
  ) {}

  get isOpen(): boolean {
    return this.open;
  }

  setOpen(open: boolean): void {
    if (this.open === open) return;
    this.open = open;
    if (!open) this.server.store.closeWatches();
  }

  request(request: ApiRequest): unknown {
    this.assertOpen();
    return this.server.request(request);
  }

  watch(request: WatchRequest, sink: WatchSink): () => void {
    this.assertOpen();
    return this.server.watch(request, sink);
  }

  resources(): readonly ResourceRef[] {
    this.assertOpen();
    return this.server.resources();
  }

  /** Throws ConnectionError while it is closed. */
  assertOpen(): void {
    if (this.open) return;
    throw new ConnectionError(`dial tcp ${this.address}: connect: connection refused`);
  }
}
