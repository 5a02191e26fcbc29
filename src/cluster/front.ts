// The one address of all API servers, as a load balancer before them: each request and each watch
// goes to the first whose door is open, one that can write before one that cannot.
import type { ResourceRef } from '../api/resource-ref';
import type { ApiServer } from '../apiserver/server';
import type { ApiRequest, Transport, WatchRequest, WatchSink } from '../client/transport';
import type { Gate } from './gate';

export class Front implements Transport {
  /** `gates`: those that can be reached, in order; never empty. */
  constructor(private readonly gates: () => readonly Gate[]) {}

  /** The door that the next request goes to; when all are closed, the first, which will refuse. */
  get gate(): Gate {
    const gates = this.gates();
    if (gates.length === 1) return gates[0];
    return (
      gates.find(({ state }) => state === 'open') ?? gates.find(({ isOpen }) => isOpen) ?? gates[0]
    );
  }

  get server(): ApiServer {
    return this.gate.server;
  }

  get isOpen(): boolean {
    return this.gate.isOpen;
  }

  request(request: ApiRequest): unknown {
    return this.gate.request(request);
  }

  watch(request: WatchRequest, sink: WatchSink): () => void {
    return this.gate.watch(request, sink);
  }

  resources(): readonly ResourceRef[] {
    return this.gate.resources();
  }
}
