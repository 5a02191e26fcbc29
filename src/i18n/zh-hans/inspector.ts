// Every sentence of the inspector, in Simplified Chinese.
import type { Catalog } from '../catalog';

const components = {
  'kube-apiserver': {
    does:
      '大门。集群的每次读取和变更都是对它的请求：它检查是谁在请求、能不能请求、' +
      '对象是否合理，然后保存下来。',
    without: '运行中的 Pod 继续；什么都不能改，也没有任何修复。',
  },
  etcd: {
    does: '记忆。集群的每个对象都是这里的一个键，每次变更都是新的修订版本，监视者都会收到通知。',
    without: 'API server 什么都无法回答。',
  },
  'kube-scheduler': {
    does: '为每个还没有节点的 Pod 找节点：先过滤掉不合适的，给其余的打分，再绑定到最好的一个。',
    without: '新的 Pod 停在 Pending；运行中的不受影响。',
  },
  'kube-controller-manager': {
    does:
      '许多小循环，各自对比期望的与现有的，然后走一步：Deployment 创建 ReplicaSet，' +
      'ReplicaSet 创建 Pod，失联的节点会被放弃。',
    without: '不再创建、替换或清理任何东西。',
  },
  'cloud-controller-manager': {
    does:
      '与机器所在的云打交道：告诉每个新 Node 它的地址、可用区和机型，为 LoadBalancer 类型的 ' +
      'Service 取得地址，并移除机器已不存在的 Node。',
    without: '新的 Node 带着污点，新的 LoadBalancer 停在 pending；已给的地址照常。',
  },
  kubelet: {
    does:
      '节点上的代理。它注册节点，每十秒报告自己还活着，并让容器运行时启动、探测、' +
      '停止绑定到它的 Pod。',
    without: '40 秒没有消息，节点就是 NotReady；300 秒后它的 Pod 被驱逐。',
  },
  'kube-proxy': {
    does: '写下节点上的规则，把 Service 的地址导向其中一个就绪的 Pod。',
    without: '旧规则还在，可能导向已经不在的 Pod。',
  },
};

const looks = {
  pending: 'Pending，等待中',
  creating: 'ContainerCreating，创建中',
  notReady: '运行中，尚未就绪',
  running: '运行中，已就绪',
  terminating: 'Terminating，终止中',
  crashLoop: 'CrashLoopBackOff，反复崩溃',
  failed: 'Failed，失败',
  succeeded: 'Succeeded，完成',
  unknown: '未知，没有所在节点的消息',
};

export const inspector: Catalog['inspector'] = {
  looks,
  components,
  phase: {
    since: (words, age) => `${words}，持续 ${age}`,
    endpoints: (ready, total) => `${ready}/${total} 个端点就绪`,
    ready: (ready, wanted) => `${ready}/${wanted} 就绪`,
    old: (age) => `已存在 ${age}`,
    notRegistered: '还没有 Node',
    noPower: '没有电源',
    cableCut: '网线已拔',
    cordoned: '停止调度',
    lastHeard: (age) => `${age} 前最后一次`,
  },
  rows: {
    node: '节点',
    noNode: '还没有',
    podIp: 'Pod IP',
    phase: '阶段',
    qos: 'QoS 类',
    serviceAccount: 'ServiceAccount',
    priority: '优先级',
    nodeSelector: '节点选择算符',
    allocatable: '可分配',
    allocatableOf: (cpu, memory) => `${cpu} CPU，${memory} 内存`,
    podsMax: 'Pod 上限',
    address: '地址',
    podCidr: 'Pod CIDR',
    kubelet: 'Kubelet',
    runtime: '容器运行时',
    taints: '污点',
    scheduling: '调度',
    cordoned: '停止调度：不接收新的 Pod',
    type: '类型',
    clusterIp: '集群 IP',
    headless: 'None（headless）',
    ports: '端口',
    selector: '选择算符',
    replicas: '副本',
    pods: 'Pod',
    wantedAndMade: (wanted, made) => `需要 ${wanted} 个，已创建 ${made} 个`,
    updated: '已更新',
    upToDate: '最新',
    ready: '就绪',
    available: '可用',
    strategy: '策略',
    rolling: (type, surge, unavailable) => `${type}，最多超出 ${surge}，最多不可用 ${unavailable}`,
    revision: '修订版本',
    paused: '已暂停',
    yes: '是',
    power: '电源',
    network: '网络',
    role: '角色',
    zone: '可用区',
    capacity: '容量',
    capacityOf: (cpu, memory, disk, pods) =>
      `${cpu} CPU，${memory} 内存，${disk} 磁盘，${pods} 个 Pod`,
    programs: '程序',
    images: '镜像',
    data: '数据',
    controlledBy: '属主',
    labels: '标签',
    created: '创建时间',
    deletionAsked: '请求删除时间',
  },
  fills: { cpu: 'CPU 请求量', memory: '内存请求量', pods: 'Pod' },
  containers: {
    title: '容器',
    init: 'init',
    ready: '就绪',
    notReady: '未就绪',
    restarts: (count) => `重启 ${count} 次`,
    requests: (cpu) => `${cpu} CPU`,
    exit: (reason, code) => `${reason}，退出码 ${code}`,
    running: '运行中',
    waiting: '等待中',
    terminated: '已终止',
  },
  facts: {
    state: '状态',
    leads: (state) => `${state}，领导者`,
    machine: '机器',
    requests: '每秒请求数',
    watches: '监视数',
    revision: '修订版本',
    objects: '对象数',
    size: '大小',
    waiting: '等待中',
    backingOff: '退避中',
    unschedulable: '放不下',
    queue: (count) => `队列中有 ${count} 个`,
    pod: 'Pod',
    without: (words) => `没有它：${words}`,
  },
};
