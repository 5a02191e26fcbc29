// 大型叢集、尋找，以及可選叢集的用語。
import type { Catalog } from '../catalog';
import { grouped as count } from '../grouped';

const heat = { cpu: 'CPU', memory: '記憶體' };

export const scale: Catalog['scale'] = {
  noZone: '未分區',
  pods: (n) => `${count(n)} 個 Pod`,
  troubled: (n) => `${n} 個異常`,
  rack: (name) => `機櫃 ${name}`,
  nodes: (n) => `${count(n)} 個節點`,
  asked: (percent, by) => `${heat[by]} ${percent}%`,
  zoneDark: (nodes, dark) => `${count(nodes)} 個節點 · ${dark} 個 NotReady`,
  zoneLabel: (name, nodes, pods, dark) =>
    `${name}，${count(nodes)} 個節點，${count(pods)} 個 Pod` +
    (dark > 0 ? `，${dark} 個未就緒` : ''),
  rackLabel: (name, nodes, dark, troubled) =>
    `機櫃 ${name || '（未命名）'}，${count(nodes)} 個節點` +
    (dark > 0 ? `，${dark} 個未就緒` : '') +
    (troubled > 0 ? `，${count(troubled)} 個 Pod 異常` : ''),
  treeLabel: '依區域與機櫃排列的節點',
  heatBy: '節點顏色依下列資源的請求量',
  heat,
  notReady: 'NotReady',
  crashing: '不斷當掉',
  waiting: (active, backoff, stuck) =>
    active + backoff + stuck === 0 ? '無' : `${active} 待排 · ${backoff} 退避 · ${stuck} 放不下`,
  overview: '總覽：畫面上看到的部分',

  findTitle: '尋找並前往',
  findHint: '名稱、種類或標籤：web、node-a-01、app=api',
  findNone: '沒有這個名稱的物件。',
  findMany: (shown, all) => `顯示 ${shown} 筆，共 ${count(all)} 筆`,
  findKeys: 'Enter 前往，方向鍵選擇，Esc 關閉',

  filters: '篩選',
  filterOff: '全部顯示',
  filterNamespace: 'Namespace',
  filterLabel: '標籤',
  filterOwner: '擁有者',
  filterLook: '階段',
  filterAny: '不限',
  filterCount: (shown, all) => `${count(shown)} / ${count(all)} 個 Pod`,

  galleryAbout: '編輯器的內容會保留；目前的叢集會捨棄。',
  galleryNow: '目前',
  galleryStart: '啟動',
  galleryCancel: '取消',
  fills: {
    none: '空的',
    some: (n) => `${count(n)} 個 Pod`,
  },
  notKept: '超過 12 000 個 Pod 或 1 100 個節點的叢集，重新整理後不會保留，而是重新長成。',
  presets: {
    minikube: '單一節點，同時是控制平面與工作節點，使用 Docker',
    kind: '節點是容器：kind-control-plane 與兩個工作節點',
    kubeadm: '一個控制平面與四個工作節點，分在兩區',
    ha: '三個控制平面各有一個 etcd，五個工作節點',
    k3s: '控制平面在同一個行程裡的 server 與兩個 agent；以 etcd 代替 SQLite',
    zones: '三個區域，各有一個控制平面與三個工作節點',
    'nodes-100': '三個區域、多個機櫃；可容納 3 000 個以上的 Pod',
    'nodes-500': '三個區域各十四個機櫃，最多 10 000 個 Pod',
    'nodes-1000': '大型叢集，最多 30 000 個 Pod',
    'nodes-5000': 'Kubernetes 測試的規模上限：最多 150 000 個 Pod',
  },
};
