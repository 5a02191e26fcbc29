// The keys of the page, as the help sheet tells them in Simplified Chinese.
import type { Catalog } from '../catalog';

export const keys: Catalog['keys'] = [
  {
    where: '文本以外的任何地方',
    keys: [
      { keys: ['Space'], does: '暂停与继续' },
      { keys: ['.', ','], does: '前进、后退一个事件' },
      { keys: ['>'], does: '前进一跳：到下一条消息到达' },
      { keys: ['W'], does: '快进到下一个变化；再按一次就停' },
      { keys: ['mod', 'Z'], does: '撤销上一个操作；加上 Shift 则重做' },
      { keys: ['/'], does: '查找并前往' },
      { keys: ['?'], does: '这份按键说明' },
      { keys: ['Esc'], does: '关闭打开的面板' },
      { keys: ['F6'], does: '下一个区域' },
    ],
  },
  {
    where: '在画布上',
    keys: [
      { keys: ['↑', '↓', '←', '→'], does: '移动' },
      { keys: ['[', ']'], does: '上一个、下一个节点' },
      { keys: ['Enter'], does: '打开' },
      { keys: ['M'], does: '菜单' },
      { keys: ['G'], does: '拿起节点；方向键瞄准，Enter 放下，Esc 放回' },
      { keys: ['P', 'X', 'F'], does: '节点：电源、网线、磁盘' },
      { keys: ['C', 'D', 'T'], does: '节点：停止调度、排空、污点' },
      { keys: ['K', 'R', 'B'], does: 'Pod：杀死容器、崩溃、探针失败' },
      { keys: ['S', 'R'], does: '组件：停止或启动、崩溃' },
      { keys: ['L', 'N'], does: '标签；添加机器' },
      { keys: ['Del'], does: '删除 Pod，关闭节点电源' },
      { keys: ['+', '-', '0'], does: '缩放' },
    ],
  },
  {
    where: '在时间标记上',
    keys: [
      { keys: ['←', '→'], does: '逐个事件' },
      { keys: ['PgUp', 'PgDn'], does: '十个事件' },
      { keys: ['Home', 'End'], does: '开头、现在' },
    ],
  },
  {
    where: '在编辑器里',
    keys: [
      { keys: ['mod', 'Enter'], does: '应用' },
      { keys: ['mod', 'S'], does: '应用' },
      { keys: ['mod', 'Shift', 'Enter'], does: '应用，并跟着 Pod 一步一步看' },
      { keys: ['mod', 'Space'], does: '自动补全' },
      { keys: ['Esc'], does: '离开，回到上方标签' },
    ],
  },
  {
    where: '在 Pod 的导览里',
    keys: [
      { keys: ['→'], does: '下一步' },
      { keys: ['←'], does: '上一步' },
      { keys: ['Esc'], does: '离开' },
    ],
  },
];
