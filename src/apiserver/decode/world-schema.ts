// The fields of the kinds of the physical world, which no Kubernetes package declares.
import type { TypeSchema } from '../../api/wire-schema';

export const WORLD_KINDS: Readonly<Record<string, string>> = {
  'sim.kubarium.dev/v1alpha1/EtcdSnapshot': 'EtcdSnapshot',
  'sim.kubarium.dev/v1alpha1/LoadBalancer': 'LoadBalancer',
  'sim.kubarium.dev/v1alpha1/Machine': 'Machine',
};

export const WORLD_TYPES: Readonly<Record<string, TypeSchema>> = {
  Machine: {
    fields: {
      apiVersion: 's',
      kind: 's',
      metadata: '@ObjectMeta',
      spec: '@MachineSpec',
      status: '@MachineStatus',
    },
  },
  EtcdSnapshot: {
    fields: {
      apiVersion: 's',
      kind: 's',
      metadata: '@ObjectMeta',
      spec: '@EtcdSnapshotSpec',
      status: '@EtcdSnapshotStatus',
    },
  },
  LoadBalancer: {
    fields: {
      apiVersion: 's',
      kind: 's',
      metadata: '@ObjectMeta',
      spec: '@LoadBalancerSpec',
      status: '@LoadBalancerAddress',
    },
  },
  LoadBalancerSpec: { fields: { service: 's', ports: '[@LoadBalancerPort', hosts: '[s' } },
  LoadBalancerPort: { fields: { protocol: 's', port: 'i', nodePort: 'i' } },
  LoadBalancerAddress: { fields: { address: 's' } },
  EtcdSnapshotSpec: { fields: { restores: 'i' } },
  EtcdSnapshotStatus: { fields: { revision: 'l', objects: 'i' } },
  MachineSpec: {
    fields: {
      power: 's',
      network: 's',
      role: 's',
      capacity: '@MachineCapacity',
      zone: 's',
      labels: '{s',
      taints: '[@Taint',
      system: '@MachineSystem',
      providerID: 's',
      programs: '{@MachineProgramSpec',
      containers: '{@MachineContainerSpec',
      disk: '@MachineDisk',
      downloadBytesPerSecond: 'l',
    },
  },
  MachineSystem: {
    fields: {
      osImage: 's',
      kernelVersion: 's',
      containerRuntimeVersion: 's',
      kubeletVersion: 's',
    },
  },
  MachineContainerSpec: { fields: { kills: 'i', crashes: 'i', failingProbes: '[s' } },
  MachineDisk: { fields: { filledPercent: 'i' } },
  MachineProgramSpec: { fields: { state: 's', crashes: 'i' } },
  MachineCapacity: { fields: { cpu: 'q', memory: 'q', ephemeralStorage: 'q', pods: 'i' } },
  MachineStatus: {
    fields: { phase: 's', address: 's', bootedAt: 't', programs: '[@MachineProgram' },
  },
  MachineProgram: { fields: { name: 's', state: 's' } },
};
