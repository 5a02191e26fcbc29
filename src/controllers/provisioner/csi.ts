// CSI drivers with their external-provisioner: whoever brings a CSIDriver is taken to bring the
// driver too. Volumes can be reached from where the node's topology keys say.
// Upstream: github.com/kubernetes-csi/external-provisioner.
import { csiDrivers, csiNodes, volumeAttributesClasses } from '../../api/extension-refs';
import type { PersistentVolumeSpec } from '../../api/extension-types';
import { nodes } from '../../api/resource-ref';
import { provisionerController } from './provisioner';

export const csiProvisioner = provisionerController({
  name: 'csi-provisioner',
  eventSource: 'csi-provisioner',
  provisionMs: 1_500,
  deleteMs: 1_500,
  start(context, lookAgain) {
    const drivers = context.watch(csiDrivers, { added: lookAgain });
    const csiNodeInformer = context.informer(csiNodes);
    const nodeInformer = context.informer(nodes);
    const attributes = context.informer(volumeAttributesClasses);
    const reach = (nodeName: string, driver: string): PersistentVolumeSpec['nodeAffinity'] => {
      const node = csiNodeInformer.get(nodeName || ' ');
      const keys = node?.spec.drivers?.find(({ name }) => name === driver)?.topologyKeys ?? [];
      const labels = nodeInformer.get(nodeName || ' ')?.metadata.labels ?? {};
      const matchExpressions = keys
        .filter((key) => labels[key] !== undefined)
        .map((key) => ({ key, operator: 'In' as const, values: [labels[key]] }));
      if (matchExpressions.length === 0) return undefined;
      return { required: { nodeSelectorTerms: [{ matchExpressions }] } };
    };
    return {
      serves: (provisioner) => drivers.get(provisioner || ' ') !== undefined,
      problem({ spec }) {
        const className = spec.volumeAttributesClassName;
        if (!className || attributes.get(className)) return '';
        return `volumeattributesclass.storage.k8s.io "${className}" not found`;
      },
      place(_name, claim, nodeName, driver) {
        const nodeAffinity = reach(nodeName, driver);
        const identity = { 'storage.kubernetes.io/csiProvisionerIdentity': `1-8081-${driver}` };
        const volumeHandle = context.sim.random('csi volumes').uuid();
        const isBlock = claim.spec.volumeMode === 'Block';
        const fsType = isBlock ? {} : { fsType: 'ext4' };
        const className = claim.spec.volumeAttributesClassName;
        return {
          csi: { driver, volumeHandle, ...fsType, volumeAttributes: identity },
          ...(nodeAffinity && { nodeAffinity }),
          ...(className && { volumeAttributesClassName: className }),
        };
      },
    };
  },
});
