// Where the objects that the page opens live in the API.
import * as extensionRefs from '../../api/extension-refs';
import {
  configMaps,
  daemonSets,
  deployments,
  endpointSlices,
  machines,
  namespaces,
  nodes,
  pods,
  replicaSets,
  secrets,
  serviceAccounts,
  services,
} from '../../api/resource-ref';
import type { ResourceRef } from '../../api/resource-ref';
import type { Selection } from './scene-store';

const refs: readonly ResourceRef[] = [
  pods,
  nodes,
  services,
  deployments,
  replicaSets,
  daemonSets,
  machines,
  configMaps,
  secrets,
  serviceAccounts,
  namespaces,
  endpointSlices,
  ...Object.values(extensionRefs),
] as readonly ResourceRef[];

const byKind = new Map(refs.map((ref) => [ref.kind, ref]));

/** The resource of a kind that the inspector can open. */
export function refOfKind(kind: string): ResourceRef | undefined {
  return byKind.get(kind);
}

/** '/apis/apps/v1/namespaces/default/deployments/web'; undefined for what is no API object. */
export function objectPath({ kind, namespace, name }: Selection): string | undefined {
  const ref = byKind.get(kind);
  return ref && `${collectionPath(ref, namespace)}/${encodeURIComponent(name)}`;
}

/** Of one namespace, or of all when none is given. */
export function collectionPath(ref: ResourceRef, namespace = ''): string {
  const root = ref.group ? `/apis/${ref.apiVersion}` : `/api/${ref.version}`;
  const scope = ref.namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${ref.resource}`;
}
