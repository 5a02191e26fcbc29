// What greets a person at the first visit, in Traditional Chinese.
import type { Catalog } from '../catalog';

export const welcome: Catalog['welcome'] = {
  title: '一整個 Kubernetes 叢集，就在這個分頁',
  about: '一個控制平面、四個節點，上面還沒有你的東西。在這裡怎麼做都不會弄壞任何東西。',
  close: '關閉',
  apply: '套用 Deployment',
  applyAbout: '跟著請求從編輯器經過 API server，一路到執行中的 Pod。',
  applyAct: '套用並觀看',
  drag: '拿走一個節點',
  dragAbout: '心跳停止，上面的 Pod 被放棄，新的在別處啟動。',
  dragAct: '告訴我在哪裡',
  why: '問為什麼',
  whyAbout: '一步一步跟著一個 Pod，從你的 YAML 到 Ready。',
  whyAct: 'Pod 是怎麼產生的',
  shown: (node) => `拖曳 ${node} 的名稱，或在它上面按 G，然後放到「關閉電源」。`,
};
