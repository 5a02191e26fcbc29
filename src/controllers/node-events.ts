// Events about nodes, as the node controllers word them. Upstream: pkg/controller/util/node.
import type { Node } from '../api/types';
import type { EventRecorder } from '../client/event-recorder';

/** 'Node n1 status is now: NodeNotReady', with the status as reason. */
export function recordNodeStatusChange(recorder: EventRecorder, node: Node, status: string): void {
  const { name } = node.metadata;
  recorder.event(reference(node), 'Normal', status, `Node ${name} status is now: ${status}`);
}

/** 'Node n1 event: Registered Node n1 in Controller'. */
export function recordNodeEvent(
  recorder: EventRecorder,
  node: Node,
  reason: string,
  what: string,
): void {
  recorder.event(reference(node), 'Normal', reason, `Node ${node.metadata.name} event: ${what}`);
}

/** Without a resourceVersion: these Events are about the node and not about one version of it. */
function reference({ metadata }: Node): {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
} {
  return { apiVersion: 'v1', kind: 'Node', name: metadata.name, uid: metadata.uid };
}
