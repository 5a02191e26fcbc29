// What is told of a rack or a zone as one, in Simplified Chinese.
import type { GroupStoryWords } from '../story-words';

const number = (n: number) => new Intl.NumberFormat('zh-CN').format(n);
const pods = (n: number) => `${number(n)} 个 Pod`;
const many = ({ kind, name }: { kind: 'Zone' | 'Rack'; name: string }) =>
  kind === 'Rack' ? `机架 **${name}**` : `**${name}**`;
/** After a verb: a Latin name stands apart from it. */
const after = (of: { kind: 'Zone' | 'Rack'; name: string }) =>
  of.kind === 'Rack' ? many(of) : ` ${many(of)}`;
const nodes = (n: number) => `${number(n)} 个节点`;
const machines = (n: number) => `${number(n)} 台机器`;

export const groupStories: GroupStoryWords = {
  youPowerOffAll: {
    says: (of) => `你关闭${after(of)} 的电源 → ${machines(of.count)}全部停止`,
    next: '心跳停止',
  },
  youPowerOnAll: {
    says: (of) => `你打开${after(of)} 的电源 → ${machines(of.count)}开机，kubelet 重新加入`,
    next: 'kubelet 重新加入',
  },
  youCutCableAll: {
    says: (of) => `你拔掉${after(of)} 的网线 → ${machines(of.count)}照常运行，但失去联系`,
    next: '没人听得到心跳',
  },
  youPlugCableAll: {
    says: (of) => `你接回${after(of)} 的网线 → 又听得到 ${machines(of.count)}`,
    next: 'kubelet 补上进度',
  },
  youCordonAll: {
    says: (of) => `你将${after(of)} 设为不可调度 → ${nodes(of.count)}不再接收新的 Pod`,
    next: '调度器会略过它们',
  },
  youUncordonAll: {
    says: (of) => `你恢复${after(of)} 的调度 → ${nodes(of.count)}再次接收新的 Pod`,
    next: '调度器重新纳入它们',
  },
  groupSilent: {
    says: (of) =>
      `${many(of)} ${of.cause === 'power' ? '断电' : '断线'} → ` +
      `${nodes(of.count)} NotReady → ${pods(of.pods)} 失去联系`,
    next: 'node-lifecycle 打上污点',
  },
  groupTainted: {
    says: (of) =>
      `${many(of)} 状态为 ${of.taint} → ${nodes(of.count)}逐一打上污点，300 秒后 Pod 离开`,
    next: '300 秒后 Pod 离开',
  },
  groupBack: {
    says: (of) => `${many(of)} 恢复联系 → ${nodes(of.count)} Ready`,
    next: '再次接收 Pod',
  },
};
