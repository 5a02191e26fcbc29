// The pods that a kubelet may create: mirrors of its static pods, which refer to nothing.
// Upstream: plugin/pkg/admission/noderestriction (admitPodCreate).
import { quote } from '../../api/field-errors';
import { nodes } from '../../api/resource-ref';
import { notFound } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { Store } from '../../store/store';
import { configMapNames, secretNames } from '../../api/pod-references';

const MIRROR = 'kubernetes.io/config.mirror';

/** `refuse` throws. */
export function checkMirrorPod(
  node: string,
  { metadata, spec }: Pod,
  store: Store,
  refuse: (why: string) => never,
): void {
  const who = `node ${quote(node)}`;
  if (metadata.annotations?.[MIRROR] === undefined) {
    refuse(`pod does not have ${quote(MIRROR)} annotation, ${who} can only create mirror pods`);
  }
  if (spec?.nodeName !== node) {
    refuse(`${who} can only create pods with spec.nodeName set to itself`);
  }
  checkOwner(node, metadata, store, refuse);
  const mayNot = (what: string): never =>
    refuse(`${who} can not create pods that reference ${what}`);
  if (spec.serviceAccountName) mayNot('a service account');
  if (secretNames(spec).length > 0) mayNot('secrets');
  if (configMapNames(spec).length > 0) mayNot('configmaps');
  for (const { projected } of spec.volumes ?? []) {
    if (projected?.sources?.some((source) => source.clusterTrustBundle)) {
      mayNot('clustertrustbundles');
    }
  }
  if (spec.volumes?.some((volume) => volume.persistentVolumeClaim)) {
    mayNot('persistentvolumeclaims');
  }
}

function checkOwner(
  node: string,
  { ownerReferences = [] }: Pod['metadata'],
  store: Store,
  refuse: (why: string) => never,
): void {
  const who = `node ${quote(node)}`;
  const [owner, ...more] = ownerReferences;
  if (more.length > 0) {
    refuse(`${who} can only create pods with a single owner reference set to itself`);
  }
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node) {
    refuse(`${who} can only create pods with an owner reference set to itself`);
  }
  if (!owner.controller) {
    refuse(`${who} can only create pods with a controller owner reference set to itself`);
  }
  if (owner.blockOwnerDeletion) {
    refuse(`${who} must not set blockOwnerDeletion on an owner reference`);
  }
  const found = store.get(nodes.key, '', node);
  if (!found) throw notFound({ group: '', resource: 'node' }, node);
  const { uid } = found.metadata;
  if (owner.uid !== uid) {
    refuse(`node ${node} UID mismatch: expected ${owner.uid} got ${uid}`);
  }
}
