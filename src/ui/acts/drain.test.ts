import { describe, expect, test } from 'vitest';
import type { Pod } from '../../api/types';
import type { HttpRequest } from '../../host/protocol';
import { drain, podsToEvict } from './drain';

function pod(name: string, change: Partial<Pod['metadata']> = {}, phase = 'Running'): Pod {
  const controller = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: 'rs',
    uid: 'r',
    controller: true,
  };
  const metadata = {
    name,
    namespace: 'default',
    uid: name,
    ownerReferences: [controller],
    ...change,
  };
  return { metadata, spec: { containers: [] }, status: { phase } } as unknown as Pod;
}

const daemon = {
  ownerReferences: [
    { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'd', uid: 'd', controller: true },
  ],
};

describe('podsToEvict', () => {
  test('leaves mirrors and pods of DaemonSets', () => {
    const mirror = pod('etcd', { annotations: { 'kubernetes.io/config.mirror': 'x' } });
    const found = podsToEvict([mirror, pod('proxy', daemon), pod('web')], false);
    expect(found.map(({ metadata }) => metadata.name)).toEqual(['web']);
  });

  test('refuses pods that nobody makes anew, unless it is forced or they are over', () => {
    const bare = pod('bare', { ownerReferences: [] });
    const over = pod('over', { ownerReferences: [] }, 'Succeeded');
    expect(() => podsToEvict([bare], false)).toThrow(
      'cannot delete Pods that declare no controller (use --force to override): default/bare',
    );
    expect(podsToEvict([bare], true)).toEqual([bare]);
    expect(podsToEvict([over], false)).toEqual([over]);
  });
});

describe('drain', () => {
  /** A server whose budget refuses the first eviction. */
  function server() {
    const seen: string[] = [];
    let evictions = 0;
    let reads = 0;
    const request = ({ method, path }: HttpRequest) => {
      seen.push(`${method} ${path}`);
      const answer = (status: number, body: object) =>
        Promise.resolve({ status, headers: {}, body: JSON.stringify(body) });
      const failure = (code: number, message: string) =>
        answer(code, { kind: 'Status', status: 'Failure', message, code });
      if (path.endsWith('/eviction')) {
        return evictions++ === 0
          ? failure(429, "Cannot evict pod as it would violate the pod's disruption budget.")
          : answer(201, {});
      }
      if (path.startsWith('/api/v1/pods?')) return answer(200, { items: [pod('web')] });
      if (method === 'GET') return reads++ === 0 ? answer(200, pod('web')) : failure(404, 'gone');
      return answer(200, {});
    };
    return { seen, request };
  }

  test('cordons, evicts, tries again after five seconds what a budget refused, and waits', async () => {
    const { seen, request } = server();
    const said: string[] = [];
    const waits: number[] = [];
    const result = await drain('n1', false, {
      request,
      tell: (text) => said.push(text),
      wait: (ms) => Promise.resolve(void waits.push(ms)),
      isStopped: () => false,
    });
    expect(result).toBe('node/n1 drained');
    const path = '/api/v1/namespaces/default/pods/web';
    expect(seen).toEqual([
      'PATCH /api/v1/nodes/n1',
      'GET /api/v1/pods?fieldSelector=spec.nodeName%3Dn1',
      `POST ${path}/eviction`,
      `POST ${path}/eviction`,
      `GET ${path}`,
      `GET ${path}`,
    ]);
    expect(waits).toEqual([5_000, 1_000]);
    expect(said).toEqual([
      '0 of 1 pods evicted',
      `error when evicting pods/"web" -n "default" (will retry after 5s): ` +
        "Cannot evict pod as it would violate the pod's disruption budget.",
      '1 of 1 pods evicted',
    ]);
  });

  test('ends early when it is stopped', async () => {
    const { request } = server();
    const sending = {
      request,
      tell: () => {},
      wait: () => Promise.resolve(),
      isStopped: () => true,
    };
    await expect(drain('n1', false, sending)).rejects.toThrow('stopped; the node stays cordoned');
  });
});
