// Tools of the bar and the canvas that open something, in Simplified Chinese.
import type { Catalog } from '../catalog';
import { grouped } from '../grouped';

export const tools: Catalog['tools'] = {
  find: '查找',
  filter: '筛选',

  clusterPanel: '集群概况',
  clusterPanelAbout: 'Pod、节点与当前的问题',
  chooseCluster: '换一个集群……',
  gallery: '选择集群',
  machines: (masters, workers) => (workers === 0 ? '1 台机器' : `${masters} + ${grouped(workers)}`),
  presets: {
    minikube: 'minikube',
    kind: 'kind',
    kubeadm: 'kubeadm',
    ha: '高可用',
    k3s: 'k3s',
    zones: '多可用区',
    'nodes-100': '100 个节点',
    'nodes-500': '500 个节点',
    'nodes-1000': '1 000 个节点',
    'nodes-5000': '5 000 个节点',
  },
};
