// A preset: the machines of a cluster and what its installer leaves behind, as data.
import type { Machine } from '../../api/machine';
import type { KubeObject } from '../../api/object';
import type { Draft } from '../../api/object';
import type { PodSpec } from '../../api/types';

/** A pod manifest in a control-plane machine's /etc/kubernetes/manifests. */
export interface StaticPod {
  metadata: {
    name: string;
    namespace: string;
    labels: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: PodSpec;
}

/** What a cluster stands on when somebody else answers for its machines. */
export interface Cloud {
  /** 'kubarium' has machines, addresses and load balancers; 'k3s' has what its nodes say. */
  readonly name: 'kubarium' | 'k3s';
  /** Of its cloud-controller-manager. */
  readonly lease: string;
  /** Kubelets say their own address rather than wait for the cloud's. */
  readonly hasNodeIp?: boolean;
}

export interface Preset {
  readonly name: string;
  /**
   * Whose leavings it has besides its own: 'kubeadm' beneath most tools; its own name if absent.
   */
  readonly installer?: string;
  /** Machine objects for the world. */
  machines(options: PresetOptions): Draft<Machine>[];
  /** Manifests of the static pods on the control-plane machine of that address. */
  staticPods(machine: string, address: string): StaticPod[];
  /** Where addresses of Services come from; as kubeadm has it unless told. */
  readonly serviceCidr?: string;
  /** Where addresses of pods come from, to the dot before the node's part: '10.244'. */
  readonly podPrefix?: string;
  /** The programs of a control-plane machine run in one process beside its kubelet, not in pods. */
  readonly isOneProcess?: boolean;
  /** Kubelets leave their Nodes to it, and a cloud-controller-manager runs. */
  readonly cloud?: Cloud;
  /** Kernel parameters that its kubelets let pods set besides those that are safe. */
  readonly allowedSysctls?: readonly string[];
  /** Its add-ons have a StorageClass, so that none is made for it. */
  readonly bringsStorage?: boolean;
  /** Pods that the installer leaves in kube-system at least; those of kubeadm unless told. */
  systemPods?(nodes: number): number;
  /** How many pods a scenario of workloads fills it with when somebody wants it full. */
  readonly fillPods?: number;
  /** Images that the installer put on the control-plane machine. */
  readonly preloaded: readonly string[];
  /** What the installer applies once the API server answers. */
  addons(): Draft<KubeObject>[];
}

export interface PresetOptions {
  /** Workers, instead of the preset's own number. */
  workers?: number;
  /** Pods that a worker takes, instead of 110. */
  maxPods?: number;
}
