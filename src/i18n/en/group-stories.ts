// What is told of a rack or a zone as one, in English.
import type { GroupStoryWords } from '../story-words';
import { counted } from './counted';

const pods = (n: number) => counted(n, 'pod', 'pods');
/** 'rack **b-09**', '**zone-b**'. */
const many = ({ kind, name }: { kind: 'Zone' | 'Rack'; name: string }) =>
  kind === 'Rack' ? `rack **${name}**` : `**${name}**`;
const manyFirst = (parts: { kind: 'Zone' | 'Rack'; name: string }) =>
  many(parts).replace('rack', 'Rack');
const nodes = (n: number) => counted(n, 'node', 'nodes');
const machines = (n: number) => counted(n, 'machine', 'machines');

export const groupStories: GroupStoryWords = {
  youPowerOffAll: {
    says: (of) => `You cut the power of ${many(of)} → ${machines(of.count)} stop`,
    next: 'their heartbeats stop',
  },
  youPowerOnAll: {
    says: (of) => `You switch ${many(of)} on → ${machines(of.count)} boot, their kubelets rejoin`,
    next: 'their kubelets rejoin',
  },
  youCutCableAll: {
    says: (of) => `You cut the cables of ${many(of)} → ${machines(of.count)} run on, unheard`,
    next: 'nobody hears their heartbeats',
  },
  youPlugCableAll: {
    says: (of) => `You plug ${many(of)} in again → ${machines(of.count)} are heard again`,
    next: 'their kubelets catch up',
  },
  youCordonAll: {
    says: (of) => `You cordon ${many(of)} → ${nodes(of.count)} take no new pods`,
    next: 'the scheduler leaves them out',
  },
  youUncordonAll: {
    says: (of) => `You uncordon ${many(of)} → ${nodes(of.count)} take new pods again`,
    next: 'the scheduler counts them in',
  },
  groupSilent: {
    says: (of) =>
      `${manyFirst(of)} ${of.cause === 'power' ? 'lost power' : 'is cut off'} → ` +
      `${nodes(of.count)} NotReady → ${pods(of.pods)} unheard of`,
    next: 'node-lifecycle taints them',
  },
  groupTainted: {
    says: (of) =>
      `${manyFirst(of)} is ${of.taint} → its ${nodes(of.count)} are tainted one after the other, ` +
      'their pods leave 300 s later',
    next: 'their pods leave in 300 s',
  },
  groupBack: {
    says: (of) => `${manyFirst(of)} is heard of again → ${nodes(of.count)} are Ready`,
    next: 'they take pods again',
  },
};
