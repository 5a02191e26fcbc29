// Every sentence of the inspector, in Traditional Chinese.
import type { Catalog } from '../catalog';

const components = {
  'kube-apiserver': {
    does:
      '大門。叢集的每次讀取與變更都是對它的請求：它檢查是誰在要求、能不能要求、' +
      '物件是否合理，然後存下來。',
    without: '執行中的 Pod 繼續；什麼都不能改，也沒有任何修復。',
  },
  etcd: {
    does: '記憶。叢集的每個物件都是這裡的一個鍵，每次變更都是新的修訂版，監看的人都會收到通知。',
    without: 'API server 什麼都回答不了。',
  },
  'kube-scheduler': {
    does: '替每個還沒有節點的 Pod 找節點：先篩掉不合適的，替其餘的評分，再綁定到最好的一個。',
    without: '新的 Pod 停在 Pending；執行中的不受影響。',
  },
  'kube-controller-manager': {
    does:
      '許多小迴圈，各自比對想要的與現有的，然後走一步：Deployment 建立 ReplicaSet，' +
      'ReplicaSet 建立 Pod，失聯的節點會被放棄。',
    without: '不再建立、替換或清理任何東西。',
  },
  'cloud-controller-manager': {
    does:
      '與機器所在的雲端打交道：告訴每個新 Node 它的位址、區域和機型，替 LoadBalancer 類型的 ' +
      'Service 取得位址，並移除機器已不存在的 Node。',
    without: '新的 Node 留著汙點，新的 LoadBalancer 停在 pending；已給的位址照常。',
  },
  kubelet: {
    does:
      '節點上的代理程式。它註冊節點，每十秒回報自己還活著，並讓執行環境啟動、探測、' +
      '停止綁定到它的 Pod。',
    without: '40 秒沒有消息，節點就是 NotReady；300 秒後它的 Pod 遭到驅逐。',
  },
  'kube-proxy': {
    does: '寫下節點上的規則，把 Service 的位址導向其中一個就緒的 Pod。',
    without: '舊規則留著，可能導向已經不在的 Pod。',
  },
};

const looks = {
  pending: 'Pending，等待中',
  creating: 'ContainerCreating，建立中',
  notReady: '執行中，尚未就緒',
  running: '執行中，已就緒',
  terminating: 'Terminating，結束中',
  crashLoop: 'CrashLoopBackOff，不斷當掉',
  failed: 'Failed，失敗',
  succeeded: 'Succeeded，完成',
  unknown: '不明，沒有所在節點的消息',
};

export const inspector: Catalog['inspector'] = {
  looks,
  components,
  phase: {
    since: (words, age) => `${words}，持續 ${age}`,
    endpoints: (ready, total) => `${ready}/${total} 個端點就緒`,
    ready: (ready, wanted) => `${ready}/${wanted} 就緒`,
    old: (age) => `已存在 ${age}`,
    notRegistered: '還沒有 Node',
    noPower: '沒有電源',
    cableCut: '網路線已拔',
    cordoned: '停止排程',
    lastHeard: (age) => `${age} 前最後一次`,
  },
  rows: {
    node: '節點',
    noNode: '還沒有',
    podIp: 'Pod IP',
    phase: '階段',
    qos: 'QoS 等級',
    serviceAccount: 'ServiceAccount',
    priority: '優先權',
    nodeSelector: '節點選擇器',
    allocatable: '可分配',
    allocatableOf: (cpu, memory) => `${cpu} CPU，${memory} 記憶體`,
    podsMax: 'Pod 上限',
    address: '位址',
    podCidr: 'Pod CIDR',
    kubelet: 'Kubelet',
    runtime: '執行環境',
    taints: '汙點',
    scheduling: '排程',
    cordoned: '停止排程：不接收新的 Pod',
    type: '類型',
    clusterIp: '叢集 IP',
    headless: 'None（headless）',
    ports: '連接埠',
    selector: '選擇器',
    replicas: '副本',
    pods: 'Pod',
    wantedAndMade: (wanted, made) => `想要 ${wanted} 個，已建立 ${made} 個`,
    updated: '已更新',
    upToDate: '最新',
    ready: '就緒',
    available: '可用',
    strategy: '策略',
    rolling: (type, surge, unavailable) => `${type}，最多多出 ${surge}，最多停用 ${unavailable}`,
    revision: '修訂版',
    paused: '已暫停',
    yes: '是',
    power: '電源',
    network: '網路',
    role: '角色',
    zone: '區域',
    capacity: '容量',
    capacityOf: (cpu, memory, disk, pods) =>
      `${cpu} CPU，${memory} 記憶體，${disk} 磁碟，${pods} 個 Pod`,
    programs: '程式',
    images: '映像檔',
    data: '資料',
    controlledBy: '擁有者',
    labels: '標籤',
    created: '建立時間',
    deletionAsked: '要求刪除時間',
  },
  fills: { cpu: 'CPU 要求量', memory: '記憶體要求量', pods: 'Pod' },
  containers: {
    title: '容器',
    init: 'init',
    ready: '就緒',
    notReady: '未就緒',
    restarts: (count) => `重新啟動 ${count} 次`,
    requests: (cpu) => `${cpu} CPU`,
    exit: (reason, code) => `${reason}，結束碼 ${code}`,
    running: '執行中',
    waiting: '等待中',
    terminated: '已結束',
  },
  facts: {
    state: '狀態',
    leads: (state) => `${state}，領導者`,
    machine: '機器',
    requests: '每秒請求數',
    watches: '監看數',
    revision: '修訂版',
    objects: '物件數',
    size: '大小',
    waiting: '等待中',
    backingOff: '退避中',
    unschedulable: '放不下',
    queue: (count) => `佇列中有 ${count} 個`,
    pod: 'Pod',
    without: (words) => `少了它：${words}`,
  },
};
