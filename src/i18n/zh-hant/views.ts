// The views of the cluster, by their tabs above the canvas.
import type { Catalog } from '../catalog';

export const views: Catalog['views'] = {
  label: '檢視',
  names: { cluster: '叢集', ownership: '擁有關係', scheduler: '排程' },
  loading: '正在載入檢視',
  failed: (because) => `無法載入檢視：${because}`,
};
