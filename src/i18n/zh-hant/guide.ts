// What names the page, and the ways in to what leads a person, in Traditional Chinese.
import type { Catalog } from '../catalog';

export const guide: Catalog['guide'] = {
  page: {
    comma: '、',
    title: 'Kubarium：分頁裡的 Kubernetes 叢集',
    about:
      '一整個活著的 Kubernetes 叢集，就在瀏覽器分頁裡：貼上 Deployment，看它執行；關掉節點，看它修復。',
  },
  walk: {
    title: 'Pod 是怎麼產生的',
    applyMenu: '其他套用方式',
    applyAndWalk: '一步一步套用',
    applyAndWalkAbout: 'Pod 是怎麼產生的：時鐘停在每一步',
  },
  welcome: {
    open: '歡迎',
  },
  story: {
    title: '故事',
  },
};
