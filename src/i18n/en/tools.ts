// Tools of the bar and the canvas that open something, in English.
import { grouped } from '../grouped';

export const tools = {
  find: 'Find',
  filter: 'Filter',

  clusterPanel: 'The cluster at a glance',
  clusterPanelAbout: 'pods, nodes, what is wrong now',
  chooseCluster: 'Another cluster …',
  gallery: 'Choose a cluster',
  machines: (masters: number, workers: number) =>
    workers === 0 ? '1 machine' : `${masters} + ${grouped(workers)}`,
  presets: {
    minikube: 'minikube',
    kind: 'kind',
    kubeadm: 'kubeadm',
    ha: 'High availability',
    k3s: 'k3s',
    zones: 'Zones',
    'nodes-100': '100 nodes',
    'nodes-500': '500 nodes',
    'nodes-1000': '1 000 nodes',
    'nodes-5000': '5 000 nodes',
  },
};
