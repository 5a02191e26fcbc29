import { TOLERATION_SECONDS } from '../../api/node-eviction';
import type { Pod, Toleration } from '../../api/types';
import type { AdmissionStep } from './chain';

const DEFAULTS: Toleration[] = ['not-ready', 'unreachable'].map((condition) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: TOLERATION_SECONDS,
}));

/**
 * Lists already completed, by the list they came from, so that pods of one template share theirs.
 */
const completed = new WeakMap<Toleration[], Toleration[]>();
const FROM_NONE = completeList([]);

/** Lets pods stay five minutes on a node that is not ready or not reachable. */
export const defaultTolerationSeconds: AdmissionStep = {
  name: 'DefaultTolerationSeconds',
  operations: ['CREATE', 'UPDATE'],
  resources: ['pods'],
  admit(object) {
    const pod = object as Pod;
    const { tolerations } = pod.spec;
    if (!tolerations || tolerations.length === 0) {
      pod.spec.tolerations = FROM_NONE;
      return pod;
    }
    let list = completed.get(tolerations);
    if (!list) completed.set(tolerations, (list = completeList(tolerations)));
    if (list !== tolerations) pod.spec.tolerations = list;
    return pod;
  },
};

function completeList(tolerations: Toleration[]): Toleration[] {
  const missing = DEFAULTS.filter(
    ({ key }) =>
      !tolerations.some(
        (each) => (each.key === key || !each.key) && (each.effect === 'NoExecute' || !each.effect),
      ),
  );
  return missing.length === 0 ? tolerations : [...tolerations, ...missing];
}
