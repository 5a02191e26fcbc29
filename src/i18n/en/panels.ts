// Words of the panel of many nodes: the whole cluster, a zone, a rack.
import { grouped } from '../grouped';

function count(n: number, one: string, many: string): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
const nodes = (n: number) => count(n, 'node', 'nodes');
const pods = (n: number) => count(n, 'pod', 'pods');

export const panels = {
  label: (name: string) => `About ${name}`,
  cluster: 'Cluster',
  rack: (name: string) => `Rack ${name}`,
  nodes,
  pods,
  controlPlanes: (n: number) => count(n, 'control plane', 'control planes'),
  tabs: { overview: 'Overview', hot: 'Hot nodes', events: 'Events' },
  looks: {
    running: 'Running, ready',
    notReady: 'Running, not ready',
    creating: 'Creating',
    pending: 'Pending',
    terminating: 'Terminating',
    crashLoop: 'CrashLoopBackOff',
    failed: 'Failed',
    succeeded: 'Succeeded',
    unknown: 'Unknown',
  },
  podsTitle: 'Pods',
  requested: 'Requested',
  cpu: 'CPU',
  memory: 'Memory',
  nodesTitle: 'Nodes',
  ready: 'Ready',
  notReady: 'NotReady',
  cordoned: 'cordoned',
  nowTitle: 'What is wrong now',
  allWell: 'Nothing: every node is heard of, and no pod is in trouble.',
  zones: 'Zones',
  racks: 'Racks',
  down: (n: number) => `${n} NotReady`,
  hint: 'Click a block to see what is on it.',
  hotBy: 'Fullest by',
  hotMost: (shown: number, all: number) => `The ${shown} fullest of ${nodes(all)}`,
  noNodes: 'No node is here.',
  firstWarnings: 'Warnings first',
  newest: 'Newest first',
  none: 'Nothing has been said of it in the last hour.',

  lost: {
    power: (who: string, ago: string) => `${who} lost power ${ago} ago`,
    cable: (who: string, ago: string) => `${who} was cut off ${ago} ago`,
    off: (who: string, ago: string) => `${who} has no power; last heard of ${ago} ago`,
    cut: (who: string, ago: string) => `${who} is cut off; last heard of ${ago} ago`,
    news: (who: string, ago: string) => `${who} was last heard of ${ago} ago`,
  },
  some: (n: number, where: string) => (where ? `${nodes(n)} in ${where}` : nodes(n)),
  inZone: (zone: string) => (zone ? `in ${zone}` : 'without a zone'),
  notYet: (graceSeconds: number) =>
    `The API server still takes it for Ready: after ${graceSeconds} s without a heartbeat the ` +
    'node lifecycle controller marks it Unknown.',
  share: (notReady: number, all: number, where: string, percent: number) =>
    `${notReady} of ${nodes(all)} ${where} ${notReady === 1 ? 'is' : 'are'} NotReady: ` +
    `${percent} %`,
  normal: (share: string, limit: number, rate: string, minutes: number) =>
    `${share}, under the ${limit} % limit, so nodes are tainted at the normal ${rate} a second, ` +
    `and pods are evicted ${minutes} min after their node's taint.`,
  few: (share: string, rate: string, minutes: number) =>
    `${share}, but two are too few to call the zone disrupted, so nodes are tainted at the ` +
    `normal ${rate} a second, and pods are evicted ${minutes} min after their node's taint.`,
  full: (share: string, rate: string, minutes: number) =>
    `${share}. Other zones live, so nodes are tainted at the normal ${rate} a second, and pods ` +
    `are evicted ${minutes} min after their node's taint.`,
  slow: (share: string, limit: number, rate: string, large: number) =>
    `${share}, over the ${limit} % limit: the fault is likely the zone's. It has more than ` +
    `${large} nodes, so nodes are still tainted, but only ${rate} a second.`,
  stopped: (share: string, limit: number, large: number) =>
    `${share}, over the ${limit} % limit: the fault is likely the zone's. It has no more than ` +
    `${large} nodes, so nobody is evicted.`,
  allDown:
    'No zone has a Ready node: the fault is likely the control plane’s own, so nobody is evicted.',
  tainted: (n: number, all: number) => `${n} of ${all} tainted so far.`,
  nobodyJudges: 'No kube-controller-manager runs, so nobody marks, taints or evicts.',
  pending: (n: number) => `${pods(n)} ${n === 1 ? 'waits' : 'wait'} for a node`,
  pendingAbout: 'The scheduler has found none that fits, or has not looked yet.',
  crashing: (n: number) => `${pods(n)} ${n === 1 ? 'crashes' : 'crash'} again and again`,
  crashingAbout: 'Their kubelets wait longer before each restart, five minutes at the most.',
  failed: (n: number) => `${pods(n)} failed`,
  failedAbout: 'They have ended and are not started again.',
  pressure: (who: string) => `${who} is short of something`,

  acts: {
    onOff: (who: string) => `Power on ${who}`,
    onCut: (who: string) => `Plug in ${who}`,
    rackName: (name: string) => `rack ${name}`,
    machines: (n: number) => `${count(n, 'machine', 'machines')} at once`,
    butMasters: (text: string) => `${text}, the control plane aside`,
    cordoned: (n: number) => `${nodes(n)} take no new pods`,
    uncordoned: (n: number) => `${nodes(n)} take pods again`,
    someFailed: (failed: number, all: number, why: string) => `${failed} of ${all}: ${why}`,
    open: (name: string) => `Open ${name}`,
  },
};
