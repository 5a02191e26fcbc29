// Which Services gain and lose pods to send to.
import type { EndpointSlice } from '../../api/types';
import type { TraceRecord } from '../../sim/trace';
import { linkTo, objectOf, told, type StoryFamily, type StoryView, type Told } from './rule';

const SERVICE = 'kubernetes.io/service-name';

export function endpointRules(): StoryFamily {
  /** Ready endpoints that were told last, by slice. */
  const last = new Map<string, number>();

  function changed(record: TraceRecord, view: StoryView): Told | undefined {
    const slice = objectOf<EndpointSlice>(record, view);
    const service = slice?.metadata.labels?.[SERVICE];
    if (!slice || !service) return undefined;
    const endpoints = slice.endpoints ?? [];
    const total = endpoints.length;
    const ready = endpoints.filter(({ conditions }) => conditions?.ready !== false).length;
    const key = `${record.namespace}/${record.name}`;
    // How many there were before anybody looked is not known.
    const from = last.get(key) ?? (record.verb === 'create' ? 0 : ready);
    last.set(key, ready);
    if (from === ready) return undefined;
    const tone = ready > from ? 'good' : ready === 0 ? 'warn' : 'plain';
    const about = linkTo('Service', record.namespace, service);
    return told('endpointsChanged', { service, from, ready, total }, about, tone);
  }

  const resource = 'endpointslices.discovery.k8s.io';
  return {
    table: {
      [`kube-controller-manager create ${resource}`]: changed,
      [`kube-controller-manager update ${resource}`]: changed,
      [`kube-controller-manager patch ${resource}`]: changed,
    },
  };
}
