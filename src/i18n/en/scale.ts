// Words of large clusters, of looking for things, and of the clusters to choose from.
import { grouped } from '../grouped';

function count(n: number, one: string, many: string): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
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

  findTitle: 'Find and go to',
  findHint: 'Name, kind or label: web, node-a-01, app=api',
  findNone: 'Nothing is called so.',
  findMany: (shown: number, all: number) => `${shown} of ${count(all, 'hit', 'hits')}`,
  findKeys: 'Enter goes there, arrows choose, Esc closes',

  filters: 'Filters',
  filterOff: 'Show all',
  filterNamespace: 'Namespace',
  filterLabel: 'Label',
  filterOwner: 'Owner',
  filterLook: 'Phase',
  filterAny: 'any',
  filterCount: (shown: number, all: number) => `${grouped(shown)} of ${count(all, 'pod', 'pods')}`,

  galleryAbout: 'The editor keeps its text; the cluster of now is let go.',
  galleryNow: 'now',
  galleryStart: 'Start',
  galleryCancel: 'Cancel',
  fills: {
    none: 'Empty',
    some: (n: number) => count(n, 'pod', 'pods'),
  },
  notKept:
    'With more than 12 000 pods or 1 100 nodes a cluster is not kept over a reload: it grows' +
    ' anew.',
  presets: {
    minikube: 'One node that is control plane and worker at once, behind a Docker',
    kind: 'Nodes in containers: kind-control-plane and two workers',
    kubeadm: 'One control plane and four workers in two zones',
    ha: 'Three control planes with an etcd each, five workers',
    k3s: 'A server with the control plane in one process, two agents; etcd stands in for SQLite',
    zones: 'Three zones with a control plane and three workers each',
    'nodes-100': 'Three zones of racks; room for 3 000 pods and more',
    'nodes-500': 'Three zones of fourteen racks, up to 10 000 pods',
    'nodes-1000': 'A large cluster, up to 30 000 pods',
    'nodes-5000': 'As large as Kubernetes is tested: up to 150 000 pods',
  },
};
