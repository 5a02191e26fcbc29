// Ingresses. Upstream: pkg/registry/networking/ingress/strategy.go.
import { ingresses } from '../../api/extension-refs';
import type { Ingress } from '../../api/extension-types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import {
  validateIngress,
  validateIngressStatus,
  validateNewIngress,
  warnOfIngress,
} from './ingress-validation';

/** A table names so many hosts, then says how many more there are. */
const HOSTS_SHOWN = 3;

export const ingressDefinition: ResourceDefinition<Ingress> = {
  ref: ingresses,
  singular: 'ingress',
  listKind: 'IngressList',
  shortNames: ['ing'],
  subresources: ['status'],
  hasGeneration: true,
  applyDefaults(ingress) {
    ingress.spec ??= {};
    return ingress;
  },
  prepareForCreate(ingress) {
    ingress.status = { loadBalancer: {} };
    return ingress;
  },
  validate: validateIngress,
  validateCreate: validateNewIngress,
  validateStatusUpdate: (object, _old, errors) => validateIngressStatus(object, errors),
  warn: (ingress, old, warnings) => {
    if (!old) warnOfIngress(ingress, warnings);
  },
  columns: [
    nameColumn,
    column(
      'Class',
      'string',
      'The name of the IngressClass resource that should be used for additional configuration',
      ({ spec }) => spec.ingressClassName ?? '<none>',
    ),
    column(
      'Hosts',
      'string',
      'Hosts that incoming requests are matched against before the ingress rule',
      hostsOf,
    ),
    column(
      'Address',
      'string',
      'Address is a list containing ingress points for the load-balancer',
      addressOf,
    ),
    column('Ports', 'string', 'Ports of TLS configurations that open', ({ spec }) =>
      spec.tls?.length ? '80, 443' : '80',
    ),
    ageColumn,
  ],
};

function hostsOf({ spec: { rules = [] } }: Ingress): string {
  const hosts = rules.flatMap(({ host }) => (host ? [host] : []));
  if (hosts.length === 0) return '*';
  const text = hosts.slice(0, HOSTS_SHOWN).join(',');
  return isFollowed(rules) ? `${text} + ${rules.length - HOSTS_SHOWN} more...` : text;
}

/** True when rules come after the last host that is shown, with a host or without. */
function isFollowed(rules: NonNullable<Ingress['spec']['rules']>): boolean {
  let shown = 0;
  return rules.some(({ host }) => {
    if (shown === HOSTS_SHOWN) return true;
    if (host) shown++;
    return false;
  });
}

function addressOf({ status }: Ingress): string {
  const points = status?.loadBalancer?.ingress ?? [];
  return points.map(({ ip, hostname }) => ip || hostname || '').join(',');
}
