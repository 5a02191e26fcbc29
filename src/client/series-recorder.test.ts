import { beforeEach, describe, expect, test } from 'vitest';
import { ConnectionError } from '../api/status-error';
import type { Event, Pod } from '../api/types';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { FakeTransport } from './fake-transport';
import { SeriesRecorder } from './series-recorder';
import type { ApiRequest } from './transport';

const MINUTE_MS = 60_000;

/** A server that can be away. */
class Server extends FakeTransport {
  isAway = false;

  override request(request: ApiRequest): unknown {
    if (this.isAway) throw new ConnectionError('dial tcp: connect: connection refused');
    return super.request(request);
  }
}

let sim: Simulation;
let scope: Scope;
let server: Server;
let recorder: SeriesRecorder;
let pod: Pod;

beforeEach(() => {
  sim = new Simulation({ seed: 1 });
  scope = new Scope(sim.clock);
  server = new Server(sim);
  const instance = 'default-scheduler-m1';
  recorder = new SeriesRecorder(
    sim,
    scope,
    server,
    'default-scheduler',
    instance,
    'kube-scheduler',
  );
  pod = server.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'web', uid: 'u1' },
  }) as Pod;
});

function fail(of = pod, message = 'no room'): void {
  recorder.event(of, 'Warning', 'FailedScheduling', 'Scheduling', message);
}

function stored(): Event[] {
  return [...server.objects.values()].filter(({ kind }) => kind === 'Event') as Event[];
}

/** Count, time last seen in seconds after the start, message. */
function told(): string[] {
  return stored().map(({ series, message }) => {
    const seconds = series && (Date.parse(series.lastObservedTime!) - sim.clock.startMs) / 1000;
    return `${series?.count ?? 1}x ${seconds ?? 0}s ${message}`;
  });
}

test('an Event says what was done about which object, on whose account', () => {
  const preemptor = { ...pod, metadata: { ...pod.metadata, name: 'big', uid: 'u2' } };
  recorder.event(pod, 'Normal', 'Preempted', 'Preempting', 'Preempted by pod u2', preemptor);
  const [event] = stored();
  expect(event.metadata.name).toMatch(/^web\.[0-9a-f]{16}$/);
  const { metadata: _, ...rest } = event;
  const reference = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', resourceVersion: '1' };
  expect(rest).toEqual({
    apiVersion: 'v1',
    kind: 'Event',
    involvedObject: { ...reference, name: 'web', uid: 'u1' },
    related: { ...reference, name: 'big', uid: 'u2' },
    reason: 'Preempted',
    message: 'Preempted by pod u2',
    type: 'Normal',
    eventTime: '2026-01-01T00:00:00.000000Z',
    action: 'Preempting',
    reportingComponent: 'default-scheduler',
    reportingInstance: 'default-scheduler-m1',
    firstTimestamp: null,
    lastTimestamp: null,
    source: {},
  });
});

describe('a repeat', () => {
  test('begins a series, whatever its message, and later ones are only counted', () => {
    fail();
    sim.clock.runFor(10_000);
    fail(pod, 'still no room');
    sim.clock.runFor(10_000);
    fail();
    expect(told()).toEqual(['2x 10s no room']);
  });

  test('about a newer version of the object is an Event of its own', () => {
    fail();
    fail({ ...pod, metadata: { ...pod.metadata, resourceVersion: '2' } });
    expect(told()).toEqual(['1x 0s no room', '1x 0s no room']);
  });

  test('for another reason is an Event of its own', () => {
    fail();
    recorder.event(pod, 'Normal', 'Scheduled', 'Binding', 'to n1');
    expect(told()).toEqual(['1x 0s no room', '1x 0s to n1']);
  });

  test('after six to twelve minutes of silence starts anew', () => {
    fail();
    sim.clock.runFor(12 * MINUTE_MS + 1);
    fail();
    expect(told()).toEqual(['1x 0s no room', '1x 0s no room']);
  });
});

describe('a series', () => {
  test('is written with its last count when it has ended, and forgotten', () => {
    fail();
    for (let seen = 2; seen <= 4; seen++) {
      sim.clock.runFor(10_000);
      fail();
    }
    sim.clock.runFor(12 * MINUTE_MS);
    expect(told()).toEqual(['4x 30s no room']);
    expect(recorder.size).toBe(0);
  });

  test('that goes on is written every half an hour, so that it does not expire', () => {
    fail();
    for (let minute = 1; minute < 31; minute++) {
      sim.clock.runFor(MINUTE_MS);
      fail();
    }
    expect(told()).toEqual(['30x 1740s no room']);
  });

  test('of which the Event has expired is created anew', () => {
    fail();
    server.objects.clear();
    sim.clock.runFor(5000);
    fail();
    expect(told()).toEqual(['2x 5s no room']);
  });
});

describe('while the server is away', () => {
  test('Events wait, and come in order once it is back', () => {
    server.isAway = true;
    fail();
    recorder.event(pod, 'Normal', 'Scheduled', 'Binding', 'to n1');
    sim.clock.runFor(25_000);
    expect(told()).toEqual([]);
    server.isAway = false;
    sim.clock.runFor(10_000);
    expect(told()).toEqual(['1x 0s no room', '1x 0s to n1']);
  });

  test('nothing is recorded by a program that has stopped', () => {
    server.isAway = true;
    fail();
    scope.stop();
    server.isAway = false;
    fail();
    sim.clock.runFor(MINUTE_MS);
    expect(told()).toEqual([]);
  });
});
