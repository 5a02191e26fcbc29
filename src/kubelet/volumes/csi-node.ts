// The CSINode of this machine: which drivers are registered here. The kubelet makes it when it has
// registered its Node; drivers put themselves in.
// Upstream: pkg/volume/csi/nodeinfomanager.
import { csiNodes } from '../../api/extension-refs';
import type { CSINode } from '../../api/extension-types';
import { ConnectionError, isNotFound, StatusError } from '../../api/status-error';
import type { KubeletContext } from '../context';
import type { NodeAgent } from '../node-agent';

const RETRY_MS = 5_000;
const MIGRATED_PLUGINS = [
  'kubernetes.io/aws-ebs',
  'kubernetes.io/azure-disk',
  'kubernetes.io/azure-file',
  'kubernetes.io/cinder',
  'kubernetes.io/gce-pd',
  'kubernetes.io/portworx-volume',
  'kubernetes.io/vsphere-volume',
].join(',');

/** Makes the object where it is missing, and tries until it is there. */
export function ensureCsiNode(context: KubeletContext, nodeAgent: NodeAgent): void {
  const { client, machine, scope } = context;
  try {
    if (findCsiNode(context)) return;
    const { uid } = nodeAgent.node!.metadata;
    const { name } = machine;
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name, uid }];
    const annotations = { 'storage.alpha.kubernetes.io/migrated-plugins': MIGRATED_PLUGINS };
    client.create(csiNodes, { metadata: { name, annotations, ownerReferences }, spec: EMPTY });
  } catch (error) {
    if (!(error instanceof ConnectionError || error instanceof StatusError)) throw error;
    scope.after(RETRY_MS, () => ensureCsiNode(context, nodeAgent));
  }
}

const EMPTY = Object.freeze({ drivers: [] });

/** As the server has it now; undefined when it has none. */
export function findCsiNode({ client, machine }: KubeletContext): CSINode | undefined {
  try {
    return client.get(csiNodes, '', machine.name);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
