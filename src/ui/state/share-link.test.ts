import { describe, expect, it } from 'vitest';
import { readFragment, shareFragment } from './share-link';
import type { SharedCluster } from './share-link';

const machine: SharedCluster['machines'][number] = {
  name: 'n1',
  spec: {
    power: 'Off',
    network: 'Connected',
    role: 'worker',
    capacity: { cpu: '2', memory: '4Gi', ephemeralStorage: '40Gi', pods: 110 },
    downloadBytesPerSecond: 1,
  },
};

const cluster: SharedCluster = {
  preset: 'kubeadm',
  seed: 7,
  speed: 10,
  machines: [machine],
  manifests: '# 中文 and ümlauts\nkind: Pod\n'.repeat(50),
};

async function pack(value: unknown): Promise<string> {
  return await shareFragment(value as SharedCluster);
}

describe('a share link', () => {
  it('brings back what went in, in letters that survive any chat', async () => {
    const fragment = await shareFragment(cluster);
    expect(fragment).toMatch(/^#v1\.[\w-]+$/);
    expect(fragment.length).toBeLessThan(400);
    expect(await readFragment(fragment)).toEqual({ kind: 'shared', cluster });
  });

  it.each(['', '#', '#section', '#v1', '#vx.abc'])('takes %j for no link', async (fragment) => {
    expect(await readFragment(fragment)).toEqual({ kind: 'none' });
  });

  it('says that a link is of another version', async () => {
    expect(await readFragment('#v2.abc')).toEqual({ kind: 'bad', why: 'version' });
  });

  it.each([
    ['cut short', async () => (await shareFragment(cluster)).slice(0, -20)],
    ['no base64', async () => '#v1.%%%'],
    ['no deflate', async () => '#v1.aGVsbG8'],
    ['no cluster', () => pack(['kubeadm'])],
    ['null', () => pack(null)],
    ['a seed that is no number', () => pack({ ...cluster, seed: '7' })],
    ['a speed of nothing', () => pack({ ...cluster, speed: 0 })],
    ['a machine without a spec', () => pack({ ...cluster, machines: [{ name: 'n1' }] })],
    [
      'too many machines',
      () => pack({ ...cluster, machines: Array.from({ length: 5_001 }, () => machine) }),
    ],
  ])('says that a link is damaged: %s', async (_what, make) => {
    expect(await readFragment(await make())).toEqual({ kind: 'bad', why: 'damaged' });
  });

  it('does not unpack a bomb', async () => {
    const fragment = await pack({ ...cluster, manifests: 'x'.repeat(5_000_000) });
    expect(fragment.length).toBeLessThan(20_000);
    expect(await readFragment(fragment)).toEqual({ kind: 'bad', why: 'tooLarge' });
  });
});
