import { createHash } from 'node:crypto';
import { expect, it, test } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from './extension-types';
import type { Node } from './types';
import { attachmentName } from './volume-attachment';
import { defaultClass, findVolume, mismatch, type SearchOptions } from './volume-binding';

function volume(name: string, spec: object = {}, more: object = {}): PersistentVolume {
  const whole = { capacity: { storage: '2Gi' }, accessModes: ['ReadWriteOnce'], ...spec };
  const metadata = { name, ...more };
  return { metadata, spec: whole, status: { phase: 'Available' } } as never;
}

function claim(spec: object = {}): PersistentVolumeClaim {
  const resources = { requests: { storage: '1Gi' } };
  const metadata = { namespace: 'default', name: 'c', uid: 'u' };
  const whole = { accessModes: ['ReadWriteOnce'], resources, ...spec };
  return { metadata, spec: whole, status: {} } as never;
}

const reserved = { claimRef: { namespace: 'default', name: 'c' } };
const inZone = (zone: string): object => {
  const expression = { key: 'zone', operator: 'In', values: [zone] };
  return {
    nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } },
  };
};
const node = { metadata: { name: 'n', labels: { zone: 'a' } } } as unknown as Node;

test.each<[string, string | undefined, PersistentVolume[], object?, SearchOptions?]>([
  ['the smallest', 'b', [volume('a', { capacity: { storage: '9Gi' } }), volume('b')]],
  ['the first by name of two alike', 'a', [volume('b'), volume('a')]],
  ['one that is kept for it, before a smaller one', 'b', [volume('a'), volume('b', reserved)]],
  ['none that is kept for another', undefined, [volume('a', { claimRef: { name: 'x' } })]],
  ['none that is too small', undefined, [volume('a', { capacity: { storage: '1Mi' } })]],
  ['none without the mode', undefined, [volume('a', { accessModes: ['ReadOnlyMany'] })]],
  [
    'the one with the fewest modes to spare',
    'b',
    [volume('a', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }), volume('b')],
  ],
  ['none of another class', undefined, [volume('a', { storageClassName: 'x' })]],
  ['none of another volumeMode', undefined, [volume('a', { volumeMode: 'Block' })]],
  ['none that is being deleted', undefined, [volume('a', {}, { deletionTimestamp: 'now' })]],
  [
    'one with the labels',
    'b',
    [volume('a'), volume('b', {}, { labels: { tier: 'gold' } })],
    { selector: { matchLabels: { tier: 'gold' } } },
  ],
  ['none that is out of the node’s reach', undefined, [volume('a', inZone('b'))], {}, { node }],
  ['one within the node’s reach', 'a', [volume('a', inZone('a'))], {}, { node }],
  ['only a kept one, if told so', undefined, [volume('a')], {}, { onlyReserved: true }],
  [
    'none that is as good as given away',
    'b',
    [volume('a'), volume('b')],
    {},
    { excluded: new Set(['a']) },
  ],
])('a claim gets %s', (_what, name, volumes, spec, options) => {
  expect(findVolume(claim(spec), volumes, options)?.metadata.name).toBe(name);
});

test.each<[string, PersistentVolume]>([
  ['', volume('v')],
  ['the volume is marked for deletion "v"', volume('v', {}, { deletionTimestamp: 'now' })],
  ['requested PV is too small', volume('v', { capacity: { storage: '1' } })],
  ['storageClassName does not match', volume('v', { storageClassName: 'x' })],
  ['volumeAttributesClassName does not match', volume('v', { volumeAttributesClassName: 'x' })],
  ['incompatible volumeMode', volume('v', { volumeMode: 'Block' })],
  ['incompatible accessMode', volume('v', { accessModes: [] })],
])('a volume that a claim names: "%s"', (problem, named) => {
  expect(mismatch(named, claim())).toBe(problem);
});

it('the newest of several default classes counts', () => {
  const classOf = (name: string, creationTimestamp: string, isDefault = 'true'): StorageClass => {
    const annotations = { 'storageclass.kubernetes.io/is-default-class': isDefault };
    return { metadata: { name, creationTimestamp, annotations } } as unknown as StorageClass;
  };
  const classes = [
    classOf('old', '2026-01-01T00:00:00Z'),
    classOf('b', '2026-01-02T00:00:00Z'),
    classOf('a', '2026-01-02T00:00:00Z'),
    classOf('none', '2026-01-03T00:00:00Z', 'false'),
  ];
  expect(defaultClass(classes)?.metadata.name).toBe('a');
});

it('an attachment is named after volume, driver and node', () => {
  const digest = createHash('sha256').update('handledriver.testn1').digest('hex');
  expect(attachmentName('driver.test', 'handle', 'n1')).toBe('csi-' + digest);
});
