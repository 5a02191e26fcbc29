// What the canvas says of the inside of a pod, in Simplified Chinese.
import type { Catalog } from '../catalog';

export const inside: Catalog['inside'] = {
  title: 'Pod 内部（160% 以上）：探测、存储卷',
  running: '运行中',
  waiting: '等待中',
  ended: '已结束',
  init: 'init 容器',
  sidecar: 'sidecar 容器',
  app: '容器',
  ephemeral: '临时容器',
  probes: { startup: '启动', readiness: '就绪', liveness: '存活' },
  results: { passed: '通过', failed: '失败', waiting: '尚未运行', unknown: '未知' },
  restarts: (n) => `重启 ${n} 次`,
  every: (probe, seconds) => `${probe}，每 ${seconds} 秒`,
  mounts: '挂载',
  mountedBy: '挂载于',
  notMounted: '没有容器挂载',
  readOnly: '只读',
  image: '镜像',
  last: '之前',
  address: 'Pod IP',
  noAddress: '还没有 IP',
  label: (containers, volumes) => `容器：${containers}。存储卷：${volumes || '无'}。`,
};
