// The index of pods by the node that they are bound to, shared by the controllers that watch nodes.
import type { Pod } from '../api/types';
import type { Informer } from '../client/informer';
import type { IndexBucket } from '../client/object-index';

const NONE: readonly string[] = Object.freeze([]);

export function indexByNode(pods: Informer<Pod>): void {
  pods.addIndex('node', ({ spec }) => (spec.nodeName ? [spec.nodeName] : NONE));
}

/** Pods bound to the node. The bucket is live. */
export function podsOn(pods: Informer<Pod>, nodeName: string): IndexBucket<Pod> {
  return pods.byIndex('node', nodeName);
}
