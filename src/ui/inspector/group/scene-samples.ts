// Nodes and pods of a scene for the tests of groups.
import type { PodLook, SceneNode, ScenePod } from '../../../scene/scene';

const GIB = 1024 ** 3;

export function sampleNode(name: string, change: Partial<SceneNode> = {}): SceneNode {
  return {
    name,
    machine: name,
    power: 'On',
    network: 'Connected',
    registered: true,
    ready: 'Ready',
    roles: [],
    zone: '',
    cordoned: false,
    taints: [],
    cpu: { requested: 1_000, allocatable: 4_000 },
    memory: { requested: 4 * GIB, allocatable: 16 * GIB },
    podCount: 0,
    maxPods: 110,
    imageCount: 0,
    runtime: '',
    kubeletVersion: '',
    heartbeatMs: 100_000,
    ...change,
  };
}

export function samplePod(name: string, node: string, look: PodLook = 'running'): ScenePod {
  return {
    key: `default/${name}`,
    uid: name,
    namespace: 'default',
    name,
    title: [name, ''],
    node,
    look,
    ready: 1,
    total: 1,
    containers: [],
    restarts: 0,
    createdMs: 0,
    mirror: false,
  };
}

/** `count` workers of a zone, twelve a rack; the first `down` of them changed. */
export function sampleZone(
  zone: string,
  count: number,
  down = 0,
  change: Partial<SceneNode> = {},
): SceneNode[] {
  return Array.from({ length: count }, (_, at) => {
    const rack = `${zone}-${String(Math.floor(at / 12) + 1).padStart(2, '0')}`;
    const name = `${zone}-n${at + 1}`;
    return sampleNode(name, { zone: `zone-${zone}`, rack, ...(at < down && change) });
  });
}

export function byName(nodes: readonly SceneNode[]): Map<string, SceneNode> {
  return new Map(nodes.map((node) => [node.name, node]));
}
