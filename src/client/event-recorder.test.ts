import { beforeEach, expect, test } from 'vitest';
import type { Event, Pod } from '../api/types';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { EventRecorder } from './event-recorder';
import { FakeTransport } from './fake-transport';

let sim: Simulation;
let scope: Scope;
let server: FakeTransport;
let recorder: EventRecorder;
let pod: Pod;

beforeEach(() => {
  sim = new Simulation({ seed: 1 });
  scope = new Scope(sim.clock);
  server = new FakeTransport(sim);
  recorder = new EventRecorder(sim, scope, server, 'kubelet', 'n1', 'kubelet/n1');
  pod = server.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'web', uid: 'u1' },
  }) as Pod;
});

function stored(): Event[] {
  return [...server.objects.values()].filter((object) => object.kind === 'Event') as Event[];
}

function summary(): string[] {
  return stored().map((event) => `${event.count} ${event.reason} ${event.message}`);
}

test('an Event says what happened to which part of the object, and who saw it', () => {
  recorder.event(pod, 'Normal', 'Started', 'Container started', 'spec.containers{web}');
  const [event] = stored();
  expect(event.metadata.name).toMatch(/^web\.[0-9a-f]{16}$/);
  const { metadata: _, ...rest } = event;
  expect(rest).toEqual({
    apiVersion: 'v1',
    kind: 'Event',
    involvedObject: {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'shop',
      name: 'web',
      uid: 'u1',
      resourceVersion: '1',
      fieldPath: 'spec.containers{web}',
    },
    reason: 'Started',
    message: 'Container started',
    type: 'Normal',
    count: 1,
    source: { component: 'kubelet', host: 'n1' },
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:00Z',
    reportingComponent: 'kubelet',
    reportingInstance: 'n1',
    eventTime: null,
  });
});

test('the name holds the time in nanoseconds', () => {
  recorder.event(pod, 'Normal', 'Started', '');
  const nanoseconds = BigInt('0x' + stored()[0].metadata.name.split('.')[1]);
  expect(Number(nanoseconds / 1_000_000n)).toBe(sim.clock.nowMs);
});

test('Events about cluster-scoped objects are in namespace default', () => {
  recorder.event(
    { kind: 'Node', name: 'n1', uid: 'n1' },
    'Normal',
    'Starting',
    'Starting kubelet.',
  );
  expect(stored()[0].metadata.namespace).toBe('default');
});

test('Events about one version of an object share their reference', () => {
  recorder.event(pod, 'Normal', 'Created', 'a', 'spec.containers{web}');
  recorder.event(pod, 'Normal', 'Started', 'b', 'spec.containers{web}');
  const [first, second] = stored();
  expect(second.involvedObject).toBe(first.involvedObject);
  expect(second.source).toBe(first.source);
});

test('a repeat raises the count and the last time, also after the server lost the Event', () => {
  recorder.event(pod, 'Warning', 'BackOff', 'Back-off restarting');
  sim.clock.runFor(60_000);
  recorder.event(pod, 'Warning', 'BackOff', 'Back-off restarting');
  expect(summary()).toEqual(['2 BackOff Back-off restarting']);
  const [event] = stored();
  expect(event.firstTimestamp).toBe('2026-01-01T00:00:00Z');
  expect(event.lastTimestamp).toBe('2026-01-01T00:01:00Z');
  server.objects.delete('events/shop/' + event.metadata.name);
  recorder.event(pod, 'Warning', 'BackOff', 'Back-off restarting');
  expect(summary()).toEqual(['3 BackOff Back-off restarting']);
});

test('the tenth message of a reason within ten minutes is combined with what follows', () => {
  for (let index = 1; index <= 12; index++) recorder.event(pod, 'Normal', 'Tick', 'tick ' + index);
  expect(summary().slice(8)).toEqual([
    '1 Tick tick 9',
    '3 Tick (combined from similar events): tick 12',
  ]);
});

test('messages more than ten minutes apart are not combined', () => {
  for (let index = 1; index <= 12; index++) {
    recorder.event(pod, 'Normal', 'Tick', 'tick ' + index);
    sim.clock.runFor(601_000);
  }
  expect(stored()).toHaveLength(12);
});

test('after 25 Events about one object a source may write one in five minutes', () => {
  for (let index = 0; index < 40; index++) recorder.event(pod, 'Warning', 'BackOff', 'again');
  expect(summary()).toEqual(['25 BackOff again']);
  sim.clock.runFor(301_000);
  recorder.event(pod, 'Warning', 'BackOff', 'again');
  expect(summary()).toEqual(['41 BackOff again']);
});

test('Events wait in order for a server that is down, and are given up after two minutes', () => {
  server.isDown = true;
  recorder.event(pod, 'Normal', 'A', '');
  recorder.event(pod, 'Normal', 'B', '');
  sim.clock.runFor(25_000);
  server.isDown = false;
  recorder.event(pod, 'Normal', 'C', '');
  sim.clock.runFor(10_000);
  expect(summary()).toEqual(['1 A ', '1 B ', '1 C ']);
  server.isDown = true;
  recorder.event(pod, 'Normal', 'D', '');
  sim.clock.runFor(130_000);
  server.isDown = false;
  sim.clock.runFor(20_000);
  expect(summary()).toHaveLength(3);
});

test('latency is not charged, and nothing is written after the end of the program', () => {
  recorder.event(pod, 'Normal', 'A', '');
  expect(sim.clock.chargedMs).toBe(0);
  scope.stop();
  recorder.event(pod, 'Normal', 'B', '');
  expect(summary()).toEqual(['1 A ']);
});

test('nothing of an object is kept once the server has dropped its Events', () => {
  recorder.event(pod, 'Normal', 'A', '');
  sim.clock.runFor(3_600_001);
  expect(sim.clock.nextAtMs()).toBeUndefined();
});
