// Words of what stands beside the nodes: the internet, Ingresses, and the machines of a control
// plane that has several.

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

export const sides = {
  internet: 'Internet',
  waysIn: (n: number) => count(n, 'way in', 'ways in'),
  internetAbout: 'Outside traffic enters by an Ingress, a node port or a load balancer',
  anyHost: 'any host',
  ingress: 'Ingress',
  ingressRoute: (path: string, service: string) => `${path} → ${service}`,
  ingressLabel: (name: string, host: string, routes: string) =>
    `Ingress ${name}, ${host}, ${routes}`,
  noAddress: 'no controller has taken it, nothing comes in',
  more: (ingresses: number, services: number) =>
    [
      ingresses > 0 ? `${ingresses} more ${ingresses === 1 ? 'Ingress' : 'Ingresses'}` : '',
      services > 0 ? `${services} more ${services === 1 ? 'Service' : 'Services'}` : '',
    ]
      .filter(Boolean)
      .join(', '),

  machines: (n: number) => `${n} machines`,
  oneProcess: 'one process',
  membersOf: (n: number, all: number) => `${n} of ${all} members`,
  noQuorum: 'no quorum',
  noLeader: 'no leader',
  leads: (machine: string) => `leader ${machine}`,
  lost: 'lost',
  standby: 'standby',
  standbys: (machines: readonly string[]) => `standby ${machines.join(', ')}`,
  programs: {
    apiserver: 'apiserver',
    etcd: 'etcd',
    scheduler: 'scheduler',
    controllers: 'controllers',
    cloud: 'cloud',
  },
  leading: (programs: readonly string[]) => `${programs.join(', ')} leader`,
  stoppedPrograms: (programs: readonly string[]) => `${programs.join(', ')} stopped`,
  masterLabel: (name: string, state: string, runs: string) =>
    `Control plane ${name}, ${state}, ${runs}`,
  loadBalancers: (n: number) => `${n} LB`,
};
