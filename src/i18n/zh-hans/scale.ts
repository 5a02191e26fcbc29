// 大型集群、查找，以及可选集群的用语。
import type { Catalog } from '../catalog';
import { grouped as count } from '../grouped';

const heat = { cpu: 'CPU', memory: '内存' };

export const scale: Catalog['scale'] = {
  noZone: '未分区',
  pods: (n) => `${count(n)} 个 Pod`,
  troubled: (n) => `${n} 个异常`,
  rack: (name) => `机架 ${name}`,
  nodes: (n) => `${count(n)} 个节点`,
  asked: (percent, by) => `${heat[by]} ${percent}%`,
  zoneDark: (nodes, dark) => `${count(nodes)} 个节点 · ${dark} 个 NotReady`,
  zoneLabel: (name, nodes, pods, dark) =>
    `${name}，${count(nodes)} 个节点，${count(pods)} 个 Pod` +
    (dark > 0 ? `，${dark} 个未就绪` : ''),
  rackLabel: (name, nodes, dark, troubled) =>
    `机架 ${name || '（未命名）'}，${count(nodes)} 个节点` +
    (dark > 0 ? `，${dark} 个未就绪` : '') +
    (troubled > 0 ? `，${count(troubled)} 个 Pod 异常` : ''),
  treeLabel: '按可用区和机架排列的节点',
  heatBy: '节点颜色按以下资源的请求量',
  heat,
  notReady: 'NotReady',
  crashing: '反复崩溃',
  waiting: (active, backoff, stuck) =>
    active + backoff + stuck === 0 ? '无' : `${active} 待调度 · ${backoff} 退避 · ${stuck} 放不下`,
  overview: '总览：画面中看到的部分',

  findTitle: '查找并前往',
  findHint: '名称、类型或标签：web、node-a-01、app=api',
  findNone: '没有叫这个名称的对象。',
  findMany: (shown, all) => `显示 ${shown} 条，共 ${count(all)} 条`,
  findKeys: 'Enter 前往，方向键选择，Esc 关闭',

  filters: '筛选',
  filterOff: '全部显示',
  filterNamespace: 'Namespace',
  filterLabel: '标签',
  filterOwner: '属主',
  filterLook: '阶段',
  filterAny: '不限',
  filterCount: (shown, all) => `${count(shown)} / ${count(all)} 个 Pod`,

  galleryAbout: '编辑器的内容会保留；当前集群会丢弃。',
  galleryNow: '当前',
  galleryStart: '启动',
  galleryCancel: '取消',
  fills: {
    none: '空的',
    some: (n) => `${count(n)} 个 Pod`,
  },
  notKept: '超过 12 000 个 Pod 或 1 100 个节点的集群，刷新后不会保留，而是重新生成。',
  presets: {
    minikube: '单个节点，既是控制平面也是工作节点，使用 Docker',
    kind: '节点是容器：kind-control-plane 和两个工作节点',
    kubeadm: '一个控制平面和四个工作节点，分在两个可用区',
    ha: '三个控制平面各有一个 etcd，五个工作节点',
    k3s: '控制平面在同一个进程里的 server 和两个 agent；以 etcd 代替 SQLite',
    zones: '三个可用区，各有一个控制平面和三个工作节点',
    'nodes-100': '三个可用区、多个机架；可容纳 3 000 个以上的 Pod',
    'nodes-500': '三个可用区各十四个机架，最多 10 000 个 Pod',
    'nodes-1000': '大型集群，最多 30 000 个 Pod',
    'nodes-5000': 'Kubernetes 测试的规模上限：最多 150 000 个 Pod',
  },
};
