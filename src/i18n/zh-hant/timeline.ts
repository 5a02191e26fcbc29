// The timeline, moments of the past and what was run over, in Traditional Chinese.
import type { Catalog } from '../catalog';

const looks = {
  pending: 'Pending',
  creating: 'ContainerCreating',
  notReady: 'Running，尚未就緒',
  running: 'Running',
  terminating: 'Terminating',
  crashLoop: 'CrashLoopBackOff',
  failed: 'Failed',
  succeeded: 'Succeeded',
  unknown: '失去聯繫',
};

const nodeStates = {
  Ready: 'Ready',
  NotReady: 'NotReady',
  Unknown: '失去聯繫',
  absent: '尚未註冊',
};

const number = (n: number) => new Intl.NumberFormat('zh-TW').format(n);

const counts = {
  as: 'Pod 的顯示方式',
  lanes: '逐一顯示：每個 Pod 一列',
  counts: '計數：有多少 Pod 未正常執行',
  heading: '未正常執行的 Pod',
  title: '未正常執行的 Pod 數量隨時間的變化',
  looks: {
    creating: '建立中',
    pending: '等待排程',
    notReady: '尚未就緒',
    terminating: '終止中',
    unknown: '失去聯繫',
    crashLoop: '不斷當掉',
    failed: '失敗',
  },
  part: (count: string, look: string) => `${look} ${count}`,
  allRun: (count: number) => `${number(count)} 個 Pod 全部正常執行`,
  none: '目前沒有 Pod。',
  inAll: (count: number) => `共 ${number(count)} 個 Pod`,
};

const rolloutStates = { rolling: '進行中', done: '完成', stalled: '超過期限' };

const skipped = {
  podsCreated: (count: number) => `建立 ${count} 個 Pod`,
  podsDeleted: (count: number) => `刪除 ${count} 個 Pod`,
  podsEvicted: (count: number) => `驅逐 ${count} 個 Pod`,
  podsReady: (count: number) => `${count} 個 Pod 轉為就緒`,
  podsFailed: (count: number) => `${count} 個 Pod 失敗`,
  restarts: (count: number) => `重新啟動 ${count} 次`,
  rolloutsDone: (count: number) => `${count} 個 rollout 完成`,
  nodesLost: (count: number) => `失去 ${count} 個 Node`,
  nodesReady: (count: number) => `${count} 個 Node 就緒`,
  jobsDone: (count: number) => `${count} 個 Job 完成`,
  warnings: (count: number) => `${count} 則警告`,
};

const marks = {
  act: (label: string, _about: string) => label,
  rollout: (name: string, revision: string) => `${name} 開始推出修訂版 ${revision}`,
  rolloutDone: (name: string, _revision: string) => `${name} 已全部推出`,
  nodeLost: (name: string, state: string) => `${name} 變為 ${state}`,
  nodeReady: (name: string, _state: string) => `${name} 恢復 Ready`,
  warning: (reason: string, about: string) => `${reason}：${about}`,
};

export const timeline: Catalog['timeline'] = {
  acts: {
    apply: (file: string) => `套用 ${file}`,
    delete: (file: string) => `刪除 ${file} 的內容`,
  },

  scrubber: '顯示的時刻',
  now: '現在',
  atNow: (at: string) => `${at}，現在`,
  before: (at: string, ago: string) => `${at}，現在之前 ${ago}`,
  happened: (when: string, what: string) => `${when}：${what}`,
  marks,

  wrote: {
    ADDED: (kind: string, name: string) => `建立 ${kind} ${name}`,
    MODIFIED: (kind: string, name: string) => `${kind} ${name} 有變化`,
    DELETED: (kind: string, name: string) => `${kind} ${name} 消失`,
  },
  past: (at: string, ago: string) => `你看到的是 ${at}，${ago}前`,
  pastAbout: '叢集正在等待，這裡什麼都不能更改。',
  pastAboutShared: '叢集仍在繼續運行，這裡什麼都不能更改。',
  playing: '正在重播。',
  toNow: '回到現在',
  branch: '從這裡分支',
  branchSame: '使用相同的 seed',
  branchSameAbout: '骰子和當時一樣',
  branchOther: '使用另一個 seed',
  branchOtherAbout: '名稱和選擇都會不同',
  apart: {
    title: '另外繼續？',
    branch: (time: string) =>
      `其他人也在使用這個叢集，所以它維持原樣。它在 ${time} 的樣子會在新分頁中開啟，只屬於你。`,
    undo: (label: string) =>
      `其他人也在使用這個叢集，所以不會收回任何東西。它在「${label}」之前的樣子會在新分頁中開啟，只屬於你。`,
    open: '在新分頁中開啟',
    cancel: '取消',
    tooLarge: '它太大，無法在分頁中開啟：超過 12 000 個 Pod 或 1 100 個節點。',
    failed: (message: string) => `無法開啟：${message}`,
  },
  branches: '分支',
  branchName: (id: number) => `分支 ${id}`,
  branchFirst: '從頭開始',
  branchFrom: (id: number, at: string) => `於 ${at} 離開分支 ${id}`,
  branchSeed: (seed: number) => `種子 ${seed}`,
  branchUntil: (at: string) => `到 ${at}`,

  skipped,
  skippedLine: (span: string, what: string) => `快轉了 ${span}：${what}`,
  skippedNothing: '沒有看得出來的變化',
  skippedMissed: (target) => `${target}：還沒有發生。`,
  skippedClose: '關閉',
  skippedLook: '從那裡看起',

  lanes: { pods: 'Pod', rollouts: 'Rollout', nodes: 'Node' },
  counts,
  lanesLabel: '時間軸顯示的內容',
  zoomIn: '縮短範圍',
  zoomOut: '拉長範圍',
  span: (span: string) => `寬度為 ${span}`,
  whole: '全部歷史',
  empty: '每個 Pod 都會在這裡留下一條橫條，顏色和形狀代表它的階段。',
  emptyHow: '拖曳時間標記就能回到過去。',
  emptyRollouts: 'Deployment、StatefulSet、DaemonSet 的每次 rollout 都會在這裡留下一條橫條。',
  emptyNodes: '每個節點都會在這裡留下一條橫條：是否 Ready、有沒有電源。',
  notKept: '保留過去的程式沒有載入。事件會列出最近一小時的經過。',
  letGo: (revisions: string, at: string) =>
    `為了節省記憶體，最舊的 ${revisions} 個修訂版已捨棄：過去從 ${at} 開始。`,
  full: 'Pod 比橫條多：有些沒有顯示在這裡。',
  groupAlone: '沒有擁有者',
  group: (kind: string, name: string, count: number) => `${kind} ${name}，${count} 個 Pod`,
  looks,
  nodeStates,
  rolloutStates,
  powerOff: '沒有電源',
  cut: '網路線已拔除',
  cordoned: '已停止排程',
  revision: (revision: string) => `修訂版 ${revision}`,
  updated: (updated: number, wanted: number) => `已更新 ${updated} / ${wanted}`,
  restart: (reason: string, code: number) => `因 ${reason} 重新啟動（結束代碼 ${code}）`,
  restarts: (count: number) => `重新啟動 ${count} 次`,
  from: (from: string, span: string) => `自 ${from} 起，歷時 ${span}`,
  gone: (at: string) => `於 ${at} 消失`,
  jump: '點一下就前往那一刻',

  days: (count: number) => `${count} 天`,
  hours: (count: number) => `${count} 小時`,
  minutes: (count: number) => `${count} 分`,
  seconds: (count: string) => `${count} 秒`,
};
