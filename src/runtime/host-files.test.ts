import { expect, test } from 'vitest';
import type { Container, Pod } from '../api/types';
import { HostFiles } from './host-files';

const spec = { name: 'a', volumeMounts: [{ name: 'data', mountPath: '/data' }] } as Container;
const podWith = (path?: string): Pod =>
  ({
    spec: { volumes: [{ name: 'data', ...(path ? { hostPath: { path } } : { emptyDir: {} }) }] },
  }) as Pod;
const LEFT = [{ path: '/data/foo', fromMs: 100, toMs: Infinity }];

test('a file in a directory of the machine is found by who mounts it after it came', () => {
  const files = new HostFiles();
  files.keep(LEFT, spec, podWith('/tmp/job'), 1_000);
  expect(files.seenBy(spec, podWith('/tmp/job'), 1_099)).toEqual([]);
  expect(files.seenBy(spec, podWith('/tmp/job/'), 1_100)).toEqual([
    { path: '/data/foo', fromMs: 0, toMs: Infinity },
  ]);
  const elsewhere = { ...spec, volumeMounts: [{ name: 'data', mountPath: '/mnt' }] } as Container;
  expect(files.seenBy(elsewhere, podWith('/tmp'), 2_000)).toEqual([
    { path: '/mnt/job/foo', fromMs: 0, toMs: Infinity },
  ]);
});

test.each([
  ['another directory', podWith('/tmp/job'), podWith('/tmp/other')],
  ['no directory of the machine', podWith(), podWith()],
])('%s has none of its files', (_, writer, reader) => {
  const files = new HostFiles();
  files.keep(LEFT, spec, writer, 0);
  expect(files.seenBy(spec, reader, 5_000)).toEqual([]);
});

test('a file that is removed again is not left', () => {
  const files = new HostFiles();
  files.keep([{ path: '/data/foo', fromMs: 0, toMs: 50 }], spec, podWith('/tmp/job'), 0);
  expect(files.seenBy(spec, podWith('/tmp/job'), 5_000)).toEqual([]);
});
