// The editor's quick fixes, Diff, Live and further samples, in Simplified Chinese.
import type { Catalog } from '../catalog';

export const editor: Catalog['editor'] = {
  fixes: {
    change: (to) => `改为“${to}”`,
    add: (field) => `添加 ${field}`,
    version: (to) => `改用 ${to}`,
    rename: (to) => `改名为 ${to}`,
    remove: (field) => `移除 ${field}`,
    spaces: '把制表符换成空格',
  },
  diff: {
    label: '应用后会有什么变化',
    asking: '由 API server 试运行，不会保存',
    none: '不会有任何变化。',
    before: '目前',
    after: '应用后',
    created: (subject) => `会创建 ${subject}`,
    failed: (subject, message) => `${subject}：${message}`,
    unreadable: '文件有一部分无法读取：请看“编辑”下的问题。',
  },
  live: {
    label: '这个文件的对象，实时状态',
    none: '文件里还没有任何对象。',
    missing: '集群里没有',
    open: (name) => `打开 ${name}`,
  },
  more: {
    statefulSet: { name: 'StatefulSet', about: '三个副本依次创建，各有一个卷' },
    job: { name: 'Job', about: '完成六次，一次两个' },
    cronJob: { name: 'CronJob', about: '每分钟一个 Job' },
    ingress: { name: 'Ingress', about: '一个主机，按路径分到两个 Service' },
    autoscaler: { name: 'HorizontalPodAutoscaler', about: '按 CPU 在二到六个副本之间扩缩' },
    budget: { name: 'PodDisruptionBudget', about: 'drain 必须等待' },
    claim: { name: 'PersistentVolumeClaim', about: '有 Pod 需要时才创建卷' },
    policy: { name: 'NetworkPolicy', about: '谁可以和谁通信' },
    spread: { name: '拓扑分布', about: '均匀分散到各节点' },
    init: { name: 'Init 与 sidecar 容器', about: '先运行的，和陪着运行的' },
    crash: { name: 'CrashLoopBackOff', about: '以错误结束的容器' },
    probe: { name: '探针失败', about: '运行中，但永远未就绪' },
    quota: { name: 'ResourceQuota', about: '已经满了的 Namespace' },
    crd: { name: '自定义资源', about: '你自己的一种对象' },
  },
};
