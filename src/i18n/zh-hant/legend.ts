// The legend of the canvas, in Traditional Chinese.
import type { Catalog } from '../catalog';

const legendLooks = {
  running: ['執行中，已就緒', '細線，圓點'],
  notReady: ['執行中，未就緒', '琥珀色線，半圓'],
  creating: ['ContainerCreating', '隨映像檔填滿'],
  pending: ['Pending', '虛線，沙漏'],
  terminating: ['Terminating', '切角，斜紋'],
  crashLoop: ['CrashLoopBackOff', '八角形，迴圈'],
  failed: ['Failed', '八角形，叉'],
  succeeded: ['Succeeded', '膠囊形，勾'],
  unknown: ['Unknown', '點線：節點沒有消息'],
};

export const legend: Catalog['legend'] = {
  pods: 'Pod：先看輪廓，再看符號',
  looks: legendLooks,
  containersTitle: '容器與擁有者',
  containers: {
    running: '執行中',
    waiting: '等待中',
    error: '以錯誤結束',
    initDone: 'init，完成',
    initWaiting: 'init，等待中',
    sidecar: 'sidecar',
  },
  current: '目前的修訂版',
  older: '較舊的修訂版',
  messagesTitle: '移動中的訊息',
  messages: {
    request: '請求',
    answer: '回應',
    watch: '監看事件',
    heartbeat: '心跳',
    failure: '失敗',
  },
  water: '節點是水槽：水位是 CPU 與記憶體要求量之中較高的一個。沒有電源的節點是乾的。',
};
