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

const NOTED_MAX = 4096;

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
  /** Where pods were bound to: one that is gone tells nothing any more. */
  const bound = new Map<string, string>();

  function noteBound(record: TraceRecord, view: StoryView): undefined {
    const node = objectOf<Pod>(record, view)?.spec.nodeName;
    if (node) bound.set(`${record.namespace}/${record.name}`, node);
    if (bound.size > NOTED_MAX) bound.delete(bound.keys().next().value!);
  }

  /** The controller clears away what was on a node that is not there any more. */
  function orphaned(record: TraceRecord, view: StoryView): Told | undefined {
    const key = `${record.namespace}/${record.name}`;
    const node = bound.get(key);
    if (!node || objectOf(record, view) || view.read('nodes', '', node)) return undefined;
    bound.delete(key);
    const parts = { pod: record.name, node };
    return told('podOrphaned', parts, linkOf('Pod', record), 'warn', linkTo('Node', '', node));
  }

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
      'kube-scheduler create pods/binding': noteBound,
      'kube-controller-manager delete pods': orphaned,
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
