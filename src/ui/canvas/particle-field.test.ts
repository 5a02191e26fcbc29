import { describe, expect, test } from 'vitest';
import type { SceneMessage } from '../../scene/scene';
import { ParticleField, screenTravelMs, wireOf } from './particle-field';

let id = 0;
function message(change: Partial<SceneMessage> = {}): SceneMessage {
  return {
    id: ++id,
    look: 'request',
    from: 'node:n1',
    to: 'kube-apiserver',
    atMs: 0,
    durationMs: 600,
    verb: 'update',
    resource: 'pods',
    namespace: 'default',
    name: 'web',
    code: 200,
    ...change,
  };
}

function field() {
  const arrived: number[] = [];
  return { arrived, field: new ParticleField((it) => arrived.push(it.id)) };
}

describe('screenTravelMs', () => {
  test.each([
    [600, 1, 600],
    [5, 1, 250],
    [60_000, 1, 1200],
    [5, 0.01, 500],
    [4_000, 10, 400],
  ])('%d virtual ms at %dx take %d ms on the screen', (duration, speed, screen) => {
    expect(screenTravelMs(duration, speed)).toBe(screen);
  });
});

describe('wireOf', () => {
  test('a wire is named by its outer end', () => {
    expect(wireOf(message())).toEqual({ wire: 'node:n1', inward: true });
    expect(wireOf(message({ from: 'kube-apiserver', to: 'etcd' }))).toEqual({
      wire: 'etcd',
      inward: false,
    });
  });

  test('a message beside the server has no wire', () => {
    expect(wireOf(message({ from: 'you', to: 'etcd' }))).toBeNull();
  });
});

describe('ParticleField', () => {
  test('a particle travels its time, arrives once, and the field comes to rest', () => {
    const { field: it, arrived } = field();
    it.add([message()], 1, false);
    it.advance(300);
    expect(it.particles[0]!.progress).toBeCloseTo(0.5);
    expect(it.idle(false)).toBe(false);
    it.advance(300);
    expect(it.particles).toEqual([]);
    expect(arrived).toHaveLength(1);
    it.advance(5_000);
    expect([it.idle(true), arrived.length]).toEqual([true, 1]);
  });

  test('stands still while no screen time passes', () => {
    const { field: it } = field();
    it.add([message()], 1, false);
    it.advance(100);
    const { progress } = it.particles[0]!;
    it.advance(0);
    expect(it.particles[0]!.progress).toBe(progress);
  });

  test('a batch keeps its rhythm: a later message sets off later', () => {
    const { field: it } = field();
    it.add([message({ atMs: 1_000 }), message({ atMs: 1_200, from: 'node:n2' })], 1, false);
    it.advance(150);
    expect(it.particles.map(({ progress }) => progress > 0)).toEqual([true, false]);
    it.advance(100);
    it.advance(100);
    expect(it.particles.every(({ progress }) => progress > 0)).toBe(true);
  });

  test('above ten times the speed messages are flow', () => {
    const { field: it, arrived } = field();
    it.add([message(), message(), message()], 20, false);
    expect(it.particles).toEqual([]);
    expect(arrived).toHaveLength(3);
    expect(it.flows(true)).toEqual([{ wire: 'node:n1', rate: 5 }]);
  });

  test('the flow thins and ends', () => {
    const { field: it } = field();
    it.add([message(), message()], 20, false);
    const { rate } = it.flows(true)[0]!;
    it.advance(200);
    expect(it.flows(true)[0]!.rate).toBeLessThan(rate);
    it.advance(3_000);
    expect(it.flows(true)).toEqual([]);
  });

  test('needs frames for a flow only where flows are shown', () => {
    const { field: it } = field();
    it.add([message()], 20, false);
    expect([it.idle(true), it.idle(false)]).toEqual([false, true]);
  });

  test('a crowd on one wire becomes flow there and leaves other wires alone', () => {
    const { field: it } = field();
    it.add(
      Array.from({ length: 40 }, () => message()),
      1,
      false,
    );
    it.add([message({ from: 'node:n2' })], 1, false);
    expect(it.particles.filter(({ wire }) => wire === 'node:n1').length).toBeLessThan(20);
    expect(it.flows(false).map(({ wire }) => wire)).toEqual(['node:n1']);
  });

  test('what became flow stays flow until the crowd is over', () => {
    const { field: it } = field();
    const crowd = Array.from({ length: 40 }, () => message());
    it.add(crowd, 1, false);
    it.advance(1_200);
    expect(it.particles).toEqual([]);
    it.add([message()], 1, false);
    expect(it.particles).toEqual([]);
    expect([it.flows(false).length, it.idle(false)]).toEqual([1, false]);
    it.advance(3_000);
    expect([it.flows(false), it.idle(false)]).toEqual([[], true]);
    it.add([message()], 1, false);
    expect(it.particles).toHaveLength(1);
  });

  test('many wires with a few messages each become flow, too, but failures are seen', () => {
    const { field: it } = field();
    const many = Array.from({ length: 400 }, (_, i) => message({ from: `node:n${i % 100}` }));
    it.add(many, 1, false);
    expect(it.particles.length).toBeLessThanOrEqual(150);
    expect(it.flows(false).length).toBe(100);
    it.add([message({ look: 'failure', from: 'node:lost' })], 1, false);
    expect(it.particles.at(-1)!.look).toBe('failure');
  });

  test('counts what a wire has carried', () => {
    const { field: it } = field();
    it.add([message(), message(), message({ from: 'node:n2' })], 1, true);
    expect([it.countOn('node:n1'), it.countOn('node:n2'), it.countOn('you')]).toEqual([2, 1, 0]);
  });

  test('with reduced motion nothing travels', () => {
    const { field: it } = field();
    it.add([message()], 1, true);
    expect(it.particles).toEqual([]);
    expect(it.flows(true)).toHaveLength(1);
  });

  test('a failure stops on its way, stays to be read, then goes', () => {
    const { field: it } = field();
    it.add([message({ look: 'failure', code: 409 })], 1, false);
    it.advance(600);
    expect(it.particles[0]!.progress).toBeCloseTo(0.62);
    it.advance(400);
    expect(it.particles).toHaveLength(1);
    it.advance(200);
    expect(it.particles).toHaveLength(0);
  });

  test('a failure is seen even in a flow', () => {
    const { field: it } = field();
    it.add([message({ look: 'failure' })], 100, false);
    expect(it.particles).toHaveLength(1);
  });

  test('forgets everything', () => {
    const { field: it } = field();
    it.add([message()], 1, false);
    it.clear();
    expect(it.idle(true)).toBe(true);
  });
});
