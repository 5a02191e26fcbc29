// Defaults of a pod's spec, in templates and in Pods.
// Upstream: SetDefaults_PodSpec, SetDefaults_Pod in pkg/apis/core/v1/defaults.go.
import type { Container, Pod, PodSpec, PodTemplateSpec } from '../../../api/types';
import { canonicalResourceList, canonicalResources } from '../../canonical-resources';
import { fill, mapShared, once, replace } from '../../fill';
import { defaultContainer, hostNetworkContainer, podContainer } from './container-defaults';
import { defaultVolume } from './volume-defaults';

const SPEC_DEFAULTS: Partial<PodSpec> = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: Object.freeze({}),
  schedulerName: 'default-scheduler',
};

/** A template with its defaults; the same template when it has them all. */
export const defaultTemplate = once((template: PodTemplateSpec): PodTemplateSpec => {
  const filled = fill(template, { metadata: {}, spec: {} as PodSpec });
  return replace(filled, 'spec', defaultSpec(filled.spec!, defaultContainer));
});

/** A Pod with its defaults. Writes to the top level of the pod and of its spec only. */
export function defaultPod(pod: Pod): Pod {
  const spec = defaultSpec(pod.spec ?? ({} as PodSpec), podContainer);
  pod.spec = spec === pod.spec && !Object.isFrozen(spec) ? spec : { ...spec };
  pod.spec.enableServiceLinks ??= true;
  if (pod.spec.terminationGracePeriodSeconds! < 0) pod.spec.terminationGracePeriodSeconds = 1;
  if (pod.spec.resources) pod.spec.resources = canonicalResources(pod.spec.resources);
  if (pod.spec.hostNetwork) hostPorts(pod.spec);
  return pod;
}

function defaultSpec(spec: PodSpec, forContainer: (container: Container) => Container): PodSpec {
  let next = fill(spec, SPEC_DEFAULTS);
  if (next.containers) {
    next = replace(next, 'containers', mapShared(next.containers, forContainer));
  }
  if (next.initContainers) {
    next = replace(next, 'initContainers', mapShared(next.initContainers, forContainer));
  }
  if (next.ephemeralContainers) {
    const containers = mapShared(
      next.ephemeralContainers as unknown as Container[],
      defaultContainer,
    );
    next = replace(
      next,
      'ephemeralContainers',
      containers as unknown as PodSpec['ephemeralContainers'],
    );
  }
  if (next.volumes) next = replace(next, 'volumes', mapShared(next.volumes, defaultVolume));
  if (next.overhead) next = replace(next, 'overhead', canonicalResourceList(next.overhead));
  const account = next.serviceAccountName || next.serviceAccount;
  if (account)
    next = replace(replace(next, 'serviceAccountName', account), 'serviceAccount', account);
  return next;
}

function hostPorts(spec: PodSpec): void {
  spec.containers = mapShared(spec.containers ?? [], hostNetworkContainer);
  if (spec.initContainers) {
    spec.initContainers = mapShared(spec.initContainers, hostNetworkContainer);
  }
}
