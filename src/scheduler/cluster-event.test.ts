import { describe, expect, it } from 'vitest';
import type { Node, Pod } from '../api/types';
import { assignedPodChanges, nodeChanges, pendingPodChanges } from './cluster-event';
import { nodeOf, podOf, type NodeDraft, type PodDraft } from './fake-cluster';

const ready = (status: string): Node['status']['conditions'] => [{ type: 'Ready', status }];

describe('changes of a node', () => {
  const taints = [{ key: 'k', effect: 'NoSchedule' as const }];
  it.each<[string, Partial<NodeDraft>, Partial<NodeDraft>, string[]]>([
    ['a heartbeat is none', {}, {}, []],
    ['more cpu', { cpu: '1' }, { cpu: '2' }, ['NodeAllocatable']],
    ['a label', {}, { labels: { a: 'b' } }, ['NodeLabel']],
    ['a taint', { taints }, {}, ['NodeTaint']],
    ['an uncordon', { unschedulable: true }, {}, ['NodeTaint']],
    ['a cordon is none', {}, { unschedulable: true }, []],
    ['two at once', { cpu: '1', taints }, { cpu: '2' }, ['NodeAllocatable', 'NodeTaint']],
  ])('%s', (_, before, after, kinds) => {
    expect(nodeChanges(nodeOf({ name: 'n', ...after }), nodeOf({ name: 'n', ...before }))).toEqual(
      kinds,
    );
  });

  it('conditions count by type and status only', () => {
    const node = nodeOf({ name: 'n' });
    const withReady = (status: string, lastHeartbeatTime: string): Node => {
      const conditions = ready(status)!.map((condition) => ({ ...condition, lastHeartbeatTime }));
      return { ...node, status: { ...node.status, conditions } };
    };
    expect(nodeChanges(withReady('True', '2'), withReady('True', '1'))).toEqual([]);
    expect(nodeChanges(withReady('True', '2'), withReady('False', '1'))).toEqual(['NodeCondition']);
  });
});

describe('changes of a pod', () => {
  const tolerations = [{ operator: 'Exists' as const }];
  it.each<[string, Partial<PodDraft>, Partial<PodDraft>, string[], string[]]>([
    ['nothing that matters', {}, {}, ['PodUpdate'], ['AssignedPodUpdate']],
    ['a label', {}, { labels: { a: 'b' } }, ['PodLabel'], ['AssignedPodLabel']],
    ['less cpu', { cpu: '2' }, { cpu: '1' }, ['PodScaleDown'], ['AssignedPodScaleDown']],
    ['more cpu', { cpu: '1' }, { cpu: '2' }, ['PodUpdate'], ['AssignedPodUpdate']],
    ['a toleration', {}, { tolerations }, ['PodToleration'], ['AssignedPodUpdate']],
    [
      'the last gate',
      { schedulingGates: [{ name: 'g' }] },
      { schedulingGates: [] },
      ['PodGatesEliminated'],
      ['AssignedPodUpdate'],
    ],
  ])('%s', (_, before, after, pending, assigned) => {
    const pod: Pod = podOf({ name: 'p', ...after });
    const old: Pod = podOf({ name: 'p', ...before });
    expect(pendingPodChanges(pod, old)).toEqual(pending);
    expect(assignedPodChanges(pod, old)).toEqual(assigned);
  });
});
