// The static pod of a cloud-controller-manager, beside those that kubeadm writes.
// Upstream: cluster/gce/manifests/cloud-controller-manager.manifest.
import { CERTIFICATES, httpProbe, staticPod, VERSION, type Mount } from './kubeadm-static-pods';
import type { StaticPod } from './preset';

export const CLOUD_CONTROLLER_MANAGER_IMAGE = `registry.k8s.io/cloud-controller-manager:${VERSION}`;

/** Of a cluster on the simulated cloud. */
export function cloudControllerManagerPod(): StaticPod {
  const config = '/etc/kubernetes/cloud-controller-manager.conf';
  const kubeconfig: Mount = { name: 'kubeconfig', path: config, type: 'FileOrCreate' };
  const mounts = [...CERTIFICATES, kubeconfig];
  return staticPod('cloud-controller-manager', mounts, {
    name: 'cloud-controller-manager',
    image: CLOUD_CONTROLLER_MANAGER_IMAGE,
    command: [
      'cloud-controller-manager',
      '--bind-address=127.0.0.1',
      '--cloud-provider=kubarium',
      '--cluster-name=kubernetes',
      '--configure-cloud-routes=false',
      `--kubeconfig=${config}`,
      '--leader-elect=true',
      '--use-service-account-credentials=true',
    ],
    resources: { requests: { cpu: '100m' } },
    livenessProbe: httpProbe('/healthz', 10258, 'HTTPS', { failureThreshold: 8 }),
  });
}
