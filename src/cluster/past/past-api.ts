// What the API answered at a moment that has been: the same server over a store of that moment.
// Only reading is answered; a cluster that has been cannot be changed any more.
import { ApiServer } from '../../apiserver/server';
import { HttpHandler } from '../../apiserver/http/handler';
import type { HttpRequest, HttpResponse } from '../../apiserver/http/http';
import type { Cluster } from '../cluster';
import { Simulation } from '../../sim/simulation';
import { Store } from '../../store/store';
import type { Cursor } from './cursor';

export class PastApi {
  private readonly store = new Store();
  private readonly worldStore = new Store();
  private readonly http: HttpHandler;
  private readonly sim: Simulation;
  private readAt = -1;

  constructor(
    cluster: Cluster,
    private readonly cursor: Cursor,
  ) {
    const sim = new Simulation({ seed: 0, startMs: cluster.clock.startMs });
    this.sim = sim;
    const own = cluster.controlPlanes.front.server.allDefinitions();
    const ofWorld = cluster.worldServer.allDefinitions();
    this.http = new HttpHandler(
      new ApiServer(sim, this.store, own, [], 'past'),
      new ApiServer(sim, this.worldStore, ofWorld, [], 'past world'),
    );
  }

  /** Answers as of the place where the cursor stands, which is at `atMs`. */
  handle(request: HttpRequest, atMs: number): HttpResponse {
    if (request.method !== 'GET') return refusal();
    // Nothing runs on this clock: it only says how old things are.
    this.sim.clock.nowMs = atMs;
    if (this.readAt !== this.cursor.at) {
      this.readAt = this.cursor.at;
      this.store.restore(this.cursor.snapshot(false));
      this.worldStore.restore(this.cursor.worldSnapshot(false));
    }
    return this.http.handle(request);
  }
}

/** Named so that a page can tell it from other refusals. */
export const PAST_REASON = 'MomentHasPassed';

function refusal(): HttpResponse {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message:
      'this moment has passed and cannot be changed: go back to now, or branch from here to ' +
      'change what follows',
    reason: PAST_REASON,
    code: 409,
  };
  const headers = { 'Content-Type': 'application/json' };
  return { status: 409, headers, body: JSON.stringify(status) };
}
