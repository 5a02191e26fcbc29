// The views of the cluster, by their tabs above the canvas.
import type { Catalog } from '../catalog';

export const views: Catalog['views'] = {
  label: '视图',
  names: { cluster: '集群', ownership: '归属关系', scheduler: '调度' },
  loading: '正在加载视图',
  failed: (because) => `无法加载视图：${because}`,
};
