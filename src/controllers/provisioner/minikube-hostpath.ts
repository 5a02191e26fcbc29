// The provisioner of minikube: a directory, wherever the pod is. Upstream:
// k8s.io/minikube/pkg/storage/storage_provisioner.go.
import { provisionerController } from './provisioner';

const PROVISIONER = 'k8s.io/minikube-hostpath';

export const minikubeHostPathProvisioner = provisionerController({
  name: 'minikube-hostpath-provisioner',
  eventSource: `${PROVISIONER}_minikube_c2a1f0de-41d6-4a4c-8a3e-6d6f2ad8a0b1`,
  provisionMs: 20,
  deleteMs: 20,
  start: () => ({
    serves: (provisioner) => provisioner === PROVISIONER,
    problem: () => '',
    place: (_name, { metadata }) => ({
      hostPath: {
        path: `/tmp/hostpath-provisioner/${metadata.namespace}/${metadata.name}`,
        type: '',
      },
    }),
  }),
});
