import { beforeEach, expect, test } from 'vitest';
import type { Container as ContainerSpec, Pod } from '../api/types';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { ContainerRuntime, newestContainer, type Sandbox } from './container-runtime';

let sim: Simulation;
let runtime: ContainerRuntime;
let sandbox: Sandbox;
let exits: string[];

beforeEach(() => {
  sim = new Simulation({ seed: 1 });
  runtime = new ContainerRuntime(sim, {
    scope: new Scope(sim.clock),
    host: 'n1',
    bytesPerSecond: () => 50_000_000,
  });
  exits = [];
  runtime.exited = (_uid, { name, exitCode, reason }) =>
    exits.push(`${name} ${exitCode} ${reason}`);
  sandbox = runtime.createSandbox('u1', '10.244.1.2');
});

function start(image: string, more: Partial<ContainerSpec> = {}): string {
  const spec: ContainerSpec = { name: 'main', image, ...more };
  const container = runtime.createContainer(sandbox, spec, runtime.images.preload(image));
  return runtime.startContainer(sandbox, container);
}

test('a server runs without a timer until it is stopped, and leaves cleanly', () => {
  start('nginx:1.27');
  expect(sim.clock.nextAtMs()).toBeUndefined();
  const container = newestContainer(sandbox, 'main')!;
  expect(container.id).toMatch(/^containerd:\/\/[0-9a-f]{64}$/);
  expect(runtime.stopContainer(sandbox, container, 30_000)).toBe(150);
  sim.clock.runFor(200);
  expect(exits).toEqual(['main 0 Completed']);
});

test('a program without a handler is killed when the grace period is over, or a shorter one', () => {
  start('busybox', { command: ['sleep', 'infinity'] });
  const container = newestContainer(sandbox, 'main')!;
  expect(runtime.stopContainer(sandbox, container, 30_000)).toBe(30_000);
  sim.clock.runFor(5000);
  expect(runtime.stopContainer(sandbox, container, 1000)).toBe(1000);
  sim.clock.runFor(60_000);
  expect(exits).toEqual(['main 137 Error']);
  expect(container.finishedMs - container.startedMs).toBe(6000);
});

test.each([
  ['busybox', { command: ['sh', '-c', 'sleep 2; exit 3'] }, 'main 3 Error'],
  ['busybox', {}, 'main 0 Completed'],
  ['hello-world', {}, 'main 0 Completed'],
  ['python:3.12', {}, 'main 0 Completed'],
])('%s with %j ends by itself', (image, more, exit) => {
  start(image, more);
  sim.clock.runFor(10_000);
  expect(exits).toEqual([exit]);
});

test('a command that the image lacks cannot be started', () => {
  expect(start('busybox', { command: ['serve'] })).toMatch(
    /exec: "serve": executable file not found in \$PATH$/,
  );
  expect(start('alpine', { command: ['/bin/serve'] })).toMatch(
    /exec: "\/bin\/serve": stat \/bin\/serve: no such file or directory$/,
  );
  expect(exits).toEqual(['main 128 StartError', 'main 128 StartError']);
});

test('only the last dead attempt of a container is kept', () => {
  for (let attempt = 0; attempt < 4; attempt++) {
    start('busybox', { command: ['false'] });
    sim.clock.runFor(100);
  }
  expect(sandbox.containers.map(({ attempt }) => attempt)).toEqual([2, 3]);
});

test('when the power goes every process is dead, and nothing ends twice', () => {
  start('busybox', { command: ['sleep', '10'] });
  runtime.powerOff();
  sim.clock.runFor(20_000);
  expect(sandbox.isReady).toBe(false);
  expect(newestContainer(sandbox, 'main')).toMatchObject({
    state: 'Exited',
    exitCode: 255,
    reason: 'Unknown',
  });
  expect(exits).toEqual([]);
});

test('a program of the simulation lives as long as its container', () => {
  const acts: string[] = [];
  runtime.onProgram('kube-scheduler', {
    start: () => acts.push('start'),
    stop: () => acts.push('stop'),
  });
  start('registry.k8s.io/kube-scheduler:v1.36.0', { command: ['kube-scheduler', '--v=2'] });
  runtime.killContainer('u1', 'main', 137);
  start('registry.k8s.io/kube-scheduler:v1.36.0', { command: ['kube-scheduler', '--v=2'] });
  runtime.powerOff();
  expect(acts).toEqual(['start', 'stop', 'start', 'stop']);
});

test('what a pod says to run is taken up when a save is loaded', () => {
  const pod = {
    metadata: { uid: 'u2' },
    spec: { containers: [{ name: 'main', image: 'busybox', command: ['sleep', '60'] }] },
    status: {
      podIP: '10.244.1.9',
      containerStatuses: [
        {
          name: 'main',
          restartCount: 2,
          containerID: 'containerd://ab',
          image: '',
          imageID: '',
          ready: true,
          state: { running: { startedAt: '2025-12-31T23:59:30Z' } },
        },
      ],
    },
  } as unknown as Pod;
  const restored = runtime.restore(pod);
  expect(newestContainer(restored, 'main')).toMatchObject({
    id: 'containerd://ab',
    attempt: 2,
    state: 'Running',
  });
  sim.clock.runFor(31_000);
  expect(exits).toEqual(['main 0 Completed']);
});
