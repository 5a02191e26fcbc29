// The local-path provisioner, as kind installs it: a directory on the node that the claim's first
// pod goes to. Upstream: github.com/rancher/local-path-provisioner.
import type { PersistentVolumeClaim, PersistentVolumeSpec } from '../../api/extension-types';
import { provisionerController } from './provisioner';

const PROVISIONER = 'rancher.io/local-path';
const ROOT = '/var/local-path-provisioner';
const ONE_NODE_MODES = ['ReadWriteOnce', 'ReadWriteOncePod'];

export const localPathProvisioner = provisionerController({
  name: 'local-path-provisioner',
  eventSource:
    `${PROVISIONER}_local-path-provisioner-7dc846544d-9mgtv_` +
    '5e4f6c0a-8f5c-4f0e-9d8e-1f4c8c2f6b7d',
  // Each is done by a helper pod.
  provisionMs: 3_200,
  deleteMs: 3_500,
  start: () => ({
    serves: (provisioner) => provisioner === PROVISIONER,
    problem({ spec }, nodeName) {
      const isOneNode = spec.accessModes?.every((mode) => ONE_NODE_MODES.includes(mode));
      if (!isOneNode) {
        return 'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes';
      }
      return nodeName ? '' : 'configuration error, no node was specified';
    },
    place: (name, claim, nodeName) => ({
      hostPath: { path: pathOf(name, claim), type: 'DirectoryOrCreate' },
      nodeAffinity: onlyOn(nodeName),
    }),
  }),
});

function pathOf(name: string, { metadata }: PersistentVolumeClaim): string {
  return `${ROOT}/${name}_${metadata.namespace}_${metadata.name}`;
}

function onlyOn(nodeName: string): PersistentVolumeSpec['nodeAffinity'] {
  const isNode = { key: 'kubernetes.io/hostname', operator: 'In' as const, values: [nodeName] };
  return { required: { nodeSelectorTerms: [{ matchExpressions: [isNode] }] } };
}
