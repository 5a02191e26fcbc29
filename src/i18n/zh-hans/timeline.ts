// The timeline, moments of the past and what was run over, in Simplified Chinese.
import type { Catalog } from '../catalog';

const looks = {
  pending: 'Pending',
  creating: 'ContainerCreating',
  notReady: 'Running，尚未就绪',
  running: 'Running',
  terminating: 'Terminating',
  crashLoop: 'CrashLoopBackOff',
  failed: 'Failed',
  succeeded: 'Succeeded',
  unknown: '失联',
};

const nodeStates = {
  Ready: 'Ready',
  NotReady: 'NotReady',
  Unknown: '失联',
  absent: '尚未注册',
};

const number = (n: number) => new Intl.NumberFormat('zh-CN').format(n);

const counts = {
  as: 'Pod 的显示方式',
  lanes: '逐一显示：每个 Pod 一行',
  counts: '计数：有多少 Pod 未正常运行',
  heading: '未正常运行的 Pod',
  title: '未正常运行的 Pod 数量随时间的变化',
  looks: {
    creating: '创建中',
    pending: '等待调度',
    notReady: '尚未就绪',
    terminating: '终止中',
    unknown: '失联',
    crashLoop: '反复崩溃',
    failed: '失败',
  },
  part: (count: string, look: string) => `${look} ${count}`,
  allRun: (count: number) => `${number(count)} 个 Pod 全部正常运行`,
  none: '目前没有 Pod。',
  inAll: (count: number) => `共 ${number(count)} 个 Pod`,
};

const rolloutStates = { rolling: '进行中', done: '完成', stalled: '超过期限' };

const skipped = {
  podsCreated: (count: number) => `创建 ${count} 个 Pod`,
  podsDeleted: (count: number) => `删除 ${count} 个 Pod`,
  podsEvicted: (count: number) => `驱逐 ${count} 个 Pod`,
  podsReady: (count: number) => `${count} 个 Pod 变为就绪`,
  podsFailed: (count: number) => `${count} 个 Pod 失败`,
  restarts: (count: number) => `重启 ${count} 次`,
  rolloutsDone: (count: number) => `${count} 个 rollout 完成`,
  nodesLost: (count: number) => `失去 ${count} 个 Node`,
  nodesReady: (count: number) => `${count} 个 Node 就绪`,
  jobsDone: (count: number) => `${count} 个 Job 完成`,
  warnings: (count: number) => `${count} 条警告`,
};

const marks = {
  act: (label: string, _about: string) => label,
  rollout: (name: string, revision: string) => `${name} 开始发布修订版 ${revision}`,
  rolloutDone: (name: string, _revision: string) => `${name} 已发布完毕`,
  nodeLost: (name: string, state: string) => `${name} 变为 ${state}`,
  nodeReady: (name: string, _state: string) => `${name} 恢复 Ready`,
  warning: (reason: string, about: string) => `${reason}：${about}`,
};

export const timeline: Catalog['timeline'] = {
  acts: {
    apply: (file: string) => `应用 ${file}`,
    delete: (file: string) => `删除 ${file} 的内容`,
  },

  scrubber: '显示的时刻',
  now: '现在',
  atNow: (at: string) => `${at}，现在`,
  before: (at: string, ago: string) => `${at}，现在之前 ${ago}`,
  happened: (when: string, what: string) => `${when}：${what}`,
  marks,

  wrote: {
    ADDED: (kind: string, name: string) => `创建 ${kind} ${name}`,
    MODIFIED: (kind: string, name: string) => `${kind} ${name} 有变化`,
    DELETED: (kind: string, name: string) => `${kind} ${name} 消失`,
  },
  past: (at: string, ago: string) => `你看到的是 ${at}，${ago}前`,
  pastAbout: '集群正在等待，这里什么都不能更改。',
  pastAboutShared: '集群仍在继续运行，这里什么都不能更改。',
  playing: '正在重播。',
  toNow: '回到现在',
  branch: '从这里分支',
  branchSame: '使用相同的 seed',
  branchSameAbout: '骰子和当时一样',
  branchOther: '使用另一个 seed',
  branchOtherAbout: '名称和选择都会不同',
  apart: {
    title: '另外继续？',
    branch: (time: string) =>
      `其他人也在使用这个集群，所以它保持原样。它在 ${time} 的样子会在新标签页中打开，只属于你。`,
    undo: (label: string) =>
      `其他人也在使用这个集群，所以不会收回任何东西。它在“${label}”之前的样子会在新标签页中打开，只属于你。`,
    open: '在新标签页中打开',
    cancel: '取消',
    tooLarge: '它太大，无法在标签页中打开：超过 12 000 个 Pod 或 1 100 个节点。',
    failed: (message: string) => `无法打开：${message}`,
  },
  branches: '分支',
  branchName: (id: number) => `分支 ${id}`,
  branchFirst: '从头开始',
  branchFrom: (id: number, at: string) => `于 ${at} 离开分支 ${id}`,
  branchSeed: (seed: number) => `种子 ${seed}`,
  branchUntil: (at: string) => `到 ${at}`,

  skipped,
  skippedLine: (span: string, what: string) => `快进了 ${span}：${what}`,
  skippedNothing: '没有看得出来的变化',
  skippedMissed: (target) => `${target}：还没有发生。`,
  skippedClose: '关闭',
  skippedLook: '从那里看起',

  lanes: { pods: 'Pod', rollouts: 'Rollout', nodes: 'Node' },
  counts,
  lanesLabel: '时间轴显示的内容',
  zoomIn: '缩短范围',
  zoomOut: '拉长范围',
  span: (span: string) => `宽度为 ${span}`,
  whole: '全部历史',
  empty: '每个 Pod 都会在这里留下一条横条，颜色和形状代表它的阶段。',
  emptyHow: '拖动时间标记就能回到过去。',
  emptyRollouts: 'Deployment、StatefulSet、DaemonSet 的每次 rollout 都会在这里留下一条横条。',
  emptyNodes: '每个节点都会在这里留下一条横条：是否 Ready、有没有电源。',
  notKept: '保留过去的程序没有加载。事件会列出最近一小时的经过。',
  letGo: (revisions: string, at: string) =>
    `为了节省内存，最旧的 ${revisions} 个修订版已舍弃：过去从 ${at} 开始。`,
  full: 'Pod 比横条多：有些没有显示在这里。',
  groupAlone: '没有所有者',
  group: (kind: string, name: string, count: number) => `${kind} ${name}，${count} 个 Pod`,
  looks,
  nodeStates,
  rolloutStates,
  powerOff: '没有电源',
  cut: '网线已拔掉',
  cordoned: '已停止调度',
  revision: (revision: string) => `修订版 ${revision}`,
  updated: (updated: number, wanted: number) => `已更新 ${updated} / ${wanted}`,
  restart: (reason: string, code: number) => `因 ${reason} 重启（退出码 ${code}）`,
  restarts: (count: number) => `重启 ${count} 次`,
  from: (from: string, span: string) => `自 ${from} 起，历时 ${span}`,
  gone: (at: string) => `于 ${at} 消失`,
  jump: '点一下就前往那一刻',

  days: (count: number) => `${count} 天`,
  hours: (count: number) => `${count} 小时`,
  minutes: (count: number) => `${count} 分`,
  seconds: (count: string) => `${count} 秒`,
};
