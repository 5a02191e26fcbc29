import type { Node } from '../../api/types';
import type { AdmissionStep } from './chain';

const NOT_READY = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' } as const;

/** A new node takes no pods until the node controller has seen it ready. */
export const taintNodesByCondition: AdmissionStep = {
  name: 'TaintNodesByCondition',
  operations: ['CREATE'],
  resources: ['nodes'],
  admit(object) {
    const node = object as Node;
    const taints = node.spec.taints ?? [];
    if (!taints.some(({ key, effect }) => key === NOT_READY.key && effect === NOT_READY.effect)) {
      node.spec.taints = [...taints, NOT_READY];
    }
    return node;
  },
};
