// The pods of workloads, each made after the one that ran in the small cluster.
import type { KubeObject } from '../../api/object';
import type { Deployment, Pod, ReplicaSet } from '../../api/types';
import { formatIpv4, parseIpv4 } from '../../network/pod-ipam';
import { hashString, type RandomStream } from '../../sim/rng';
import type { Revisions } from './growth';
import { podSuffix } from './pod-names';
import type { Workload } from './workloads';

/** The network's own address and the bridge's come before the first pod's. */
const FIRST_OFFSET = 2;
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MOST = 'deployment.kubernetes.io/max-replicas';
/** As the default strategy has it. */
const SURGE = 0.25;

interface Model {
  pod: Pod;
  start: number;
  count: number;
}

export class GrownPods {
  private readonly models: readonly Model[];

  constructor(
    workloads: readonly Workload[],
    planted: readonly Pod[],
    private readonly revisions: Revisions,
    private readonly random: RandomStream,
  ) {
    this.models = workloads.map(({ namespace, name }) => {
      const pod = planted.find(
        ({ metadata }) => metadata.namespace === namespace && metadata.labels?.['app'] === name,
      )!;
      const start = hashString(namespace + pod.metadata.generateName);
      return { pod, start, count: 0 };
    });
  }

  /** Pods of the workloads with these indexes on one machine, at addresses that are free there. */
  podsOn(
    node: string,
    address: string,
    podCIDR: string,
    chosen: readonly number[],
    residents: readonly Pod[],
  ): Pod[] {
    const base = parseIpv4(podCIDR.split('/')[0]);
    const taken = new Set(residents.map(({ status }) => status.podIP));
    const host = { hostIP: address, hostIPs: [{ ip: address }] };
    let offset = FIRST_OFFSET;
    return chosen.map((index) => {
      let podIP = formatIpv4(base + offset++);
      while (taken.has(podIP)) podIP = formatIpv4(base + offset++);
      const model = this.models[index];
      return this.copy(model, node, { ...host, podIP, podIPs: [{ ip: podIP }] });
    });
  }

  private copy(model: Model, nodeName: string, addresses: Partial<Pod['status']>): Pod {
    const { pod, start } = model;
    const { metadata, spec, status } = pod;
    return {
      ...pod,
      metadata: {
        ...metadata,
        name: metadata.generateName + podSuffix(start, model.count++),
        uid: this.random.uuid(),
        resourceVersion: this.revisions.next(),
      },
      spec: { ...spec, nodeName },
      status: {
        ...status,
        ...addresses,
        containerStatuses: status.containerStatuses!.map((each) => ({
          ...each,
          containerID: this.random.hex(64, 'containerd://'),
        })),
      },
    } as Pod;
  }

  /** A Deployment or ReplicaSet of a workload with as many replicas as its pods are. */
  counted<T extends Deployment | ReplicaSet>(object: T): T {
    const model = this.models.find(({ pod }) => isOf(pod, object));
    if (!model) return object;
    const { count } = model;
    const status: Record<string, unknown> = { ...object.status };
    for (const key of Object.keys(status)) {
      const isCount = key === 'replicas' || (key.endsWith('Replicas') && status[key] !== 0);
      if (isCount) status[key] = count;
    }
    const annotations = { ...object.metadata.annotations };
    if (annotations[DESIRED]) {
      annotations[DESIRED] = String(count);
      annotations[MOST] = String(count + Math.ceil(count * SURGE));
    }
    return {
      ...object,
      metadata: { ...object.metadata, annotations },
      spec: { ...object.spec, replicas: count },
      status,
    } as unknown as T;
  }
}

function isOf({ metadata }: Pod, object: KubeObject): boolean {
  return (
    object.metadata.namespace === metadata.namespace &&
    object.metadata.labels?.['app'] === metadata.labels?.['app']
  );
}
