import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/object';
import type { Informer } from '../client/informer';
import { Owners } from './owners';

const NOTHING = { get: () => undefined } as unknown as Informer<never>;
const newOwners = (): Owners => new Owners(NOTHING as never, NOTHING as never);
const made = (name: string, second: number): KubeObject =>
  ({
    metadata: { name, namespace: 'default', creationTimestamp: `2026-01-01T00:00:0${second}Z` },
  }) as KubeObject;

describe('owner colours', () => {
  it('are given in the order in which owners come, and start over when all are taken', () => {
    const owners = newOwners();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const hues = names.map((name) => owners.hueOf('Deployment', 'default', name));
    expect(hues).toEqual([1, 2, 3, 4, 5, 8, 7, 1]);
    expect(owners.hueOf('Deployment', 'default', 'c')).toBe(3);
  });

  it('are grey for what belongs to the system', () => {
    const owners = newOwners();
    expect(owners.hueOf('DaemonSet', 'kube-system', 'kube-proxy')).toBe(6);
    expect(owners.hueOf('Deployment', 'default', 'kubernetes')).toBe(6);
    expect(owners.hueOf('Deployment', 'default', 'web')).toBe(1);
  });

  it('come back as they were when a kept cluster does, whatever order it is listed in', () => {
    const owners = newOwners();
    owners.adopt([made('api', 3), made('web', 1), made('cart', 2), made('web', 1)]);
    const hues = ['web', 'cart', 'api'].map((name) => owners.hueOf('Deployment', 'default', name));
    expect(hues).toEqual([1, 2, 3]);
  });
});
