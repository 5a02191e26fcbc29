// Be the scheduler as data: the pods that wait as pieces, the nodes as two stacks each (CPU and
// memory add up apart), what would become of a drop, and the score against the real scheduler.
import { isControlPlane } from '../../state/node-groups';
import { podRequests } from '../../../api/pod-requests';
import { parseQuantity } from '../../../api/quantity';
import type { Pod } from '../../../api/types';
import type { SchedulingReport } from '../../../host/protocol';
import type { SceneNode, ScenePod } from '../../../scene/scene';
import { byNumber } from '../../state/by-number';

/** CPUs and GiB. */
export interface Amount {
  cpu: number;
  memory: number;
}

export interface Piece extends Amount {
  /** 'namespace/name' */
  key: string;
  name: string;
  hue: number;
}

/** All pods of one owner on a node. */
export interface Segment extends Amount {
  name: string;
  hue: number;
  isSystem: boolean;
}

export interface Stack {
  node: string;
  zone: string;
  isReady: boolean;
  /** Of the control plane: shown last. */
  isMaster: boolean;
  capacity: Amount;
  used: Amount;
  /** From the floor upward: the system last. */
  segments: Segment[];
}

/** What a binding would meet on a node. */
export interface Verdict {
  fits: boolean;
  /** The first thing that speaks against it, in the scheduler's words. */
  against: string;
  /** Left there afterwards. */
  left: Amount;
}

export interface Choice {
  pod: string;
  node: string;
  /** Where the scheduler would have bound it; '' for nowhere. */
  best: string;
  yours: number;
  its: number;
}

const GI = 1024 ** 3;
const PHASES_OVER = new Set(['Succeeded', 'Failed']);

export function amountOf(pod: Pod): Amount {
  const { cpu = '0', memory = '0' } = podRequests(pod.spec);
  return { cpu: parseQuantity(cpu), memory: parseQuantity(memory) / GI };
}

/** The pods that wait for a node, oldest first. */
export function piecesOf(pods: Iterable<Pod>, scene: ReadonlyMap<string, ScenePod>): Piece[] {
  const waiting = [...pods].filter(
    ({ spec, status, metadata }) =>
      !spec.nodeName && !metadata.deletionTimestamp && !PHASES_OVER.has(status.phase ?? ''),
  );
  return waiting.sort(byAge).map((pod) => {
    const { namespace = '', name } = pod.metadata;
    const key = `${namespace}/${name}`;
    return { key, name, hue: scene.get(key)?.owner?.hue ?? 6, ...amountOf(pod) };
  });
}

/** One stack a node, workers first, by name; what has ended takes no room. */
export function stacksOf(
  pods: Iterable<Pod>,
  nodes: ReadonlyMap<string, SceneNode>,
  scene: ReadonlyMap<string, ScenePod>,
): Stack[] {
  const stacks = new Map<string, Stack>();
  for (const node of nodes.values()) {
    if (!node.registered) continue;
    stacks.set(node.name, {
      node: node.name,
      zone: node.zone,
      isReady: node.ready === 'Ready',
      isMaster: isControlPlane(node),
      capacity: { cpu: node.cpu.allocatable / 1000, memory: node.memory.allocatable / GI },
      used: { cpu: 0, memory: 0 },
      segments: [],
    });
  }
  for (const pod of pods) {
    const stack = stacks.get(pod.spec.nodeName ?? '');
    if (!stack || PHASES_OVER.has(pod.status.phase ?? '')) continue;
    stackUp(stack, pod, scene.get(`${pod.metadata.namespace}/${pod.metadata.name}`));
  }
  for (const { segments } of stacks.values()) {
    segments.sort((a, b) => Number(a.isSystem) - Number(b.isSystem) || a.hue - b.hue);
  }
  return [...stacks.values()].sort(
    (a, b) => Number(a.isMaster) - Number(b.isMaster) || byNumber(a.node, b.node),
  );
}

function stackUp(stack: Stack, pod: Pod, seen: ScenePod | undefined): void {
  const amount = amountOf(pod);
  add(stack.used, amount);
  if (amount.cpu === 0 && amount.memory === 0) return;
  const isSystem = pod.metadata.namespace === 'kube-system';
  const name = isSystem ? '' : (seen?.owner?.name ?? pod.metadata.name);
  const held = stack.segments.find((it) => it.isSystem === isSystem && it.name === name);
  if (held) return add(held, amount);
  const hue = isSystem ? 6 : (seen?.owner?.hue ?? 6);
  stack.segments.push({ name, isSystem, hue, ...amount });
}

function add(to: Amount, { cpu, memory }: Amount): void {
  to.cpu += cpu;
  to.memory += memory;
}

/** What the scheduler's filters say of a node, and what would be left there. */
export function verdictOf(piece: Amount, stack: Stack, report: SchedulingReport | null): Verdict {
  const left = {
    cpu: stack.capacity.cpu - stack.used.cpu - piece.cpu,
    memory: stack.capacity.memory - stack.used.memory - piece.memory,
  };
  for (const { rejected } of report?.filters ?? []) {
    const against = rejected[stack.node] ?? rejected['*'];
    if (against !== undefined) return { fits: false, against, left };
  }
  return { fits: true, against: '', left };
}

/** What was chosen beside what the scheduler would have: scores as it weighs them. */
export function choiceOf(pod: string, node: string, report: SchedulingReport): Choice {
  const { totals } = report;
  const rejected = new Set(report.filters.flatMap((filter) => Object.keys(filter.rejected)));
  const names = Object.keys(totals);
  const best = names.reduce(
    (held, name) => (held === '' || totals[name]! > totals[held]! ? name : held),
    '',
  );
  // One node that alone fits is not scored; who hits it does as well as can be.
  const isOnly = names.length === 0 && !rejected.has('*') && !rejected.has(node);
  if (isOnly) return { pod, node, best: node, yours: 0, its: 0 };
  return { pod, node, best, yours: totals[node] ?? 0, its: totals[best] ?? 0 };
}

/** By how much the choices fall behind the scheduler's; 0 is as good as it. */
export function scoreOf(choices: readonly Choice[]): number {
  return choices.reduce((sum, { yours, its }) => sum + yours - its, 0);
}

/** '0.25' as '.25', '1.50' as '1.5'. */
export function short(amount: number): string {
  const text = String(Math.round(amount * 100) / 100);
  return text.replace(/^(-?)0\./, '$1.');
}

function byAge(a: Pod, b: Pod): number {
  const [one, other] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (one !== other) return one < other ? -1 : 1;
  return byNumber(a.metadata.name, b.metadata.name);
}
