// What greets a person at the first visit, in Simplified Chinese.
import type { Catalog } from '../catalog';

export const welcome: Catalog['welcome'] = {
  title: '一整个 Kubernetes 集群，就在这个标签页',
  about: '一个控制平面、四个节点，上面还没有你的东西。在这里怎么做都不会弄坏任何东西。',
  close: '关闭',
  apply: '应用 Deployment',
  applyAbout: '跟着请求从编辑器经过 API server，一路到运行中的 Pod。',
  applyAct: '应用并观看',
  drag: '拿走一个节点',
  dragAbout: '心跳停止，上面的 Pod 被放弃，新的在别处启动。',
  dragAct: '告诉我在哪里',
  why: '问为什么',
  whyAbout: '一步一步跟着一个 Pod，从你的 YAML 到 Ready。',
  whyAct: 'Pod 是怎样产生的',
  shown: (node) => `拖动 ${node} 的名称，或在它上面按 G，然后放到“关闭电源”。`,
};
