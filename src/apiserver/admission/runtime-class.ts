// RuntimeClass: gives a pod the overhead, node selector and tolerations of its runtime class.
// Upstream: plugin/pkg/admission/runtimeclass/admission.go.
import { deepEqual } from '../../api/deep-equal';
import { runtimeClasses } from '../../api/extension-refs';
import type { RuntimeClass } from '../../api/extension-types';
import type { KubeObject } from '../../api/object';
import { equalAmounts, type Amounts } from '../../api/resource-amounts';
import { pods } from '../../api/resource-ref';
import { forbidden } from '../../api/status-error';
import type { Pod, Toleration } from '../../api/types';
import type { AdmissionRequest, AdmissionStep } from './chain';

export const runtimeClass: AdmissionStep = {
  name: 'RuntimeClass',
  operations: ['CREATE'],
  resources: [pods.key],
  admit(object: KubeObject, { ref, store }: AdmissionRequest): KubeObject {
    const pod = object as Pod;
    const { runtimeClassName: className, overhead } = pod.spec;
    const refuse = (why: string): never => {
      const name = pod.metadata.name || (pod.metadata.generateName ?? '');
      throw forbidden(ref, name, `pod rejected: ${why}`);
    };
    if (!className) {
      if (!overhead || Object.keys(overhead).length === 0) return pod;
      return refuse('Pod Overhead set without corresponding RuntimeClass defined Overhead');
    }
    const found = store.get(runtimeClasses.key, '', className) as RuntimeClass | undefined;
    if (!found) return refuse(`RuntimeClass "${className}" not found`);
    setOverhead(pod, found, refuse);
    setScheduling(pod, found, refuse);
    return pod;
  },
};

type Refuse = (why: string) => never;

function setOverhead({ spec }: Pod, { overhead }: RuntimeClass, refuse: Refuse): void {
  const fixed = overhead?.podFixed as Amounts | undefined;
  const given = spec.overhead as Amounts | undefined;
  if (given && !equalAmounts(given, fixed ?? {})) {
    refuse("Pod's Overhead doesn't match RuntimeClass's defined Overhead");
  }
  if (fixed) spec.overhead = fixed as never;
}

function setScheduling({ spec }: Pod, { scheduling }: RuntimeClass, refuse: Refuse): void {
  if (!scheduling) return;
  const { nodeSelector = {}, tolerations = [] } = scheduling;
  for (const key of Object.keys(nodeSelector).sort()) {
    const own = spec.nodeSelector?.[key];
    if (own === undefined || own === nodeSelector[key]) continue;
    refuse(
      `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${nodeSelector[key]}; ` +
        `pod.spec.nodeSelector[${key}] = ${own}`,
    );
  }
  if (Object.keys(nodeSelector).length > 0) {
    spec.nodeSelector = { ...spec.nodeSelector, ...nodeSelector };
  }
  const own = spec.tolerations ?? [];
  const more = (tolerations as Toleration[]).filter((each) => !own.some((o) => deepEqual(o, each)));
  if (more.length > 0) spec.tolerations = [...own, ...more];
}
