// The door of an API server: open while its program runs. What knocks on a closed one is refused,
// and when it closes every watch that came through it breaks, as with a process that has died.
// Without a quorum of etcd it still answers what it has in its cache, but nothing can be written.
import type { ResourceRef } from '../api/resource-ref';
import { ConnectionError } from '../api/status-error';
import type { ApiServer } from '../apiserver/server';
import type { ApiRequest, Transport, WatchRequest, WatchSink } from '../client/transport';

export type GateState = 'closed' | 'read-only' | 'open';

interface OpenWatch {
  readonly stop: () => void;
  readonly sink: WatchSink;
}

export class Gate implements Transport {
  private current: GateState = 'closed';
  private readonly watches = new Set<OpenWatch>();

  constructor(
    readonly server: ApiServer,
    /** 'host:port', for the words of a refusal. */
    private readonly address: string,
    /** What etcd says to who would write while the door is read-only. */
    private readonly writeError: () => string = () => 'etcdserver: request timed out',
  ) {}

  get state(): GateState {
    return this.current;
  }

  get isOpen(): boolean {
    return this.current !== 'closed';
  }

  setState(state: GateState): void {
    if (this.current === state) return;
    this.current = state;
    if (state !== 'closed') return;
    const broken = [...this.watches];
    this.watches.clear();
    for (const { stop } of broken) stop();
    for (const { sink } of broken) sink.closed();
  }

  request(request: ApiRequest): unknown {
    this.assertTakes(request);
    return this.server.request(request);
  }

  watch(request: WatchRequest, sink: WatchSink): () => void {
    this.assertOpen();
    const watch: OpenWatch = { stop: this.server.watch(request, sink), sink };
    this.watches.add(watch);
    return () => {
      this.watches.delete(watch);
      watch.stop();
    };
  }

  resources(): readonly ResourceRef[] {
    this.assertOpen();
    return this.server.resources();
  }

  /** Throws ConnectionError while it is closed, or cannot take what is asked. */
  assertTakes({ verb }: ApiRequest): void {
    this.assertOpen();
    if (this.current === 'open' || verb === 'get' || verb === 'list') return;
    throw new ConnectionError(this.writeError());
  }

  /** Throws ConnectionError while it is closed. */
  assertOpen(): void {
    if (this.current !== 'closed') return;
    throw new ConnectionError(`dial tcp ${this.address}: connect: connection refused`);
  }
}
