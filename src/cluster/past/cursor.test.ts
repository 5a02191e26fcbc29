import { expect, it } from 'vitest';
import { deployments, pods } from '../../api/resource-ref';
import { createWholeCluster } from '../whole-cluster';
import { Cursor } from './cursor';
import { Recorder } from './recorder';

/** A cluster in which much has come and gone since it is recorded. */
function recorded() {
  const cluster = createWholeCluster({ seed: 1, preset: 'kind', startMs: Date.UTC(2026, 0, 1) });
  cluster.boot();
  const recorder = new Recorder(cluster);
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'a' }] } };
  cluster.client.create(deployments, {
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 5, selector: { matchLabels: labels }, template: template as never },
  });
  cluster.clock.runFor(20_000);
  for (const replicas of [1, 6, 0]) {
    cluster.client.patch(deployments, 'default', 'web', { spec: { replicas } });
    cluster.clock.runFor(60_000);
  }
  return { cluster, recorder };
}

it('is the same by way of frames as by undoing each write, and tells the same changes', () => {
  const { cluster, recorder } = recorded();
  const jumping = new Cursor(cluster, recorder, 32, 8);
  const walking = new Cursor(cluster, recorder, 32, Infinity);
  const span = recorder.end - recorder.first;
  expect(span).toBeGreaterThan(300);
  let seen = 0;
  for (let turn = 0; turn < 60; turn++) {
    const place = recorder.first + Math.floor(((turn * 0.618034) % 1) * (span + 1));
    const [jumped, walked] = [jumping.moveTo(place), walking.moveTo(place)];
    expect(new Set(jumped.map(named))).toEqual(new Set(walked.map(named)));
    expect(jumping.at).toBe(place);
    expect(jumping.revision).toBe(walking.revision);
    expect(jumping.objectCount).toBe(walking.objectCount);
    expect(jumping.snapshot()).toEqual(walking.snapshot());
    expect(jumping.worldSnapshot()).toEqual(walking.worldSnapshot());
    seen = Math.max(seen, jumping.list(pods.key).length);
  }
  expect(seen).toBeGreaterThan(5);
  expect(recorder.frames.size).toBeGreaterThan(8);
  jumping.moveTo(recorder.end);
  expect(jumping.snapshot()).toEqual({
    ...cluster.store.snapshot(),
    tables: new Cursor(cluster, recorder).snapshot().tables,
  });
});

it('leaves no frame behind when the oldest writes are let go', () => {
  const { cluster } = recorded();
  const recorder = new Recorder(cluster, 50);
  cluster.client.patch(deployments, 'default', 'web', { spec: { replicas: 4 } });
  cluster.clock.runFor(60_000);
  new Cursor(cluster, recorder, 16).moveTo(recorder.first);
  expect(recorder.frames.size).toBeGreaterThan(2);
  expect(recorder.trim()).toBe(true);
  expect(recorder.frames.size).toBe(0);
  const cursor = new Cursor(cluster, recorder, 16);
  cursor.moveTo(recorder.first);
  cursor.moveTo(recorder.end);
  expect(cursor.revision).toBe(cluster.store.revision);
});

function named({ table, before, after }: ReturnType<Cursor['moveTo']>[number]): string {
  const revisionOf = (object: typeof before): string => object?.metadata.resourceVersion ?? '-';
  const { namespace = '', name } = (after ?? before)!.metadata;
  return `${table} ${namespace}/${name} ${revisionOf(before)} ${revisionOf(after)}`;
}
