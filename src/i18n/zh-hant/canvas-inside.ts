// What the canvas says of the inside of a pod, in Traditional Chinese.
import type { Catalog } from '../catalog';

export const inside: Catalog['inside'] = {
  title: 'Pod 內部（160% 以上）：探測、儲存卷',
  running: '執行中',
  waiting: '等待中',
  ended: '已結束',
  init: 'init 容器',
  sidecar: 'sidecar 容器',
  app: '容器',
  ephemeral: '臨時容器',
  probes: { startup: '啟動', readiness: '就緒', liveness: '存活' },
  results: { passed: '通過', failed: '失敗', waiting: '尚未執行', unknown: '不明' },
  restarts: (n) => `重新啟動 ${n} 次`,
  every: (probe, seconds) => `${probe}，每 ${seconds} 秒`,
  mounts: '掛載',
  mountedBy: '掛載於',
  notMounted: '沒有容器掛載',
  readOnly: '唯讀',
  image: '映像檔',
  last: '先前',
  address: 'Pod IP',
  noAddress: '還沒有 IP',
  label: (containers, volumes) => `容器：${containers}。儲存卷：${volumes || '無'}。`,
};
