// What the clock and the head of the timeline say, in Simplified Chinese.
import type { Catalog } from '../catalog';

const warps = {
  change: '下一个变化',
  scheduled: '下一个 Pod 分配到节点',
  pulled: '下一个镜像拉取完成',
  ready: '所有 Pod 就绪',
  rollout: 'Rollout 完成',
  restart: '下一次重启',
  node: '下一次 Node 状态变化',
  eviction: '下一次驱逐',
  job: '下一个 Job 完成',
  cronJob: '下一次 CronJob 触发',
};

export const time: Catalog['time'] = {
  timeline: '时间轴',
  hop: '前进一跳：到下一条消息到达',
  warpMenu: '快进到',
  warpMenuAbout: '灰色的项目在当前情况下不会发生',
  warps,
  undo: (label: string) => `撤销：${label}`,
  undoNothing: '没有可以撤销的操作',
  redo: (label: string) => `重做：${label}`,
  redoNothing: '没有可以重做的操作',
};
