// The physical world's objects (group sim.kubarium.dev): no Kubernetes type, but shaped like one.
import type { KubeObject } from './object';

export interface Machine extends KubeObject {
  spec: {
    power: 'On' | 'Off';
    network: 'Connected' | 'Cut';
    /** 'control-plane' machines run the static pods of the control plane. */
    role: 'control-plane' | 'worker';
    /** Quantities: '2', '4Gi', ... */
    capacity: { cpu: string; memory: string; ephemeralStorage: string; pods: number };
    zone?: string;
    /** Labels that the kubelet registers its Node with. */
    labels?: Record<string, string>;
    /** Taints that it registers its Node with; control planes have theirs unless told. */
    taints?: { key: string; value?: string; effect: string }[];
    /** What its Node says of the system that is installed; see NodeStatus.nodeInfo. */
    system?: {
      osImage?: string;
      kernelVersion?: string;
      containerRuntimeVersion?: string;
      kubeletVersion?: string;
    };
    /** Of the Node: 'kind://docker/kind/kind-worker'. */
    providerID?: string;
    /**
     * Programs by name that shall not simply run. One that is stopped has its manifest, or its
     * service, taken away; a higher number of crashes than before kills it once.
     */
    programs?: Record<string, { state?: 'Running' | 'Stopped'; crashes?: number }>;
    /**
     * Containers by 'namespace/pod/container' that shall not simply run. A higher number of kills
     * (SIGKILL) or crashes (exit code 1) than before ends what runs once; probes that fail do so
     * until they are taken off the list.
     */
    containers?: Record<string, ContainerFaults>;
    /** What somebody else keeps of its disk: a share of the capacity. */
    disk?: { filledPercent: number };
    /** Containers a second the image registry link gives: bytes a second. */
    downloadBytesPerSecond: number;
  };
  status: {
    phase: 'Running' | 'Off';
    address: string;
    bootedAt?: string;
    /** Programs on the machine: 'kubelet', 'containerd', 'kube-proxy', ... and how they are. */
    programs?: { name: string; state: 'Running' | 'Stopped' | 'Crashed' }[];
  };
}

export interface ContainerFaults {
  kills?: number;
  crashes?: number;
  failingProbes?: ('startup' | 'readiness' | 'liveness')[];
}
