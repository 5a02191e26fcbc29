// What names the page, and the ways in to what leads a person, in Simplified Chinese.
import type { Catalog } from '../catalog';

export const guide: Catalog['guide'] = {
  page: {
    comma: '、',
    title: 'Kubarium：标签页里的 Kubernetes 集群',
    about:
      '一整个活着的 Kubernetes 集群，就在浏览器标签页里：粘贴 Deployment，看它运行；关掉节点，看它修复。',
  },
  walk: {
    title: 'Pod 是怎样产生的',
    applyMenu: '其他应用方式',
    applyAndWalk: '一步一步应用',
    applyAndWalkAbout: 'Pod 是怎样产生的：时钟停在每一步',
  },
  welcome: {
    open: '欢迎',
  },
  story: {
    title: '故事',
  },
};
