// Names by which the attach-detach controller and the kubelet know the volumes of CSI drivers.
// Upstream: pkg/volume/csi/csi_attacher.go (getAttachmentName), pkg/volume/util/util.go.
import { sha256 } from './sha256';

/** The volume's name in Node.status.volumesInUse and volumesAttached. */
export function uniqueVolumeName(driver: string, volumeHandle: string): string {
  return `kubernetes.io/csi/${driver}^${volumeHandle}`;
}

/** The VolumeAttachment that brings the volume to the node. */
export function attachmentName(driver: string, volumeHandle: string, nodeName: string): string {
  const bytes = Array.from(volumeHandle + driver + nodeName, (letter) => letter.charCodeAt(0));
  const digits = Array.from(sha256(bytes), (byte) => byte.toString(16).padStart(2, '0'));
  return 'csi-' + digits.join('');
}
