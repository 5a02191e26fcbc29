// The API server behind HTTP: as the gate lets it, so that a page sees a dead server refuse.
import type { HttpBackend } from '../apiserver/http/http';
import type { ApiRequest, WatchRequest, WatchSink } from '../client/transport';
import type { ResourceRef } from '../api/resource-ref';
import type { ResourceDefinition } from '../resources/definition';
import type { Gate } from './gate';

export class GatedBackend implements HttpBackend {
  readonly sim;
  readonly store;
  readonly services;

  constructor(private readonly gate: Gate) {
    this.sim = gate.server.sim;
    this.store = gate.server.store;
    this.services = gate.server.services;
  }

  execute(request: ApiRequest): { code: number; object: unknown } {
    this.gate.assertOpen();
    return this.gate.server.execute(request);
  }

  watch(request: WatchRequest, sink: WatchSink): () => void {
    return this.gate.watch(request, sink);
  }

  resources(): readonly ResourceRef[] {
    return this.gate.server.resources();
  }

  allDefinitions(): readonly ResourceDefinition[] {
    return this.gate.server.allDefinitions();
  }
}
