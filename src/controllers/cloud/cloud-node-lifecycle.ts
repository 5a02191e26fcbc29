// The cloud-node-lifecycle controller: every five seconds it asks the cloud about the machines of
// Nodes that are not ready. A Node whose machine no longer exists is deleted; one whose machine was
// shut down is tainted until it is ready again.
// Upstream: k8s.io/cloud-provider/controllers/nodelifecycle.
import { nodes } from '../../api/resource-ref';
import { isNotFound, StatusError } from '../../api/status-error';
import { parseTime } from '../../api/time';
import type { Node, Taint } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { UNINITIALIZED_TAINT } from './cloud-node';
import type { CloudProvider } from './cloud-provider';

const SHUTDOWN_TAINT = 'node.cloudprovider.kubernetes.io/shutdown';
const MONITOR = 'monitor';
/** How long a Node that the cloud has not looked at yet is left in peace. */
const UNINITIALIZED_MS = 300_000;

/** The controller for that cloud. */
export function cloudNodeLifecycleController(cloud: CloudProvider): Controller {
  return {
    name: 'cloud-node-lifecycle',
    eventSource: 'cloud-node-lifecycle-controller',
    workers: 1,
    start(context) {
      const loop = new LifecycleLoop(context, cloud);
      context.enqueue(MONITOR);
      return {
        reconcile: () => {
          loop.monitor();
          return context.settings.nodeMonitorPeriodMs;
        },
      };
    },
  };
}

class LifecycleLoop {
  private readonly nodes: Informer<Node>;

  constructor(
    private readonly context: ControllerContext,
    private readonly cloud: CloudProvider,
  ) {
    this.nodes = context.informer(nodes);
  }

  monitor(): void {
    for (const node of this.nodes.items.values()) {
      if (isReady(node)) this.setShutdown(node, false);
      else if (!this.isAwaited(node)) this.look(node);
    }
  }

  private look(node: Node): void {
    const instance = this.cloud.instanceOf(node);
    if (!instance) this.remove(node);
    else if (instance.isShutdown) this.setShutdown(node, true);
  }

  private remove({ metadata: { name, uid } }: Node): void {
    const { client, recorder } = this.context;
    const reference = { kind: 'Node', name, uid };
    const why = `Deleting node ${name} because it does not exist in the cloud provider`;
    recorder.event(reference, 'Normal', 'DeletingNode', why);
    try {
      client.delete(nodes, '', name);
    } catch (error) {
      if (isNotFound(error)) return;
      if (!(error instanceof StatusError)) throw error;
      const failed = `Failed deleting node ${name}: ${error.message}`;
      recorder.event(reference, 'Warning', 'DeletingNodeFailed', failed);
    }
  }

  private isAwaited({ metadata, spec }: Node): boolean {
    if (spec.providerID || !spec.taints?.some(({ key }) => key === UNINITIALIZED_TAINT)) {
      return false;
    }
    const ageMs = this.context.sim.clock.nowMs - parseTime(metadata.creationTimestamp!);
    return ageMs < UNINITIALIZED_MS;
  }

  private setShutdown({ metadata, spec }: Node, isWanted: boolean): void {
    const old = (spec.taints ?? []) as readonly Taint[];
    if (old.some(({ key }) => key === SHUTDOWN_TAINT) === isWanted) return;
    const taints = isWanted
      ? [...old, { key: SHUTDOWN_TAINT, effect: 'NoSchedule' }]
      : old.filter(({ key }) => key !== SHUTDOWN_TAINT);
    const body = {
      metadata: { resourceVersion: metadata.resourceVersion },
      spec: { taints: taints.length > 0 ? taints : null },
    };
    try {
      this.context.client.patch(nodes, '', metadata.name, body, { patchType: 'merge' });
    } catch (error) {
      // Somebody else wrote, or it has gone: the next turn sees it as it is then.
      if (!(error instanceof StatusError)) throw error;
    }
  }
}

function isReady({ status }: Node): boolean {
  return (
    status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') === true
  );
}
