import { beforeEach, expect, test } from 'vitest';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { ImageStore, type PullResult } from './image-store';

let sim: Simulation;
let store: ImageStore;
let results: { name: string; atMs: number; result: PullResult }[];

beforeEach(() => {
  sim = new Simulation({ seed: 1 });
  store = new ImageStore(new Scope(sim.clock), () => 10_000_000);
  results = [];
});

function pull(name: string): void {
  store.pull(name, (result) => results.push({ name, atMs: sim.clock.elapsedMs, result }));
}

test('a pull takes as long as its bytes take on the link', () => {
  pull('nginx:1.27');
  sim.clock.runFor(60_000);
  const { result, atMs } = results[0];
  expect(result.error).toBe('');
  expect(atMs).toBe(480 + Math.round(result.image!.sizeBytes / 10_000));
  expect(store.find('docker.io/library/nginx:1.27')).toBe(result.image);
  expect(result.image!.id).toMatch(/^docker\.io\/library\/nginx@sha256:[0-9a-f]{64}$/);
});

test('pulls go one after the other, and what is there is only looked up', () => {
  pull('redis:7');
  pull('redis:7');
  sim.clock.runFor(60_000);
  expect(results[1].atMs - results[0].atMs).toBe(480);
  expect(results[1].result.pullMs).toBe(480);
});

test('layers that images share are downloaded once', () => {
  const alone = new ImageStore(new Scope(sim.clock), () => 10_000_000);
  let aloneMs = 0;
  alone.pull('httpd:2.4', ({ pullMs }) => (aloneMs = pullMs));
  pull('nginx:1.27');
  pull('httpd:2.4');
  sim.clock.runFor(60_000);
  expect(aloneMs - results[1].result.pullMs).toBe(2978);
});

test('a tag that was never published is refused in the words of containerd', () => {
  pull('nginx:1.99');
  sim.clock.runFor(1000);
  const image = 'docker.io/library/nginx:1.99';
  expect(results[0].result).toEqual({
    image: undefined,
    error:
      `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": ` +
      `failed to resolve reference "${image}": ${image}: not found`,
    pullMs: 480,
  });
});

test('a registry whose name says that it is none cannot be reached', () => {
  pull('invalid.registry.k8s.io/invalid/alpine:3.1');
  sim.clock.runFor(1000);
  const image = 'invalid.registry.k8s.io/invalid/alpine:3.1';
  expect(results[0].result.error).toBe(
    `rpc error: code = Unknown desc = failed to pull and unpack image "${image}": failed to ` +
      `resolve reference "${image}": failed to do request: Head ` +
      '"https://invalid.registry.k8s.io/v2/invalid/alpine/manifests/3.1": dial tcp: lookup ' +
      'invalid.registry.k8s.io: no such host',
  );
});

test('an image that nobody described can be pulled, and is the same size each time', () => {
  pull('example.com/shop/cart:v7');
  sim.clock.runFor(60_000);
  const { sizeBytes } = results[0].result.image!;
  expect(sizeBytes).toBeGreaterThan(20_000_000);
  const other = new ImageStore(new Scope(sim.clock), () => 1);
  expect(other.preload('example.com/shop/cart:v7').sizeBytes).toBe(sizeBytes);
});

test('pulls under way are lost with the power', () => {
  pull('nginx:1.27');
  sim.clock.runFor(100);
  store.abortPulls();
  pull('redis:7');
  sim.clock.runFor(60_000);
  expect(results.map(({ name }) => name)).toEqual(['redis:7']);
});
