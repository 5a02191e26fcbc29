import { beforeAll, describe, expect, it } from 'vitest';
import { deployments } from '../../api/resource-ref';
import type { Cluster } from '../../cluster/cluster';
import { openWholeCluster, restoreWholeCluster } from '../../cluster/whole-cluster';
import { Keeper } from './kept-form';

/** Every look at the clock is a moment later, so that each group but the first is a stretch. */
function bench() {
  let nowMs = 0;
  const found = { rests: 0 };
  const keeper = new Keeper({
    wallMs: () => (nowMs += 10),
    rest: () => {
      found.rests++;
      return Promise.resolve();
    },
  });
  return { keeper, found };
}

const unkept = (kept: ArrayBuffer) => bench().keeper.read(kept);

describe('a kept cluster', () => {
  let cluster: Cluster;
  beforeAll(() => {
    const startMs = Date.UTC(2026, 0, 1);
    cluster = openWholeCluster({ seed: 1, preset: 'nodes-100', pods: 600, startMs });
  });

  it('is read as it was when it was asked for, whatever goes on meanwhile', async () => {
    const { keeper, found } = bench();
    const saved = cluster.save();
    const wanted = JSON.parse(JSON.stringify(saved)) as unknown;
    const kept = keeper.keep(saved);
    cluster.clock.runFor(1_000);
    expect(await unkept(await kept)).toEqual(wanted);
    expect(found.rests).toBeGreaterThan(5);
  });

  it('writes out only what has changed since the last time', async () => {
    const { keeper, found } = bench();
    const first = await keeper.keep(cluster.save());
    const all = found.rests;
    const again = await keeper.keep(cluster.save());
    expect(new Uint8Array(again)).toEqual(new Uint8Array(first));
    expect(found.rests).toBe(all);

    const [{ metadata }] = cluster.client.list(deployments).items;
    const labels = { metadata: { labels: { changed: 'yes' } } };
    const { namespace = '', name } = metadata;
    cluster.client.patch(deployments, namespace, name, labels);
    const changed = await unkept(await keeper.keep(cluster.save()));
    expect(found.rests).toBe(all + 1);
    expect(changed).toEqual(JSON.parse(JSON.stringify(cluster.save())));
  });

  it('is not written out anew by who has read it', async () => {
    const first = bench();
    const kept = await first.keeper.keep(cluster.save());
    const { keeper, found } = bench();
    const own = restoreWholeCluster(await keeper.read(kept));
    const again = await keeper.keep(own.save());
    // What starts anew with it notes a little in the store.
    expect(found.rests).toBeLessThan(first.found.rests / 2);
    expect(await unkept(again)).toEqual(JSON.parse(JSON.stringify(own.save())));
  });

  it('goes on as the cluster itself would', async () => {
    const { keeper } = bench();
    const [one, other] = await Promise.all(
      [1, 2].map(async () => restoreWholeCluster(await unkept(await keeper.keep(cluster.save())))),
    );
    for (const own of [one, other]) own.clock.runFor(30_000);
    expect(one.save()).toEqual(other.save());
  });

  it('is refused when it is none', async () => {
    await expect(unkept(new ArrayBuffer(8))).rejects.toThrow(/JSON/);
    await expect(unkept(new ArrayBuffer(0))).rejects.toThrow(/bounds/);
    const { keeper } = bench();
    const old = { ...cluster.save(), version: 0 as never };
    await expect(unkept(await keeper.keep(old))).rejects.toThrow('kept by version 0');
    const cut = (await keeper.keep(cluster.save())).slice(0, -10);
    await expect(unkept(cut)).rejects.toThrow(/length/);
  });
});
