// Upstream: test/e2e/apimachinery/watch.go.
import { expect } from 'vitest';
import { sleep, suite, text, type Item } from './framework';

const { conformance } = suite();

const labelled = (name: string, label: string, data?: object): object => ({
  metadata: { name, labels: { 'watch-this-configmap': label } },
  data,
});
const mutation = (value: string) => (object: Item) => ({ ...object, data: { mutation: value } });
const selecting = (label: string) => ({ labelSelector: `watch-this-configmap=${label}` });

conformance(
  '[sig-api-machinery] Watchers should observe add, update, and delete watch notifications on configmaps [Conformance]',
  async ({ api, namespace }) => {
    const maps = api.core('configmaps', namespace);
    const a = maps.watch(selecting('multiple-watchers-A'));
    const b = maps.watch(selecting('multiple-watchers-B'));
    const ab = maps.watch({
      labelSelector: 'watch-this-configmap in (multiple-watchers-A,multiple-watchers-B)',
    });
    await sleep(100);
    await maps.create(labelled('e2e-watch-test-configmap-a', 'multiple-watchers-A'));
    await maps.change('e2e-watch-test-configmap-a', mutation('1'));
    await maps.change('e2e-watch-test-configmap-a', mutation('2'));
    await maps.delete('e2e-watch-test-configmap-a');
    await maps.create(labelled('e2e-watch-test-configmap-b', 'multiple-watchers-B'));
    await maps.delete('e2e-watch-test-configmap-b');
    await ab.next(
      'last',
      ({ type, object }) => type === 'DELETED' && text(object.metadata.name).endsWith('-b'),
    );
    for (const watch of [a, b]) await watch.type('DELETED');
    expect(a.take()).toEqual([]);
    expect(b.take()).toEqual([]);
    for (const watch of [a, b, ab]) watch.stop();
  },
);

conformance(
  '[sig-api-machinery] Watchers should be able to start watching from a specific resource version [Conformance]',
  async ({ api, namespace }) => {
    const maps = api.core('configmaps', namespace);
    const name = 'e2e-watch-test-resource-version';
    await maps.create(labelled(name, 'from-resource-version'));
    const first = await maps.change(name, mutation('1'));
    const second = await maps.change(name, mutation('2'));
    await maps.delete(name);
    const watch = maps.watch({
      ...selecting('from-resource-version'),
      resourceVersion: text(first.metadata.resourceVersion),
    });
    const modified = await watch.next('any', () => true);
    expect([modified.type, modified.object]).toEqual([
      'MODIFIED',
      { kind: 'ConfigMap', apiVersion: 'v1', ...second },
    ]);
    expect((await watch.next('any', () => true)).type).toBe('DELETED');
    watch.stop();
  },
);

conformance(
  '[sig-api-machinery] Watchers should be able to restart watching from the last resource version observed by the previous watch [Conformance]',
  async ({ api, namespace }) => {
    const maps = api.core('configmaps', namespace);
    const name = 'e2e-watch-test-watch-closed';
    const first = maps.watch(selecting('watch-closed-and-restarted'));
    await sleep(100);
    await maps.create(labelled(name, 'watch-closed-and-restarted'));
    await maps.change(name, mutation('1'));
    await first.type('ADDED');
    const { object } = await first.type('MODIFIED');
    first.stop();
    await maps.change(name, mutation('2'));
    const second = maps.watch({
      ...selecting('watch-closed-and-restarted'),
      resourceVersion: text(object.metadata.resourceVersion),
    });
    await maps.delete(name);
    const next = await second.next('any', () => true);
    expect([next.type, next.object.data]).toEqual(['MODIFIED', { mutation: '2' }]);
    expect((await second.next('any', () => true)).type).toBe('DELETED');
    second.stop();
  },
);

conformance(
  '[sig-api-machinery] Watchers should observe an object deletion if it stops meeting the requirements of the selector [Conformance]',
  async ({ api, namespace }) => {
    const maps = api.core('configmaps', namespace);
    const name = 'e2e-watch-test-label-changed';
    const relabelled = (label: string) => (object: Item) => ({
      ...object,
      metadata: { ...object.metadata, labels: { 'watch-this-configmap': label } },
    });
    const watch = maps.watch(selecting('label-changed-and-restored'));
    await sleep(100);
    await maps.create(labelled(name, 'label-changed-and-restored'));
    await maps.change(name, mutation('1'));
    await maps.change(name, relabelled('wrong-value'));
    for (const type of ['ADDED', 'MODIFIED', 'DELETED']) {
      expect((await watch.next(type, () => true)).type).toBe(type);
    }
    await maps.change(name, mutation('2'));
    await sleep(500);
    expect(watch.take()).toEqual([]);
    await maps.change(name, relabelled('label-changed-and-restored'));
    await maps.change(name, mutation('3'));
    await maps.delete(name);
    for (const type of ['ADDED', 'MODIFIED', 'DELETED']) {
      expect((await watch.next(type, () => true)).type).toBe(type);
    }
    watch.stop();
  },
);

conformance(
  '[sig-api-machinery] Watchers should receive events on concurrent watches in same order [Conformance]',
  async ({ api, namespace }) => {
    const maps = api.core('configmaps', namespace);
    const { metadata } = await maps.list();
    const writes = (async () => {
      for (let count = 0; count < 30; count++) {
        const name = `cm-${count % 5}`;
        if (count < 5) await maps.create({ metadata: { name } });
        else await maps.change(name, mutation(String(count)));
      }
    })();
    const first = maps.watch({ resourceVersion: text(metadata.resourceVersion) });
    const revisions: string[] = [];
    const later = [];
    for (let count = 0; count < 30; count++) {
      const { object } = await first.next('any', () => true);
      const revision = text(object.metadata.resourceVersion);
      revisions.push(revision);
      later.push(maps.watch({ resourceVersion: revision }));
    }
    await writes;
    for (const [from, watch] of later.entries()) {
      for (const revision of revisions.slice(from + 1)) {
        const { object } = await watch.next('any', () => true);
        expect(text(object.metadata.resourceVersion)).toBe(revision);
      }
      watch.stop();
    }
    first.stop();
  },
);
