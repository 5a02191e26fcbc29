import type { Catalog } from '../catalog';
import { grouped as number } from '../grouped';

/** After a verb: a Latin name stands apart from it. */
const apart = (who: string) => (/^\p{Script=Han}/u.test(who) ? who : ` ${who}`);
const nodes = (n: number) => `${number(n)} 个节点`;
const pods = (n: number) => `${number(n)} 个 Pod`;

export const panels: Catalog['panels'] = {
  label: (name) => `关于 ${name}`,
  cluster: '集群',
  rack: (name) => `机架 ${name}`,
  nodes,
  pods,
  controlPlanes: (n) => `${n} 个控制平面`,
  tabs: { overview: '概览', hot: '最满的节点', events: '事件' },
  looks: {
    running: '运行中，就绪',
    notReady: '运行中，未就绪',
    creating: '创建中',
    pending: 'Pending',
    terminating: '终止中',
    crashLoop: 'CrashLoopBackOff',
    failed: 'Failed',
    succeeded: 'Succeeded',
    unknown: '状态未知',
  },
  podsTitle: 'Pod',
  requested: '已请求',
  cpu: 'CPU',
  memory: '内存',
  nodesTitle: '节点',
  ready: 'Ready',
  notReady: 'NotReady',
  cordoned: '停止调度',
  nowTitle: '当前的问题',
  allWell: '没有问题：每个节点都有消息，没有 Pod 出状况。',
  zones: '可用区',
  racks: '机架',
  down: (n) => `${number(n)} 个 NotReady`,
  hint: '点击方块即可查看其中内容。',
  hotBy: '排序依据',
  hotMost: (shown, all) => `${nodes(all)}中最满的 ${shown} 个`,
  noNodes: '这里没有节点。',
  firstWarnings: '警告优先',
  newest: '最新优先',
  none: '过去一小时没有相关事件。',

  lost: {
    power: (who, ago) => `${who} 在 ${ago} 前断电`,
    cable: (who, ago) => `${who} 在 ${ago} 前断线`,
    off: (who, ago) => `${who} 没有电，最后一次上报在 ${ago} 前`,
    cut: (who, ago) => `${who} 断线，最后一次上报在 ${ago} 前`,
    news: (who, ago) => `${who} 最后一次上报在 ${ago} 前`,
  },
  some: (n, where) => (where ? `${where} 的 ${nodes(n)}` : nodes(n)),
  inZone: (zone) => zone || '未分可用区',
  notYet: (graceSeconds) =>
    `API server 仍当它是 Ready：${graceSeconds} 秒没有心跳，node lifecycle controller 就会将它标为 Unknown。`,
  share: (notReady, all, where, percent) =>
    `${where} 的 ${nodes(all)}中有 ${number(notReady)} 个 NotReady，占 ${percent}%`,
  normal: (share, limit, rate, minutes) =>
    `${share}，低于 ${limit}% 的阈值，因此按正常速率每秒给 ${rate} 个节点打污点，` +
    `打上后 ${minutes} 分钟驱逐其上的 Pod。`,
  few: (share, rate, minutes) =>
    `${share}，但两个还不足以算可用区中断，因此按正常速率每秒给 ${rate} 个节点打污点，` +
    `打上后 ${minutes} 分钟驱逐其上的 Pod。`,
  full: (share, rate, minutes) =>
    `${share}。其他可用区还在运行，因此按正常速率每秒给 ${rate} 个节点打污点，` +
    `打上后 ${minutes} 分钟驱逐其上的 Pod。`,
  slow: (share, limit, rate, large) =>
    `${share}，超过 ${limit}% 的阈值：问题多半出在整个可用区。节点超过 ${large} 个，` +
    `所以仍会打污点，但放慢到每秒 ${rate} 个。`,
  stopped: (share, limit, large) =>
    `${share}，超过 ${limit}% 的阈值：问题多半出在整个可用区。节点不超过 ${large} 个，所以不驱逐任何 Pod。`,
  allDown: '没有任何可用区有 Ready 的节点：问题多半出在控制平面自己，所以不驱逐任何 Pod。',
  tainted: (n, all) => `目前 ${number(n)}／${number(all)} 个已打上污点。`,
  nobodyJudges: '没有运行中的 kube-controller-manager，因此无人标记、打污点 或驱逐。',
  pending: (n) => `${pods(n)} 在等节点`,
  pendingAbout: 'Scheduler 找不到合适的节点，或还没轮到它们。',
  crashing: (n) => `${pods(n)} 反复崩溃`,
  crashingAbout: 'kubelet 每次重启前等得更久，最多五分钟。',
  failed: (n) => `${pods(n)} 失败`,
  failedAbout: '已经结束，不会再启动。',
  pressure: (who) => `${who} 资源不足`,

  acts: {
    onOff: (who) => `打开${apart(who)} 的电源`,
    onCut: (who) => `接回${apart(who)} 的网线`,
    rackName: (name) => `机架 ${name}`,
    machines: (n) => `同时作用于 ${number(n)} 台机器`,
    butMasters: (text) => `${text}，控制平面除外`,
    cordoned: (n) => `${nodes(n)}不再接收新的 Pod`,
    uncordoned: (n) => `${nodes(n)}恢复接收 Pod`,
    someFailed: (failed, all, why) => `${number(failed)}／${number(all)}：${why}`,
    open: (name) => `打开 ${name}`,
  },
};
