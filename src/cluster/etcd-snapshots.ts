// Snapshots of etcd, saved and restored as an operator does: a new EtcdSnapshot holds all objects
// of that revision; a restore stops the members, puts their content in place and starts them anew,
// with revisions above every one that was seen and all before compacted, so that whoever watched
// must list again (`etcdutl snapshot restore --bump-revision --mark-compacted`).
// Invariant: the log goes on. What a restore changes is written to it, so that the past can still
// be told.
import { etcdSnapshots, type EtcdSnapshot } from '../api/etcd-snapshot';
import { objectKey, type KubeObject } from '../api/object';
import type { ResourceDefinition } from '../resources/definition';
import { etcdSnapshotDefinition } from '../resources/world/etcdsnapshots';
import { harmedMachineDefinition } from '../resources/world/harmed-machines';
import { loadBalancerDefinition } from '../resources/world/loadbalancers';
import type { Store, StoreSnapshot } from '../store/store';
import type { Cluster } from './cluster';

/** Beside the served objects: what they hold, by their names. */
const CONTENTS = 'contents of etcdsnapshots';

interface Contents extends KubeObject {
  content: StoreSnapshot;
}

/** Gives the world snapshots, load balancers, and what may be asked of harmed machines. */
export function startWorldExtras(cluster: Cluster): void {
  const { worldServer, worldStore } = cluster;
  worldServer.redefine(harmedMachineDefinition as unknown as ResourceDefinition);
  worldServer.define(loadBalancerDefinition as unknown as ResourceDefinition);
  if (!worldStore.hasTable(CONTENTS)) worldStore.defineTable(CONTENTS);
  worldServer.define({
    ...etcdSnapshotDefinition,
    prepareForCreate: (snapshot) => take(cluster, snapshot),
    prepareForUpdate(snapshot, old, context) {
      const asked = snapshot.spec?.restores ?? 0;
      if (asked > (old.spec?.restores ?? 0)) {
        cluster.clock.after(0, () => restore(cluster, old.metadata.name));
      }
      return etcdSnapshotDefinition.prepareForUpdate!(snapshot, old, context);
    },
  } as ResourceDefinition<EtcdSnapshot> as unknown as ResourceDefinition);
}

function take(cluster: Cluster, snapshot: EtcdSnapshot): EtcdSnapshot {
  const { store, worldStore } = cluster;
  const { name } = snapshot.metadata;
  const isKept = (of: string): boolean => worldStore.get(etcdSnapshots.key, '', of) !== undefined;
  for (const contents of worldStore.list(CONTENTS)) {
    if (!isKept(contents.metadata.name)) worldStore.delete(CONTENTS, contents);
  }
  // What a name that is taken holds stays: the create is refused.
  if (!isKept(name)) {
    worldStore.create(CONTENTS, {
      apiVersion: etcdSnapshots.apiVersion,
      kind: 'EtcdSnapshotContents',
      metadata: { name },
      content: store.snapshot(),
    } as unknown as KubeObject);
  }
  snapshot.spec ??= {};
  snapshot.status = { revision: store.revision, objects: store.objectCount };
  return snapshot;
}

function restore(cluster: Cluster, name: string): void {
  const found = cluster.worldStore.get(CONTENTS, '', name) as Contents | undefined;
  if (!found) return;
  // Every member is stopped; its kubelet starts it again, with what is there then.
  for (const { name: machine } of cluster.controlPlanes.all()) {
    cluster.crashComponent('etcd', machine);
  }
  const { store } = cluster;
  const { tables } = found.content;
  for (const table of store.tableNames()) replaceTable(store, table, tables[table] ?? []);
  store.compact(store.revision);
  store.closeWatches();
  cluster.storeReplaced();
}

/** Makes a table what it was; objects that are still the same are left alone. */
function replaceTable(store: Store, table: string, then: readonly KubeObject[]): void {
  const gone = new Map(store.list(table).map((object) => [objectKey(object), object]));
  for (const object of then) {
    const key = objectKey(object);
    const now = gone.get(key);
    gone.delete(key);
    if (now === object) continue;
    const draft = { ...object, metadata: { ...object.metadata } };
    if (now) store.update(table, draft, now);
    else store.create(table, draft);
  }
  for (const object of gone.values()) store.delete(table, object);
}
