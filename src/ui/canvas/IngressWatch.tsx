import { useEffect } from 'react';
import { ingresses } from '../../api/extension-refs';
import type { Ingress } from '../../api/extension-types';
import { collectionPath } from '../state/object-path';
import { useCollection } from '../state/use-collection';
import { doorStore, type Door, type DoorRoute } from './ingress-doors';

/** Keeps the doors as they are; mounted once, when the picture is alive. */
export default function IngressWatch(): null {
  const items = useCollection<Ingress>(collectionPath(ingresses));
  useEffect(() => {
    const doors = [...(items?.values() ?? [])].map(doorOf);
    doors.sort((a, b) => (a.key < b.key ? -1 : 1));
    doorStore.setState((held) => (same(held.doors, doors) ? held : { doors }));
  }, [items]);
  return null;
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

function same(a: readonly Door[], b: readonly Door[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
