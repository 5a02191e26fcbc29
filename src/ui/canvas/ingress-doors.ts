// Ingresses as doors of the cluster: what the side column says of each, and to which Services it
// leads. They come by list and watch of their own, since the picture's messages carry none.
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Ingress } from '../../api/extension-types';
import { ingresses } from '../../api/extension-refs';
import type { SceneService } from '../../scene/scene';
import { collectionPath } from '../state/object-path';
import { useScene } from '../state/scene-store';
import { useCollection } from '../state/use-collection';

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

/** What an Ingress is as a door. */
export function doorOf({ metadata, spec, status }: Ingress): Door {
  const rules = spec?.rules ?? [];
  const routes: DoorRoute[] = rules.flatMap(({ http }) =>
    (http?.paths ?? []).map(({ path, backend }) => ({
      path: path || '/',
      service: backend.service?.name ?? backend.resource?.name ?? '',
    })),
  );
  const fallback = spec?.defaultBackend?.service?.name;
  if (fallback) routes.push({ path: '*', service: fallback });
  const hosts = [...new Set(rules.map(({ host }) => host ?? ''))];
  return {
    key: `${metadata.namespace}/${metadata.name}`,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    host: hosts[0] ?? '',
    moreHosts: Math.max(0, hosts.length - 1),
    routes,
    hasAddress: (status?.loadBalancer?.ingress?.length ?? 0) > 0,
  };
}

/** Keys of the Services that a door leads to. */
export function servicesBehind({ namespace, routes }: Door): Set<string> {
  return new Set(routes.map(({ service }) => `${namespace}/${service}`));
}

/** True for a Service that outside traffic reaches without an Ingress. */
export function isExposed({ type }: Pick<SceneService, 'type'>): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

const doorStore = create<{ doors: readonly Door[] }>(() => ({ doors: [] }));

/** The doors of the cluster, by namespace and name. */
export function useDoors(): readonly Door[] {
  return doorStore((state) => state.doors);
}

/** Keeps the doors as they are; mounted once, with the picture. */
export function IngressWatch(): null {
  // Not before the first picture is alive: nobody has made an Ingress by then.
  const isAlive = useScene(({ live, nodes }) => live && nodes.size > 0);
  const items = useCollection<Ingress>(isAlive ? collectionPath(ingresses) : undefined);
  useEffect(() => {
    const doors = [...(items?.values() ?? [])].map(doorOf);
    doors.sort((a, b) => (a.key < b.key ? -1 : 1));
    doorStore.setState((held) => (same(held.doors, doors) ? held : { doors }));
  }, [items]);
  return null;
}

function same(a: readonly Door[], b: readonly Door[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
