// Ingresses as doors of the cluster: what the side column says of each, and to which Services it
// leads. They come by list and watch of their own, since the picture's messages carry none.
import { create } from 'zustand';
import type { SceneService } from '../../scene/scene';

export interface Door {
  /** 'namespace/name' */
  key: string;
  namespace: string;
  name: string;
  /** The first host; '' for any. */
  host: string;
  moreHosts: number;
  /** Every path and the Service behind it, in the order of the rules. */
  routes: readonly DoorRoute[];
  /** True once a controller has given it an address: before, nothing listens. */
  hasAddress: boolean;
}

export interface DoorRoute {
  path: string;
  service: string;
}

/** Keys of the Services that a door leads to. */
export function servicesBehind({ namespace, routes }: Door): Set<string> {
  return new Set(routes.map(({ service }) => `${namespace}/${service}`));
}

/** True for a Service that outside traffic reaches without an Ingress. */
export function isExposed({ type }: Pick<SceneService, 'type'>): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** Filled by `IngressWatch`. */
export const doorStore = create<{ doors: readonly Door[] }>(() => ({ doors: [] }));

/** The doors of the cluster, by namespace and name. */
export function useDoors(): readonly Door[] {
  return doorStore((state) => state.doors);
}
