// How claims get their volumes, and what becomes of these after them.
import type { PersistentVolumeClaim } from '../../api/extension-types';
import type { TraceRecord } from '../../sim/trace';
import { linkOf, objectOf, told, type StoryFamily, type StoryView, type Told } from './rule';

export function volumeRules(): StoryFamily {
  return {
    table: {
      'kube-controller-manager update persistentvolumeclaims/status': bound,
      'kube-controller-manager patch persistentvolumeclaims/status': bound,
      'kube-controller-manager delete persistentvolumes': (record) =>
        told('volumeReleased', { volume: record.name }, linkOf('PersistentVolume', record)),
    },
  };
}

function bound(record: TraceRecord, view: StoryView): Told | undefined {
  const claim = objectOf<PersistentVolumeClaim>(record, view);
  const volume = claim?.spec?.volumeName;
  if (!claim || claim.status?.phase !== 'Bound' || !volume) return undefined;
  const about = linkOf('PersistentVolumeClaim', record);
  return told('claimBound', { claim: record.name, volume }, about, 'good');
}
