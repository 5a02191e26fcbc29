// Tools of the bar and the canvas that open something, in Traditional Chinese.
import type { Catalog } from '../catalog';
import { grouped } from '../grouped';

export const tools: Catalog['tools'] = {
  find: '尋找',
  filter: '篩選',

  clusterPanel: '叢集概況',
  clusterPanelAbout: 'Pod、節點與目前的問題',
  chooseCluster: '換一個叢集……',
  gallery: '選擇叢集',
  machines: (masters, workers) => (workers === 0 ? '1 台機器' : `${masters} + ${grouped(workers)}`),
  presets: {
    minikube: 'minikube',
    kind: 'kind',
    kubeadm: 'kubeadm',
    ha: '高可用性',
    k3s: 'k3s',
    zones: '多區域',
    'nodes-100': '100 個節點',
    'nodes-500': '500 個節點',
    'nodes-1000': '1 000 個節點',
    'nodes-5000': '5 000 個節點',
  },
};
