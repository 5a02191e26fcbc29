// How claims get their volumes, and what becomes of these after them.
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/extension-types';
import type { TraceRecord } from '../../sim/trace';
import {
  linkOf,
  linkTo,
  objectOf,
  told,
  type StoryFamily,
  type StoryView,
  type Told,
} from './rule';

export function volumeRules(): StoryFamily {
  /** Who claimed a volume: one that is gone tells nothing any more. */
  const claims = new Map<string, Told['about']>();

  function made(record: TraceRecord, view: StoryView): undefined {
    const { namespace = '', name } = objectOf<PersistentVolume>(record, view)?.spec?.claimRef ?? {};
    if (name) claims.set(record.name, linkTo('PersistentVolumeClaim', namespace, name));
  }

  function released(record: TraceRecord): Told {
    const { name: volume } = record;
    const claim = claims.get(volume);
    claims.delete(volume);
    return told('volumeReleased', { volume }, linkOf('PersistentVolume', record), 'plain', claim);
  }

  return {
    table: {
      'kube-controller-manager create persistentvolumes': made,
      'kube-controller-manager update persistentvolumeclaims/status': bound,
      'kube-controller-manager patch persistentvolumeclaims/status': bound,
      'kube-controller-manager delete persistentvolumes': released,
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
