// A machine's cable to the API server. While it is cut, requests fail as they do when nobody
// answers or no route is left, and open watches break; what runs on the machine knows nothing else
// of it.
import type { ResourceRef } from '../api/resource-ref';
import { ConnectionError } from '../api/status-error';
import type { ApiRequest, Transport, WatchRequest, WatchSink } from '../client/transport';

export class MachineLink implements Transport {
  private isCut = false;
  private readonly watches = new Set<{ stop: () => void; sink: WatchSink }>();

  constructor(
    private readonly server: Transport,
    /** 'host:port' of the API server, for the words of an error. */
    private readonly address: string,
  ) {}

  setCut(isCut: boolean): void {
    this.isCut = isCut;
    if (!isCut) return;
    const broken = [...this.watches];
    this.watches.clear();
    for (const { stop, sink } of broken) {
      stop();
      sink.closed();
    }
  }

  request(request: ApiRequest): unknown {
    this.assertConnected();
    return this.server.request(request);
  }

  watch(request: WatchRequest, sink: WatchSink): () => void {
    this.assertConnected();
    const watch = { stop: (): void => {}, sink };
    const closed = (): void => {
      this.watches.delete(watch);
      sink.closed();
    };
    watch.stop = this.server.watch(request, { event: (event) => sink.event(event), closed });
    this.watches.add(watch);
    return () => {
      this.watches.delete(watch);
      watch.stop();
    };
  }

  resources(): readonly ResourceRef[] {
    this.assertConnected();
    return this.server.resources();
  }

  private assertConnected(): void {
    if (!this.isCut) return;
    throw new ConnectionError(`dial tcp ${this.address}: connect: no route to host`);
  }
}
