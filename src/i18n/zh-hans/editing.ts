// The editor's files and its gallery, in Simplified Chinese.
import type { Catalog } from '../catalog';

export const editing: Catalog['editing'] = {
  files: '文件',
  newFile: '新建文件',
  closeFile: (name) => `关闭 ${name}`,
  renameHint: '双击或按 F2 重命名',
  renameFile: (name) => `${name} 的新名称`,
  closed: (name) => `已关闭 ${name}。`,
  modes: { edit: '编辑', diff: '差异', live: '线上' },
  modesLabel: '要看文件的哪一面',
  format: '格式化',
  formatAbout: '格式化文档',
  problemsList: '问题',
  hideProblems: '收起问题',
  gallery: '示例',
  galleryAbout: '每个示例都在自己的标签页打开；按下“应用”之前不会运行任何东西。',
  groups: {
    first: '第一步',
    workloads: '工作负载',
    network: '网络',
    storage: '存储',
    trouble: '出了什么问题',
    world: '外部世界',
  },
};
