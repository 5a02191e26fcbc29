// HTTP as the API server sees it: whole bodies as text, and watches as streams that the host pumps.
import type { ResourceRef } from '../../api/resource-ref';
import type { ApiRequest, UserInfo, WatchRequest, WatchSink } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import type { VirtualClock } from '../../sim/clock';
import type { Services } from '../context';

export interface HttpRequest {
  /** 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', or another that will be refused. */
  method: string;
  /** Path with query, percent-encoded. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /**
   * Through a door that asks who comes: with the user, if the connection itself says so (a client
   * certificate). Absent for callers who may do everything.
   */
  caller?: { readonly user?: UserInfo };
}

/** A refusal that the real server answers in plain text, without a Status. */
export class PlainRefusal extends Error {
  override readonly name = 'PlainRefusal';
  constructor(
    readonly status: number,
    text: string,
  ) {
    super(text);
  }
}

/**
 * Finds the user of a request. Throws StatusError when it may not go on, 401 and 403, or
 * PlainRefusal.
 */
export interface RequestAccess {
  /** `headers`: names in lower case. */
  admit(request: HttpRequest, headers: Readonly<Record<string, string>>): UserInfo;
}

export interface HttpResponse {
  status: number;
  /** Several values of one header ('Warning') are joined by ', '. */
  headers: Record<string, string>;
  body: string;
  /** Set for a watch: the body comes as chunks once the host starts it. */
  stream?: HttpStream;
}

/** A watch that is running. Chunks that come before `start` are kept for it. */
export interface HttpStream {
  start(sink: StreamSink): void;
  /** The client has gone: no more chunks. */
  stop(): void;
}

export interface StreamSink {
  /** One or more whole lines, each a watch event. */
  chunk(text: string): void;
  end(): void;
}

/** What stands behind the HTTP front: the API server of the cluster, or that of the world. */
export interface HttpBackend {
  readonly sim: { readonly clock: VirtualClock };
  readonly store: { readonly revision: number };
  execute(request: ApiRequest): { code: number; object: unknown };
  watch(request: WatchRequest, sink: WatchSink): () => void;
  allDefinitions(): readonly ResourceDefinition[];
  /** Names of health checks that do not pass now. */
  failingChecks?(): readonly string[];
  /** What the extension has added to the server. */
  readonly services: Services;
  /** The same array until what is served changes. */
  resources(): readonly ResourceRef[];
}
