// A cluster as it was: the same picture and the same API, of any moment of its history. The first
// look costs what the cluster is large, each further one what lies between the two moments.
import type { HttpRequest, HttpResponse } from '../../apiserver/http/http';
import { Component, REAL_PACE } from '../../client/component';
import type { Cluster } from '../cluster';
import { Observer } from '../../scene/observer';
import type { SceneDelta } from '../../scene/scene';
import { Scope } from '../../sim/scope';
import { Simulation } from '../../sim/simulation';
import { Cursor } from './cursor';
import type { LiveNotes } from './live-notes';
import { PastApi } from './past-api';
import { PastTransport } from './past-transport';
import type { Recorder } from './recorder';

/** The picture whose owner colours are to be those of the past, too. */
export type Colours = Observer;

export class PastPicture {
  readonly cursor: Cursor;
  private readonly transport: PastTransport;
  private readonly sim: Simulation;
  private readonly observer: Observer;
  private api: PastApi | undefined;
  private shownMs: number;

  /** Stands at the present; `look` goes from there. */
  constructor(
    private readonly cluster: Cluster,
    recorder: Recorder,
    private readonly notes: LiveNotes,
    place: number,
    colours: Colours,
  ) {
    this.shownMs = cluster.clock.nowMs;
    this.cursor = new Cursor(cluster, recorder);
    // Before anything looks, so that no picture of the present is made only to be changed.
    this.cursor.moveTo(place);
    this.transport = new PastTransport(this.cursor);
    this.sim = new Simulation({ seed: 0, startMs: cluster.clock.startMs, traceCapacity: 1 });
    this.observer = new Observer(this.component(), this.component(), {
      components: () => [],
      controllers: () => [],
      gauges: () => ({
        revision: 0,
        objectCount: 0,
        databaseBytes: 0,
        watchCount: 0,
        schedulerActive: 0,
        schedulerBackoff: 0,
        schedulerUnschedulable: 0,
      }),
      pullOf: ({ metadata }) => notes.pullAt(metadata.uid, this.shownMs),
      travelTimes: { requestMs: 0, watchMs: 0 },
      read: () => undefined,
      kindOf: () => undefined,
    });
    this.observer.shareColours(colours);
  }

  /** The moment that is shown. */
  get atMs(): number {
    return this.shownMs;
  }

  /** Shows the moment `atMs`, of which `place` is the place: what differs from the last one. */
  look(place: number, atMs: number): SceneDelta {
    this.shownMs = atMs;
    this.transport.tell(this.cursor.moveTo(place, this.transport.isWatched));
    this.sim.clock.runFor(0);
    const delta = this.observer.flush(false);
    const { notes, cursor } = this;
    delta.atMs = atMs;
    delta.components = notes.componentsAt(atMs);
    delta.controllers = notes.controllersAt(atMs);
    delta.gauges = {
      ...(notes.gaugesAt(atMs) ?? delta.gauges),
      revision: cursor.revision,
      objectCount: cursor.objectCount,
      requestsPerSecond: 0,
    };
    delta.apiLines = notes.apiLinesAt(atMs);
    delta.toldSoFar = notes.toldUntil(atMs);
    return delta;
  }

  /** What the API answered then; writes are refused. */
  handle(request: HttpRequest): HttpResponse {
    this.api ??= new PastApi(this.cluster, this.cursor);
    return this.api.handle(request, this.shownMs);
  }

  private component(): Component {
    const pace = { ...REAL_PACE, apiCallMs: 0, watchDelayMs: 0 };
    const scope = new Scope(this.sim.clock);
    return new Component(this.sim, scope, this.transport, pace, { name: 'picture', host: '' });
  }
}
