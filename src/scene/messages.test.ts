import { describe, expect, it, test } from 'vitest';
import type { TraceRecord } from '../sim/trace';
import { messagesOf, placeOf } from './messages';

const TIMES = { requestMs: 40, watchMs: 120 };

function record(extra: Partial<TraceRecord>): TraceRecord {
  const base = { id: 7, atMs: 1000, verb: 'update', resource: 'pods', namespace: 'a', name: 'b' };
  return { ...base, actor: 'kube-scheduler', code: 200, revision: 0, cause: 0, ...extra };
}

/** 'id look from > to at+duration' */
function told(extra: Partial<TraceRecord>): string[] {
  return messagesOf(record(extra), TIMES).map(
    ({ id, look, from, to, atMs, durationMs }) =>
      `${id} ${look} ${from} > ${to} ${atMs}+${durationMs}`,
  );
}

describe('a record becomes messages:', () => {
  it.each<[string, Partial<TraceRecord>, string[]]>([
    ['a read goes to the server', {}, ['28 request kube-scheduler > kube-apiserver 1000+20']],
    [
      'a write goes on to etcd',
      { revision: 5 },
      [
        '28 request kube-scheduler > kube-apiserver 1000+20',
        '29 request kube-apiserver > etcd 1020+20',
      ],
    ],
    [
      "a person's request comes back",
      { actor: 'kubectl', revision: 5 },
      [
        '28 request you > kube-apiserver 1000+20',
        '29 request kube-apiserver > etcd 1020+20',
        '30 answer kube-apiserver > you 1020+20',
      ],
    ],
    [
      'a refusal ends at the server',
      { actor: 'kubectl', code: 409 },
      ['28 failure you > kube-apiserver 1000+20'],
    ],
    [
      'an apply that looks first whether something is there has not failed, and is answered',
      { actor: 'kubectl', verb: 'get', code: 404 },
      ['28 request you > kube-apiserver 1000+20', '30 answer kube-apiserver > you 1020+20'],
    ],
    [
      'a program that only looks whether something is there has not failed',
      { actor: 'kubelet/n1', verb: 'get', code: 404 },
      ['28 request node:n1 > kube-apiserver 1000+20'],
    ],
    [
      'a heartbeat is small, though it is a write',
      { actor: 'kubelet/n1', resource: 'leases.coordination.k8s.io', revision: 9 },
      ['28 heartbeat node:n1 > kube-apiserver 1000+20'],
    ],
    [
      'a lease of a program is a write as any other',
      { resource: 'leases.coordination.k8s.io', revision: 9 },
      [
        '28 request kube-scheduler > kube-apiserver 1000+20',
        '29 request kube-apiserver > etcd 1020+20',
      ],
    ],
    [
      'a delivery comes from the server',
      { verb: 'deliver', revision: 9 },
      ['28 watch kube-apiserver > kube-scheduler 1000+120'],
    ],
    ['what the server does itself is not shown', { actor: 'kube-apiserver', revision: 3 }, []],
  ])('%s', (_what, extra, messages) => {
    expect(told(extra)).toEqual(messages);
  });
});

test('a message says what it is about', () => {
  const [message] = messagesOf(record({ code: 201, verb: 'create' }), TIMES);
  const { verb, resource, namespace, name, code } = message;
  expect([verb, resource, namespace, name, code]).toEqual(['create', 'pods', 'a', 'b', 201]);
});

test.each([
  ['kubectl', 'you'],
  ['you', 'you'],
  ['kubelet/n1', 'node:n1'],
  ['kube-scheduler', 'kube-scheduler'],
  ['kube-controller-manager', 'kube-controller-manager'],
  ['cloud-controller-manager', 'cloud-controller-manager'],
  ['traefik-kubernetes-ingress pod/n1/kube-system/traefik', 'node:n1'],
  ['kube-apiserver', undefined],
  ['picture', undefined],
  ['kubeadm', undefined],
])('%s has its place: %s', (actor, place) => {
  expect(placeOf(actor)).toBe(place);
});
