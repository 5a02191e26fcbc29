// What runs on the machines: a container runtime that keeps its disk through power cuts, a kubelet
// while there is power, and, in the runtime of a control-plane machine, the programs of the control
// plane.
import type { Pod } from '../api/types';
import { Component, type Pace } from '../client/component';
import { startKubelet, type Kubelet } from '../kubelet/kubelet';
import { ContainerRuntime } from '../runtime/container-runtime';
import { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import type { RunningMachine } from '../world/machines';
import type { Preset } from '../world/presets/preset';
import type { ControlPlane } from './control-plane';
import type { PodRanges } from './pod-ranges';

/** Programs on every machine, as its status lists them. */
const PROGRAMS = ['containerd', 'kubelet', 'kube-proxy'] as const;

export interface MachineRoomOptions {
  sim: Simulation;
  pace: Pace;
  preset: Preset;
  controlPlane: ControlPlane;
  podRanges: PodRanges;
  /**
   * Set when the cluster was loaded from a save: what pods' statuses say to run is taken to run.
   */
  restored?: RestoredMachines;
}

/** What a save tells of machines. */
export interface RestoredMachines {
  /** When the save was taken; machines that boot later were off. */
  readonly atMs: number;
  staticPodsOf(machine: string): readonly Pod[];
  podsOn(machine: string): readonly Pod[];
  /** Of its Node, as last reported. */
  bootIdOf(machine: string): string | undefined;
}

interface Place {
  runtime: ContainerRuntime;
  /** True until its first boot after a save was loaded. */
  isRestored: boolean;
  kubelet: Kubelet | undefined;
  component: Component | undefined;
}

export class MachineRoom {
  private readonly places = new Map<string, Place>();

  constructor(private readonly options: MachineRoomOptions) {}

  /** The machine has booted: starts what runs on it; all of it ends with the machine's scope. */
  boot(machine: RunningMachine): readonly string[] {
    const { sim, pace, preset } = this.options;
    const { name, address, link, scope, spec } = machine;
    const place = this.places.get(name) ?? this.furnish(machine);
    const { isRestored } = place;
    place.isRestored = false;
    const bootId = (isRestored && this.options.restored?.bootIdOf(name)) || machine.bootId;
    const actor = `kubelet/${name}`;
    const options = { name: 'kubelet', host: name, actor, isResumed: isRestored };
    place.component = new Component(sim, scope, link, pace, options);
    const isControlPlane = spec.role === 'control-plane';
    const kubeletMachine = {
      name,
      address,
      bootId,
      role: spec.role,
      capacity: spec.capacity,
      zone: spec.zone,
      labels: spec.labels,
      podCIDR: this.options.podRanges.of(name),
      staticPods: isControlPlane ? preset.staticPods(name, address) : [],
    };
    place.kubelet = startKubelet(place.component, kubeletMachine, place.runtime, { isRestored });
    scope.onStop(() => {
      place.kubelet = undefined;
      place.component = undefined;
    });
    return PROGRAMS;
  }

  /** The power has gone: every process is dead, the disk stays. */
  halt(name: string): void {
    this.places.get(name)?.runtime.powerOff();
  }

  /** The machine was taken away for good, with its disk. */
  discard(name: string): void {
    this.halt(name);
    this.places.delete(name);
  }

  components(): Component[] {
    return [...this.places.values()].flatMap(({ component }) => component ?? []);
  }

  /** The pull that a pod waits for, if one of its images is being pulled at this moment. */
  pullOf({ spec }: Pod): { startMs: number; endMs: number } | undefined {
    const images = this.places.get(spec.nodeName ?? '')?.runtime.images;
    for (const { image } of spec.containers) {
      const pull = image && images?.pullOf(image);
      if (pull) return pull;
    }
    return undefined;
  }

  runtimeOf(machine: string): ContainerRuntime | undefined {
    return this.places.get(machine)?.runtime;
  }

  /** Every pod of which something runs, by machine; static pods have no object of that uid. */
  *runningPods(): Iterable<{ machine: string; uid: string }> {
    for (const [machine, { runtime }] of this.places) {
      for (const { podUid, containers } of runtime.sandboxes.values()) {
        if (containers.some(({ state }) => state === 'Running')) yield { machine, uid: podUid };
      }
    }
  }

  private furnish(machine: RunningMachine): Place {
    const { sim, preset, controlPlane, restored } = this.options;
    const { name, spec } = machine;
    // The disk outlives the power; what hangs on this scope are exits that power cuts cancel
    // anyway.
    const runtime = new ContainerRuntime(sim, {
      scope: new Scope(sim.clock),
      host: name,
      bytesPerSecond: () => spec.downloadBytesPerSecond,
    });
    if (spec.role === 'control-plane') {
      for (const image of preset.preloaded) runtime.images.preload(image);
      for (const [program, hooks] of controlPlane.programs()) runtime.onProgram(program, hooks);
      for (const pod of restored?.staticPodsOf(name) ?? []) runtime.restore(pod);
    }
    const isRestored = restored !== undefined && sim.clock.nowMs <= restored.atMs;
    if (restored && !isRestored) {
      // It was off when the cluster was saved: what it ran is dead, and still on its disk.
      for (const pod of restored.podsOn(name)) runtime.restore(pod);
      runtime.powerOff();
    }
    const place: Place = { runtime, isRestored, kubelet: undefined, component: undefined };
    this.places.set(name, place);
    return place;
  }
}
