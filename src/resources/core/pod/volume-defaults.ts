// Defaults of volumes. Upstream: pkg/apis/core/v1/defaults.go.
import { canonicalQuantity, quantityError } from '../../../api/quantity';
import type { Volume } from '../../../api/types';
import { fill, mapShared, once, replace } from '../../fill';
import { pullPolicy } from './container-defaults';

const FILE_MODE = 420;
const EMPTY = Object.freeze({});

/** What each kind of source is filled with. */
const SOURCE_DEFAULTS: Readonly<Record<string, object>> = {
  secret: { defaultMode: FILE_MODE },
  configMap: { defaultMode: FILE_MODE },
  downwardAPI: { defaultMode: FILE_MODE },
  projected: { defaultMode: FILE_MODE },
  hostPath: { type: '' },
  iscsi: { iscsiInterface: 'default' },
  rbd: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  azureDisk: { cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false },
  scaleIO: { storageMode: 'ThinProvisioned', fsType: 'xfs' },
};

/** A volume without a source is an empty directory. */
export const defaultVolume = once((volume: Volume): Volume => {
  const fields = volume as unknown as Record<string, object | undefined>;
  const source = Object.keys(fields).find((key) => key !== 'name' && fields[key] != null);
  if (source === undefined) return { ...volume, emptyDir: EMPTY };
  let next = volume;
  const defaults = SOURCE_DEFAULTS[source];
  if (defaults) {
    next = replace(next, source as keyof Volume, fill(fields[source]!, defaults) as never);
  }
  return defaultParts(next);
});

function defaultParts(volume: Volume): Volume {
  const { downwardAPI, projected, emptyDir, ephemeral, image } = volume;
  if (downwardAPI?.items) {
    const items = mapShared(downwardAPI.items, defaultItem);
    return replace(volume, 'downwardAPI', replace(downwardAPI, 'items', items));
  }
  if (projected?.sources) {
    const sources = mapShared(projected.sources, defaultProjection);
    return replace(volume, 'projected', replace(projected, 'sources', sources));
  }
  if (emptyDir?.sizeLimit !== undefined && quantityError(emptyDir.sizeLimit) === undefined) {
    const sizeLimit = canonicalQuantity(emptyDir.sizeLimit);
    return replace(volume, 'emptyDir', replace(emptyDir, 'sizeLimit', sizeLimit));
  }
  const claim = ephemeral?.volumeClaimTemplate;
  if (claim?.spec) {
    const spec = fill(claim.spec, { volumeMode: 'Filesystem' });
    const template = replace(claim, 'spec', spec);
    return replace(volume, 'ephemeral', replace(ephemeral!, 'volumeClaimTemplate', template));
  }
  if (image) {
    const filled = fill(image, { pullPolicy: pullPolicy(image.reference ?? '') });
    return replace(volume, 'image', filled);
  }
  return volume;
}

type DownwardItem = NonNullable<NonNullable<Volume['downwardAPI']>['items']>[number];
type Projection = NonNullable<NonNullable<Volume['projected']>['sources']>[number];

function defaultItem(item: DownwardItem): DownwardItem {
  let next = item;
  if (next.fieldRef) next = replace(next, 'fieldRef', fill(next.fieldRef, { apiVersion: 'v1' }));
  if (next.resourceFieldRef) {
    next = replace(next, 'resourceFieldRef', fill(next.resourceFieldRef, { divisor: '0' }));
  }
  return next;
}

function defaultProjection(source: Projection): Projection {
  const { serviceAccountToken, downwardAPI } = source;
  if (serviceAccountToken) {
    const token = fill(serviceAccountToken, { expirationSeconds: 3600 });
    return replace(source, 'serviceAccountToken', token);
  }
  if (downwardAPI?.items) {
    const items = mapShared(downwardAPI.items, defaultItem);
    return replace(source, 'downwardAPI', replace(downwardAPI, 'items', items));
  }
  return source;
}
