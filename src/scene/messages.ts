// Trace records as messages on the move between the places of the picture.
import type { TraceRecord } from '../sim/trace';
import type { SceneMessage, ScenePlace } from './scene';

/** Machines are of the world: no API server of the cluster sees them. */
export const MACHINES = 'machines.sim.kubarium.dev';

/** How long a request, its answer and a watch event travel, virtual ms. */
export interface TravelTimes {
  requestMs: number;
  watchMs: number;
}

/** The messages that a record stands for: a request and what it did, or a delivered event. */
export function messagesOf(record: TraceRecord, times: TravelTimes): SceneMessage[] {
  const place = placeOf(record.actor);
  if (!place) return [];
  const { verb, resource, namespace, name, code, id } = record;
  const base = { verb, resource, namespace, name, code };
  if (verb === 'deliver') {
    const durationMs = times.watchMs;
    const look = 'watch' as const;
    return [
      {
        ...base,
        id: id * 4,
        look,
        from: 'kube-apiserver',
        to: place,
        atMs: record.atMs,
        durationMs,
      },
    ];
  }
  const isHeartbeat = resource === 'leases.coordination.k8s.io' && place.startsWith('node:');
  // Who looks whether something is there takes no for an answer: every apply begins so.
  const isToldNo = code === 404 && verb === 'get';
  const failed = code >= 400 && !isToldNo;
  const half = times.requestMs / 2;
  const messages: SceneMessage[] = [
    {
      ...base,
      id: id * 4,
      look: isHeartbeat ? 'heartbeat' : failed ? 'failure' : 'request',
      from: place,
      to: 'kube-apiserver',
      atMs: record.atMs,
      durationMs: half,
    },
  ];
  if (isHeartbeat) return messages;
  if (record.revision > 0) {
    messages.push({
      ...base,
      id: id * 4 + 1,
      look: 'request',
      from: 'kube-apiserver',
      to: 'etcd',
      atMs: record.atMs + half,
      durationMs: half,
    });
  }
  if (place === 'you' && !failed) {
    messages.push({
      ...base,
      id: id * 4 + 2,
      look: 'answer',
      from: 'kube-apiserver',
      to: place,
      atMs: record.atMs + half,
      durationMs: half,
    });
  }
  return messages;
}

/**
 * A program in a pod is where its machine is. Undefined for actors that have no place: the server
 * itself, the picture's own client.
 */
export function placeOf(actor: string): ScenePlace | undefined {
  const [, machine] = / pod\/([^/]+)/.exec(actor) ?? [];
  if (machine) return `node:${machine}`;
  if (actor.startsWith('kubelet/')) return `node:${actor.slice('kubelet/'.length)}`;
  switch (actor) {
    case 'kube-scheduler':
    case 'kube-controller-manager':
    case 'cloud-controller-manager':
      return actor;
    case 'kubectl':
    case 'you':
      return 'you';
    default:
      return undefined;
  }
}
