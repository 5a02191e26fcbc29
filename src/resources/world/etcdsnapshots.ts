// Snapshots of etcd. No Kubernetes counterpart: what `etcdctl snapshot save` writes to a file.
import { etcdSnapshots, type EtcdSnapshot } from '../../api/etcd-snapshot';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

export const etcdSnapshotDefinition: ResourceDefinition<EtcdSnapshot> = {
  ref: etcdSnapshots,
  singular: 'etcdsnapshot',
  listKind: 'EtcdSnapshotList',
  nameFormat: 'dns-subdomain',
  prepareForUpdate(snapshot, { status }) {
    snapshot.status = status;
    return snapshot;
  },
  validate({ spec }, errors) {
    const { restores = 0 } = spec ?? {};
    if (restores >= 0) return;
    errors.invalid('spec.restores', restores, 'must be greater than or equal to 0');
  },
  columns: [
    nameColumn,
    column('Revision', 'integer', 'What the cluster was at.', ({ status }) => status.revision),
    column('Objects', 'integer', 'How many objects it holds.', ({ status }) => status.objects),
    ageColumn,
  ],
};
