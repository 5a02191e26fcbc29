// What the clock and the head of the timeline say, in Traditional Chinese.
import type { Catalog } from '../catalog';

const warps = {
  change: '下一個變化',
  scheduled: '下一個 Pod 分配到節點',
  pulled: '下一個映像拉取完成',
  ready: '所有 Pod 就緒',
  rollout: 'Rollout 完成',
  restart: '下一次重新啟動',
  node: '下一次 Node 狀態改變',
  eviction: '下一次驅逐',
  job: '下一個 Job 完成',
  cronJob: '下一次 CronJob 觸發',
};

export const time: Catalog['time'] = {
  timeline: '時間軸',
  hop: '前進一跳：到下一則訊息抵達',
  warpMenu: '快轉到',
  warpMenuAbout: '灰色的項目以目前情況不會發生',
  warps,
  undo: (label: string) => `復原：${label}`,
  undoNothing: '沒有可以復原的動作',
  redo: (label: string) => `重做：${label}`,
  redoNothing: '沒有可以重做的動作',
};
