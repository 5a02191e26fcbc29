// Load balancers of the simulated cloud. No Kubernetes counterpart: what a cloud's console lists.
import { loadBalancers, type LoadBalancer } from '../../api/load-balancer';
import { ageColumn, column, nameColumn, orNone } from '../columns';
import type { ResourceDefinition } from '../definition';

export const loadBalancerDefinition: ResourceDefinition<LoadBalancer> = {
  ref: loadBalancers,
  singular: 'loadbalancer',
  listKind: 'LoadBalancerList',
  shortNames: ['lb'],
  nameFormat: 'dns-subdomain',
  prepareForCreate(balancer) {
    balancer.status = { ...balancer.status, address: balancer.status?.address ?? '' };
    return balancer;
  },
  columns: [
    nameColumn,
    column('Service', 'string', 'What it was made for.', ({ spec }) => orNone(spec?.service)),
    column('Address', 'string', 'Where it listens.', ({ status }) => orNone(status.address)),
    column('Ports', 'string', 'What it takes.', ({ spec }) =>
      orNone((spec?.ports ?? []).map(({ protocol, port }) => `${port}/${protocol}`).join(',')),
    ),
    ageColumn,
    column(
      'Hosts',
      'string',
      'The Nodes that it sends to.',
      ({ spec }) => orNone((spec?.hosts ?? []).join(',')),
      1,
    ),
  ],
};
