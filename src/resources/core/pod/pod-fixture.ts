import type { Container, Pod, PodSpec, PodStatus } from '../../../api/types';
import { podDefinition } from '../pods';

/** A pod as the server stores it, for tests. */
export function storedPod(spec: Partial<PodSpec> = {}, status: Partial<PodStatus> = {}): Pod {
  const main: Container = { name: 'main', image: 'nginx:1.27' };
  const pod = podDefinition.applyDefaults!({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web',
      namespace: 'default',
      uid: 'u',
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: { containers: [main], serviceAccountName: 'default', ...spec },
    status: {},
  });
  return { ...pod, status: { phase: 'Running', ...status } };
}
