// The editor's files and its gallery, in Traditional Chinese.
import type { Catalog } from '../catalog';

export const editing: Catalog['editing'] = {
  files: '檔案',
  newFile: '新檔案',
  closeFile: (name) => `關閉 ${name}`,
  renameHint: '連按兩下或按 F2 重新命名',
  renameFile: (name) => `${name} 的新名稱`,
  closed: (name) => `已關閉 ${name}。`,
  modes: { edit: '編輯', diff: '差異', live: '線上' },
  modesLabel: '要看檔案的哪一面',
  format: '格式化',
  formatAbout: '格式化文件',
  problemsList: '問題',
  hideProblems: '收起問題',
  gallery: '範例',
  galleryAbout: '每個範例都在自己的分頁開啟；按下「套用」之前不會執行任何東西。',
  groups: {
    first: '第一步',
    workloads: '工作負載',
    network: '網路',
    storage: '儲存',
    trouble: '出了什麼問題',
    world: '外在世界',
  },
};
