import { expect, it } from 'vitest';
import type { Pod } from '../../api/types';
import { PodLanes } from './pod-lanes';

const owners = { hueOf: () => 1 };

function pod(uid: string): Pod {
  return {
    metadata: { uid, name: uid, namespace: 'default' },
    spec: { containers: [] },
    status: { phase: 'Pending' },
  } as never;
}

it('has lanes of 20,000 pods, and lets go of those that are gone for new ones', () => {
  const lanes = new PodLanes(owners);
  const add = (uid: string) =>
    lanes.write({ type: 'ADDED', object: pod(uid), previous: undefined }, 1);
  const end = (uid: string) =>
    lanes.write({ type: 'DELETED', object: pod(uid), previous: pod(uid) }, 2);
  for (let count = 0; count < 50_000; count++) add(`p${count}`);
  expect([lanes.size, lanes.leftOut]).toEqual([20_000, 30_000]);
  expect(lanes.take()).toHaveLength(20_000);

  for (let count = 0; count < 3_000; count++) end(`p${count}`);
  add('late');
  expect(lanes.size).toBe(18_001);
  const told = lanes.take();
  expect(told.filter(({ endMs }) => endMs !== undefined)).toHaveLength(3_000);
  expect(told.filter(({ endMs }) => endMs === undefined).map(({ name }) => name)).toEqual(['late']);
});
