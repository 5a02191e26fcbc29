// How nodes come, fall silent and return.
import type { Node, Pod } from '../../api/types';
import type { TraceRecord } from '../../sim/trace';
import { readinessOf } from '../node-view';
import {
  linkOf,
  linkTo,
  objectOf,
  told,
  type StoryFamily,
  type StoryView,
  type Told,
} from './rule';

/** The controller marks the pods of a node that it does not hear of. */
function unready(record: TraceRecord, view: StoryView): Told | undefined {
  const pod = objectOf<Pod>(record, view);
  const node = pod?.spec.nodeName;
  if (!node || readinessOf(view.read<Node>('nodes', '', node)) === 'Ready') return undefined;
  const ready = pod.status.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'False') return undefined;
  const about = linkOf('Pod', record);
  return told('podUnready', { pod: record.name }, about, 'warn', linkTo('Node', '', node));
}

export function nodeRules(): StoryFamily {
  const silent = new Set<string>();

  /** The controller has not heard of it: first its status says so, then its taint. */
  function news(record: TraceRecord, view: StoryView): Told | undefined {
    const node = objectOf<Node>(record, view);
    if (!node || readinessOf(node) === 'Ready') return undefined;
    const about = linkOf('Node', record);
    if (record.resource === 'nodes/status') {
      if (readinessOf(node) !== 'Unknown') return undefined;
      silent.add(record.name);
      return told('nodeSilent', { node: record.name }, about, 'bad');
    }
    const taint = node.spec.taints?.find(({ effect }) => effect === 'NoExecute');
    if (!taint) return undefined;
    const what = taint.key.replace('node.kubernetes.io/', '');
    return told('nodeTainted', { node: record.name, taint: what }, about, 'bad');
  }

  function heard(record: TraceRecord, view: StoryView): Told | undefined {
    if (!silent.has(record.name)) return undefined;
    const node = objectOf<Node>(record, view);
    if (!node || readinessOf(node) !== 'Ready') return undefined;
    silent.delete(record.name);
    return told('nodeBack', { node: record.name }, linkOf('Node', record), 'good');
  }

  return {
    table: {
      'kube-controller-manager patch nodes': news,
      'kube-controller-manager update nodes': news,
      'kube-controller-manager patch nodes/status': news,
      'kube-controller-manager update nodes/status': news,
      'kubelet patch nodes/status': heard,
      'kubelet update nodes/status': heard,
      'kube-controller-manager patch pods/status': unready,
      'kube-controller-manager update pods/status': unready,
      'kubelet create nodes': (record) =>
        record.code < 400
          ? told('nodeJoined', { node: record.name }, linkOf('Node', record), 'good')
          : undefined,
    },
  };
}
