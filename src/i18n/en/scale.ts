// Words of large clusters, of looking for things, and of the clusters to choose from.

function count(n: number, one: string, many: string): string {
  return `${String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f')} ${n === 1 ? one : many}`;
}

const heat = { cpu: 'CPU', memory: 'Memory' };

export const scale = {
  noZone: 'no zone',
  pods: (n: number) => count(n, 'pod', 'pods'),
  troubled: (n: number) => `${n} not well`,
  rack: (name: string) => `rack ${name}`,
  nodes: (n: number) => count(n, 'node', 'nodes'),
  asked: (percent: number, by: 'cpu' | 'memory') => `${percent}% ${heat[by]}`,
  zoneDark: (nodes: number, dark: number) => `${count(nodes, 'node', 'nodes')} · ${dark} NotReady`,
  zoneLabel: (name: string, nodes: number, pods: number, dark: number) =>
    `${name}, ${count(nodes, 'node', 'nodes')}, ${count(pods, 'pod', 'pods')}` +
    (dark > 0 ? `, ${dark} not ready` : ''),
  rackLabel: (name: string, nodes: number, dark: number, troubled: number) =>
    `Rack ${name || 'without a name'}, ${count(nodes, 'node', 'nodes')}` +
    (dark > 0 ? `, ${dark} not ready` : '') +
    (troubled > 0 ? `, ${count(troubled, 'pod', 'pods')} not well` : ''),
  treeLabel: 'Nodes by zone and rack',
  heatBy: 'Colour of nodes by what is requested of',
  heat,
  notReady: 'NotReady',
  crashing: 'crashing',
  waiting: (active: number, backoff: number, stuck: number) =>
    active + backoff + stuck === 0
      ? 'none'
      : `${active} active · ${backoff} backoff · ${stuck} no fit`,
  overview: 'Overview: the part of the cluster in view',

  find: 'Find',
  findTitle: 'Find and go to',
  findHint: 'Name, kind or label: web, node-a-01, app=api',
  findNone: 'Nothing is called so.',
  findMany: (shown: number, all: number) => `${shown} of ${count(all, 'hit', 'hits')}`,
  findKeys: 'Enter goes there, arrows choose, Esc closes',

  filters: 'Filters',
  filter: 'Filter',
  filterOff: 'Show all',
  filterNamespace: 'Namespace',
  filterLabel: 'Label',
  filterOwner: 'Owner',
  filterLook: 'Phase',
  filterAny: 'any',
  filterCount: (shown: number, all: number) =>
    `${String(shown).replace(/\B(?=(\d{3})+$)/g, '\u202f')} of ${count(all, 'pod', 'pods')}`,

  chooseCluster: 'Another cluster …',
  gallery: 'Choose a cluster',
  galleryAbout: 'The editor keeps its text; the cluster of now is let go.',
  galleryNow: 'now',
  galleryStart: 'Start',
  galleryCancel: 'Cancel',
  fills: {
    none: 'Empty',
    some: (n: number) => count(n, 'pod', 'pods'),
  },
  machines: (masters: number, workers: number) =>
    workers === 0
      ? '1 machine'
      : `${masters} + ${String(workers).replace(/\B(?=(\d{3})+$)/g, '\u202f')}`,
  notKept:
    'With more than 12 000 pods or 1 100 nodes a cluster is not kept over a reload: it grows' +
    ' anew.',
  presets: {
    minikube: {
      name: 'minikube',
      about: 'One node that is control plane and worker at once, behind a Docker',
    },
    kind: { name: 'kind', about: 'Nodes in containers: kind-control-plane and two workers' },
    kubeadm: { name: 'kubeadm', about: 'One control plane and four workers in two zones' },
    ha: {
      name: 'High availability',
      about: 'Three control planes with an etcd each, five workers',
    },
    k3s: {
      name: 'k3s',
      about:
        'A server with the control plane in one process, two agents; etcd stands in for SQLite',
    },
    zones: { name: 'Zones', about: 'Three zones with a control plane and three workers each' },
    'nodes-100': {
      name: '100 nodes',
      about: 'Three zones of racks; room for 3 000 pods and more',
    },
    'nodes-1000': { name: '1 000 nodes', about: 'A large cluster, up to 30 000 pods' },
    'nodes-5000': {
      name: '5 000 nodes',
      about: 'As large as Kubernetes is tested: up to 150 000 pods',
    },
  },
};
