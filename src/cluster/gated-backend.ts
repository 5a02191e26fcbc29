// The API server behind HTTP: as its door lets it, so that a page sees a dead server refuse.
import type { HttpBackend } from '../apiserver/http/http';
import type { ApiRequest, WatchRequest, WatchSink } from '../client/transport';
import type { ResourceRef } from '../api/resource-ref';
import { ConnectionError, StatusError } from '../api/status-error';
import type { ResourceDefinition } from '../resources/definition';
import type { Front } from './front';

export class GatedBackend implements HttpBackend {
  readonly sim;
  readonly store;
  readonly services;

  constructor(private readonly front: Front) {
    const { server } = front;
    this.sim = server.sim;
    this.store = server.store;
    this.services = server.services;
  }

  execute(request: ApiRequest): { code: number; object: unknown } {
    const { gate } = this.front;
    try {
      gate.assertTakes(request);
    } catch (error) {
      // A server that cannot write is there, and says so.
      if (!gate.isOpen || !(error instanceof ConnectionError)) throw error;
      throw new StatusError(500, '', error.message);
    }
    return gate.server.execute(request);
  }

  watch(request: WatchRequest, sink: WatchSink): () => void {
    return this.front.watch(request, sink);
  }

  failingChecks(): readonly string[] {
    return this.front.gate.state === 'read-only' ? ['etcd', 'etcd-readiness'] : [];
  }

  resources(): readonly ResourceRef[] {
    return this.front.server.resources();
  }

  allDefinitions(): readonly ResourceDefinition[] {
    return this.front.server.allDefinitions();
  }
}
