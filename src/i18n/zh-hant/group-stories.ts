// What is told of a rack or a zone as one, in Traditional Chinese.
import type { GroupStoryWords } from '../story-words';

const number = (n: number) => new Intl.NumberFormat('zh-TW').format(n);
const pods = (n: number) => `${number(n)} 個 Pod`;
const many = ({ kind, name }: { kind: 'Zone' | 'Rack'; name: string }) =>
  kind === 'Rack' ? `機櫃 **${name}**` : `**${name}**`;
/** After a verb: a Latin name stands apart from it. */
const after = (of: { kind: 'Zone' | 'Rack'; name: string }) =>
  of.kind === 'Rack' ? many(of) : ` ${many(of)}`;
const nodes = (n: number) => `${number(n)} 個節點`;
const machines = (n: number) => `${number(n)} 台機器`;

export const groupStories: GroupStoryWords = {
  youPowerOffAll: {
    says: (of) => `你關閉${after(of)} 的電源 → ${machines(of.count)}全部停止`,
    next: '心跳停止',
  },
  youPowerOnAll: {
    says: (of) => `你開啟${after(of)} 的電源 → ${machines(of.count)}開機，kubelet 重新加入`,
    next: 'kubelet 重新加入',
  },
  youCutCableAll: {
    says: (of) => `你拔掉${after(of)} 的網路線 → ${machines(of.count)}照常執行，但失去音訊`,
    next: '沒人聽得到心跳',
  },
  youPlugCableAll: {
    says: (of) => `你接回${after(of)} 的網路線 → 又聽得到 ${machines(of.count)}`,
    next: 'kubelet 補上進度',
  },
  youCordonAll: {
    says: (of) => `你將${after(of)} 設為不可排程 → ${nodes(of.count)}不再接收新的 Pod`,
    next: '排程器會略過它們',
  },
  youUncordonAll: {
    says: (of) => `你恢復${after(of)} 的排程 → ${nodes(of.count)}再次接收新的 Pod`,
    next: '排程器重新納入它們',
  },
  groupSilent: {
    says: (of) =>
      `${many(of)} ${of.cause === 'power' ? '斷電' : '斷線'} → ` +
      `${nodes(of.count)} NotReady → ${pods(of.pods)} 失去音訊`,
    next: 'node-lifecycle 加上汙點',
  },
  groupTainted: {
    says: (of) =>
      `${many(of)} 狀態為 ${of.taint} → ${nodes(of.count)}逐一加上汙點，300 秒後 Pod 離開`,
    next: '300 秒後 Pod 離開',
  },
  groupBack: {
    says: (of) => `${many(of)} 恢復音訊 → ${nodes(of.count)} Ready`,
    next: '再次接收 Pod',
  },
};
