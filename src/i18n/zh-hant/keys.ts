// The keys of the page, as the help sheet tells them in Traditional Chinese.
import type { Catalog } from '../catalog';

export const keys: Catalog['keys'] = [
  {
    where: '文字以外的任何地方',
    keys: [
      { keys: ['Space'], does: '暫停與繼續' },
      { keys: ['.', ','], does: '前進、後退一個事件' },
      { keys: ['>'], does: '前進一跳：到下一則訊息抵達' },
      { keys: ['W'], does: '快轉到下一個變化；再按一次就停' },
      { keys: ['mod', 'Z'], does: '復原上一個動作；加上 Shift 則重做' },
      { keys: ['/'], does: '尋找並前往' },
      { keys: ['?'], does: '這份按鍵說明' },
      { keys: ['Esc'], does: '關閉開啟的面板' },
      { keys: ['F6'], does: '下一個區域' },
    ],
  },
  {
    where: '在畫布上',
    keys: [
      { keys: ['↑', '↓', '←', '→'], does: '移動' },
      { keys: ['[', ']'], does: '上一個、下一個節點' },
      { keys: ['Enter'], does: '開啟' },
      { keys: ['M'], does: '選單' },
      { keys: ['G'], does: '拿起節點；方向鍵瞄準，Enter 放下，Esc 放回' },
      { keys: ['P', 'X', 'F'], does: '節點：電源、網路線、磁碟' },
      { keys: ['C', 'D', 'T'], does: '節點：停止排程、排空、汙點' },
      { keys: ['K', 'R', 'B'], does: 'Pod：終止容器、當掉、探測失敗' },
      { keys: ['S', 'R'], does: '元件：停止或啟動、當掉' },
      { keys: ['L', 'N'], does: '標籤；新增機器' },
      { keys: ['Del'], does: '刪除 Pod，關閉節點電源' },
      { keys: ['+', '-', '0'], does: '縮放' },
    ],
  },
  {
    where: '在時間標記上',
    keys: [
      { keys: ['←', '→'], does: '逐個事件' },
      { keys: ['PgUp', 'PgDn'], does: '十個事件' },
      { keys: ['Home', 'End'], does: '開頭、現在' },
    ],
  },
  {
    where: '在編輯器裡',
    keys: [
      { keys: ['mod', 'Enter'], does: '套用' },
      { keys: ['mod', 'S'], does: '套用' },
      { keys: ['mod', 'Shift', 'Enter'], does: '套用，並跟著 Pod 一步一步看' },
      { keys: ['mod', 'Space'], does: '自動完成' },
      { keys: ['Esc'], does: '離開，回到上方分頁' },
    ],
  },
  {
    where: '在 Pod 的導覽裡',
    keys: [
      { keys: ['→'], does: '下一步' },
      { keys: ['←'], does: '上一步' },
      { keys: ['Esc'], does: '離開' },
    ],
  },
];
