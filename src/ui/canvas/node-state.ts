// What a tank says of its node. Two things are told apart: what is so (the machine has power, the
// cable is in) and what the API server last heard. Stale news keeps its last value, loses its
// colour and says its age.
import type { SceneNode } from '../../scene/scene';
import { messages } from './messages';
import { capacity, span } from './quantities';

/** A heartbeat older than this is late: the kubelet renews its Lease every 10 s. */
const lateMs = 20_000;

export interface NodeState {
  /** No power: the tank is dry and hatched. */
  drained: boolean;
  /** Nothing is heard of it: its pods are only remembered. */
  stale: boolean;
  label: string;
  tone: 'run' | 'fail' | 'pend' | 'quiet';
  mark: 'check' | 'x' | null;
  /** Zone and capacity, or why it is silent. */
  about: string;
  /** `long` where there is room for a sentence. */
  kubelet: { text: string; long: string; tone: 'heart' | 'fail' | 'quiet' };
}

/**
 * The state of a node at a virtual time; `apiDown` when there is no server that could hear of it.
 */
export function nodeState(node: SceneNode, nowMs: number, apiDown = false): NodeState {
  const drained = node.power === 'Off';
  const cut = node.network === 'Cut';
  const ageMs = node.heartbeatMs > 0 ? Math.max(0, nowMs - node.heartbeatMs) : 0;
  const late = !apiDown && node.registered && node.heartbeatMs > 0 && ageMs > 2 * lateMs;
  const stale = isSilent(node) || late;
  return {
    drained,
    stale,
    ...label(node, stale || apiDown, ageMs),
    about: about(node, drained, cut),
    kubelet: kubelet(node, stale, ageMs, apiDown),
  };
}

/** Whether nothing can be heard of a node, or has not been for so long that the server gave up. */
export function isSilent(node: SceneNode): boolean {
  return node.power === 'Off' || node.network === 'Cut' || node.ready === 'Unknown';
}

/**
 * Age of the last heartbeat at a virtual time, in ms that are whole seconds; see VirtualNow on lag.
 */
export function sinceHeartbeat(node: SceneNode, nowMs: number, lagMs = 0): number {
  // The newest heartbeat of one that lives may still be on its way to the picture.
  const seenMs = isSilent(node) ? nowMs : nowMs - lagMs;
  return Math.max(0, Math.floor((seenMs - node.heartbeatMs) / 1000)) * 1000;
}

function label(
  node: SceneNode,
  stale: boolean,
  ageMs: number,
): Pick<NodeState, 'label' | 'tone' | 'mark'> {
  if (!node.registered) return { label: messages.notRegistered, tone: 'quiet', mark: null };
  if (node.ready !== 'Ready') return { label: messages.notReady, tone: 'fail', mark: 'x' };
  if (stale) return { label: messages.readyAgo(span(ageMs)), tone: 'quiet', mark: null };
  if (node.cordoned) return { label: messages.readyCordoned, tone: 'pend', mark: null };
  return { label: messages.ready, tone: 'run', mark: 'check' };
}

function about(node: SceneNode, drained: boolean, cut: boolean): string {
  const zone = node.zone ? [node.zone] : [];
  if (drained) return [...zone, messages.noPower].join(' · ');
  if (cut) return [...zone, messages.noCable].join(' · ');
  return [...zone, capacity(node.cpu.allocatable, node.memory.allocatable)].join(' · ');
}

function kubelet(
  node: SceneNode,
  stale: boolean,
  ageMs: number,
  apiDown: boolean,
): NodeState['kubelet'] {
  const said = (text: string, long: string, tone: NodeState['kubelet']['tone']) => ({
    text,
    long,
    tone,
  });
  if (node.heartbeatMs <= 0) {
    return said(messages.kubeletStarting, messages.kubeletStarting, 'quiet');
  }
  const age = span(ageMs);
  if (stale) return said(age, messages.lastHeard(age), 'fail');
  if (apiDown) return said(messages.refused, messages.refused, 'fail');
  if (ageMs > lateMs) return said(age, messages.lastHeard(age), 'fail');
  return said(age, age, 'heart');
}
