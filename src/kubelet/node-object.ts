// The Node as its kubelet describes it.
// Upstream: pkg/kubelet/kubelet_node_status.go, pkg/kubelet/nodestatus/setters.go.
import type { Draft } from '../api/object';
import { bytes, formatQuantity } from '../api/quantity';
import { formatTime } from '../api/time';
import type { Node, NodeCondition, NodeStatus } from '../api/types';
import { hashString, RandomStream } from '../sim/rng';
import type { StoredImage } from '../runtime/image-store';
import type { KubeletMachine } from './context';

const EVICTION_HARD_MEMORY_BYTES = 100 * 1024 * 1024;
const MAX_IMAGES = 50;
const KUBELET_PORT = 10250;
/** On Nodes that their cloud has not looked at yet. */
const UNINITIALIZED = Object.freeze({
  key: 'node.cloudprovider.kubernetes.io/uninitialized',
  value: 'true',
  effect: 'NoSchedule',
});
const CONTROL_PLANE_ROLE = 'node-role.kubernetes.io/control-plane';

/** What the kubelet creates when it registers. */
export function nodeDraft(machine: KubeletMachine, status: NodeStatus): Draft<Node> {
  const { podCIDR } = machine;
  const spec: Node['spec'] = podCIDR ? { podCIDR, podCIDRs: [podCIDR] } : {};
  if (machine.taints) {
    if (machine.taints.length > 0) spec.taints = [...machine.taints] as Node['spec']['taints'];
  } else if (machine.role === 'control-plane') {
    spec.taints = [{ key: CONTROL_PLANE_ROLE, effect: 'NoSchedule' }];
  }
  if (machine.cloud) spec.taints = [...(spec.taints ?? []), UNINITIALIZED];
  if (machine.providerID) spec.providerID = machine.providerID;
  return {
    metadata: {
      name: machine.name,
      labels: nodeLabels(machine),
      annotations: {
        ...(machine.cloud?.hasNodeIp && {
          'alpha.kubernetes.io/provided-node-ip': machine.address,
        }),
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec,
    status,
  };
}

/** Everything of the status but the conditions; `known`: as last reported. */
export function nodeStatus(
  machine: KubeletMachine,
  images: Iterable<StoredImage>,
  conditions: NodeCondition[],
  known?: NodeStatus,
): NodeStatus {
  return {
    addresses: addressesOf(machine, known),
    allocatable: allocatableOf(machine),
    capacity: capacityOf(machine),
    conditions,
    daemonEndpoints: { kubeletEndpoint: { Port: KUBELET_PORT } },
    images: imageList(images),
    nodeInfo: {
      architecture: 'amd64',
      bootID: machine.bootId,
      containerRuntimeVersion: 'containerd://2.2.1',
      kernelVersion: '6.12.57+deb13-amd64',
      kubeProxyVersion: '',
      kubeletVersion: 'v1.36.0',
      machineID: identityOf(machine, 'machine').hex(32),
      operatingSystem: 'linux',
      osImage: 'Debian GNU/Linux 13 (trixie)',
      systemUUID: identityOf(machine, 'system').uuid(),
      ...machine.system,
    },
  };
}

/** A cloud's own words stay; until it has spoken, a kubelet may know its hostname alone. */
function addressesOf(
  { cloud, address, name }: KubeletMachine,
  known: NodeStatus | undefined,
): NodeStatus['addresses'] {
  if (cloud && known?.addresses?.length) return known.addresses;
  const hostname = { type: 'Hostname', address: name };
  if (cloud && !cloud.hasNodeIp) return [hostname];
  return [{ type: 'InternalIP', address }, hostname];
}

/** The four conditions, with their transitions carried on from those before. */
export function nodeConditions(
  notReadyBecause: string,
  old: readonly NodeCondition[] | undefined,
  nowMs: number,
  pressures?: ReadonlySet<string>,
): NodeCondition[] {
  const now = formatTime(nowMs);
  const healthy: [string, string, string][] = [
    ['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
    ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
    ['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ];
  const make = (type: string, status: string, reason: string, message: string): NodeCondition => {
    const before = old?.find((known) => known.type === type);
    const isSame = before?.status === status;
    return {
      type,
      status,
      lastHeartbeatTime: now,
      lastTransitionTime: isSame ? before.lastTransitionTime : now,
      reason,
      message,
    };
  };
  const conditions = healthy.map(([type, reason, message]) =>
    pressures?.has(type)
      ? make(type, 'True', 'KubeletHas' + type, 'kubelet has disk pressure')
      : make(type, 'False', reason, message),
  );
  conditions.push(
    notReadyBecause
      ? make('Ready', 'False', 'KubeletNotReady', notReadyBecause)
      : make('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  );
  const others = old?.filter(({ type }) => !conditions.some((own) => own.type === type)) ?? [];
  return [...others, ...conditions];
}

function nodeLabels(machine: KubeletMachine): Record<string, string> {
  const labels: Record<string, string> = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': machine.name,
    'kubernetes.io/os': 'linux',
  };
  if (machine.role === 'control-plane') {
    labels[CONTROL_PLANE_ROLE] = '';
    labels['node.kubernetes.io/exclude-from-external-load-balancers'] = '';
  }
  if (machine.zone && !machine.cloud) labels['topology.kubernetes.io/zone'] = machine.zone;
  return Object.assign(labels, machine.labels);
}

function capacityOf({ capacity }: KubeletMachine): Record<string, string> {
  return {
    cpu: capacity.cpu,
    'ephemeral-storage': kibibytes(bytes(capacity.ephemeralStorage)),
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: kibibytes(bytes(capacity.memory)),
    pods: String(capacity.pods),
  };
}

/** Capacity less what hard eviction keeps free: 100Mi of memory, a tenth of the disk. */
function allocatableOf(machine: KubeletMachine): Record<string, string> {
  const { capacity } = machine;
  return Object.assign(capacityOf(machine), {
    'ephemeral-storage': formatQuantity(Math.floor(bytes(capacity.ephemeralStorage) * 0.9)),
    memory: kibibytes(bytes(capacity.memory) - EVICTION_HARD_MEMORY_BYTES),
  });
}

/** Resources that others have put into the capacity stay, and all of each can be had. */
export function withOthersResources(
  { capacity = {} }: NodeStatus,
  own: NodeStatus,
): Pick<NodeStatus, 'capacity' | 'allocatable'> | undefined {
  const others = Object.entries(capacity).filter(([name]) => !(name in own.capacity!));
  if (others.length === 0) return undefined;
  const withOthers = (amounts: object) =>
    Object.fromEntries(
      [...Object.entries(amounts), ...others].sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return { capacity: withOthers(own.capacity!), allocatable: withOthers(own.allocatable!) };
}

function kibibytes(value: number): string {
  return Math.floor(value / 1024) + 'Ki';
}

/** The largest images first, as the kubelet reports at most fifty of them. */
function imageList(images: Iterable<StoredImage>): { names: string[]; sizeBytes: number }[] {
  return [...images]
    .sort((a, b) => b.sizeBytes - a.sizeBytes || (a.reference < b.reference ? -1 : 1))
    .slice(0, MAX_IMAGES)
    .map(({ id, reference, sizeBytes }) => ({
      names: id === reference ? [id] : [id, reference],
      sizeBytes,
    }));
}

/** Numbers that belong to the machine and stay the same from boot to boot. */
function identityOf(machine: KubeletMachine, purpose: string): RandomStream {
  return new RandomStream(hashString(machine.name), purpose);
}
