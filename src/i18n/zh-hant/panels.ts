import type { Catalog } from '../catalog';
import { grouped as number } from '../grouped';

/** After a verb: a Latin name stands apart from it. */
const apart = (who: string) => (/^\p{Script=Han}/u.test(who) ? who : ` ${who}`);
const nodes = (n: number) => `${number(n)} 個節點`;
const pods = (n: number) => `${number(n)} 個 Pod`;

export const panels: Catalog['panels'] = {
  label: (name) => `關於 ${name}`,
  cluster: '叢集',
  rack: (name) => `機櫃 ${name}`,
  nodes,
  pods,
  controlPlanes: (n) => `${n} 個控制平面`,
  tabs: { overview: '總覽', hot: '最滿的節點', events: '事件' },
  looks: {
    running: '執行中，就緒',
    notReady: '執行中，未就緒',
    creating: '建立中',
    pending: 'Pending',
    terminating: '終止中',
    crashLoop: 'CrashLoopBackOff',
    failed: 'Failed',
    succeeded: 'Succeeded',
    unknown: '狀態不明',
  },
  podsTitle: 'Pod',
  requested: '已要求',
  cpu: 'CPU',
  memory: '記憶體',
  nodesTitle: '節點',
  ready: 'Ready',
  notReady: 'NotReady',
  cordoned: '停止排程',
  nowTitle: '目前的問題',
  allWell: '沒有問題：每個節點都有消息，沒有 Pod 出狀況。',
  zones: '區域',
  racks: '機櫃',
  down: (n) => `${number(n)} 個 NotReady`,
  hint: '點選方塊即可查看其中內容。',
  hotBy: '排序依據',
  hotMost: (shown, all) => `${nodes(all)}中最滿的 ${shown} 個`,
  noNodes: '這裡沒有節點。',
  firstWarnings: '警告優先',
  newest: '最新優先',
  none: '過去一小時沒有相關事件。',

  lost: {
    power: (who, ago) => `${who} 在 ${ago} 前斷電`,
    cable: (who, ago) => `${who} 在 ${ago} 前斷線`,
    off: (who, ago) => `${who} 沒有電力，最後一次回報在 ${ago} 前`,
    cut: (who, ago) => `${who} 斷線，最後一次回報在 ${ago} 前`,
    news: (who, ago) => `${who} 最後一次回報在 ${ago} 前`,
  },
  some: (n, where) => (where ? `${where} 的 ${nodes(n)}` : nodes(n)),
  inZone: (zone) => zone || '未分區',
  notYet: (graceSeconds) =>
    `API server 仍當它是 Ready：${graceSeconds} 秒沒有心跳，node lifecycle controller 就會將它標為 Unknown。`,
  share: (notReady, all, where, percent) =>
    `${where} 的 ${nodes(all)}中有 ${number(notReady)} 個 NotReady，占 ${percent}%`,
  normal: (share, limit, rate, minutes) =>
    `${share}，低於 ${limit}% 的門檻，因此以正常速率每秒 ${rate} 個節點加上汙點，` +
    `加上後 ${minutes} 分鐘驅逐其上的 Pod。`,
  few: (share, rate, minutes) =>
    `${share}，但兩個還不足以算是區域中斷，因此以正常速率每秒 ${rate} 個節點加上汙點，` +
    `加上後 ${minutes} 分鐘驅逐其上的 Pod。`,
  full: (share, rate, minutes) =>
    `${share}。其他區域還在運作，因此以正常速率每秒 ${rate} 個節點加上汙點，` +
    `加上後 ${minutes} 分鐘驅逐其上的 Pod。`,
  slow: (share, limit, rate, large) =>
    `${share}，超過 ${limit}% 的門檻：問題多半出在整個區域。節點超過 ${large} 個，` +
    `所以仍會加上汙點，但放慢到每秒 ${rate} 個。`,
  stopped: (share, limit, large) =>
    `${share}，超過 ${limit}% 的門檻：問題多半出在整個區域。節點不超過 ${large} 個，所以不驅逐任何 Pod。`,
  allDown: '沒有任何區域有 Ready 的節點：問題多半出在控制平面自己，所以不驅逐任何 Pod。',
  tainted: (n, all) => `目前 ${number(n)}／${number(all)} 個已加上汙點。`,
  nobodyJudges: '沒有執行中的 kube-controller-manager，因此無人標記、加汙點 或驅逐。',
  pending: (n) => `${pods(n)} 在等節點`,
  pendingAbout: 'Scheduler 找不到合適的節點，或還沒輪到它們。',
  crashing: (n) => `${pods(n)} 反覆當掉`,
  crashingAbout: 'kubelet 每次重新啟動前等得更久，最多五分鐘。',
  failed: (n) => `${pods(n)} 失敗`,
  failedAbout: '已經結束，不會再啟動。',
  pressure: (who) => `${who} 資源不足`,

  acts: {
    onOff: (who) => `開啟${apart(who)} 的電源`,
    onCut: (who) => `接回${apart(who)} 的網路線`,
    rackName: (name) => `機櫃 ${name}`,
    machines: (n) => `同時作用於 ${number(n)} 台機器`,
    butMasters: (text) => `${text}，控制平面除外`,
    cordoned: (n) => `${nodes(n)}不再接收新的 Pod`,
    uncordoned: (n) => `${nodes(n)}恢復接收 Pod`,
    someFailed: (failed, all, why) => `${number(failed)}／${number(all)}：${why}`,
    open: (name) => `開啟 ${name}`,
  },
};
