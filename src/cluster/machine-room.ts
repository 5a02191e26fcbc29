// What runs on the machines: a container runtime that keeps its disk through power cuts, a kubelet
// while there is power, and, in the runtime of a control-plane machine, the programs of the control
// plane.
import type { Pod } from '../api/types';
import { Component, type Pace } from '../client/component';
import { startKubelet, type Kubelet, type KubeletExtension } from '../kubelet/kubelet';
import { ContainerRuntime, type RuntimeOptions } from '../runtime/container-runtime';
import type { HostPrograms } from '../runtime/program-host';
import { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import type { RunningMachine } from '../world/machines';
import type { Preset, StaticPod } from '../world/presets/preset';
import type { ControlPlanes } from './control-planes';
import { OneProcess } from './one-process';
import type { PodRanges } from './pod-ranges';

/** Programs on every machine, as its status lists them. */
const PROGRAMS = ['containerd', 'kubelet', 'kube-proxy'] as const;

export interface MachineRoomOptions {
  sim: Simulation;
  pace: Pace;
  preset: Preset;
  controlPlanes: ControlPlanes;
  podRanges: PodRanges;
  /**
   * Set when the cluster was loaded from a save: what pods' statuses say to run is taken to run.
   */
  restored?: RestoredMachines;
  /** What pods find when they ask the network. */
  reaches?: RuntimeOptions['reaches'];
}

/** What a save tells of machines. */
export interface RestoredMachines {
  staticPodsOf(machine: string): readonly Pod[];
  podsOn(machine: string): readonly Pod[];
  /** Of its Node, as last reported. */
  bootIdOf(machine: string): string | undefined;
}

type Programs = NonNullable<RunningMachine['spec']['programs']>;

interface Place {
  runtime: ContainerRuntime;
  /** Undefined while the power is off. */
  machine: RunningMachine | undefined;
  /** What was last asked of it, and of its programs. */
  asked: RunningMachine['spec'];
  programs: Programs;
  /** The life of its kubelet's process. */
  process: Scope | undefined;
  /** True until its first boot after a save was loaded. */
  isRestored: boolean;
  kubelet: Kubelet | undefined;
  component: Component | undefined;
  /** Where the control plane is no pods but one process. */
  controlProcess?: OneProcess;
}

export class MachineRoom {
  private readonly places = new Map<string, Place>();
  private extension: KubeletExtension | undefined;
  private hostPrograms: HostPrograms | undefined;

  constructor(private readonly options: MachineRoomOptions) {}

  /** More for the kubelets and runtimes that run and for those to come. */
  extend(extension: KubeletExtension, hostPrograms: HostPrograms): void {
    this.extension = extension;
    this.hostPrograms = hostPrograms;
    for (const { kubelet, machine } of this.places.values()) {
      kubelet?.extend(extension);
      if (machine) this.host(machine);
    }
  }

  /** Lets containers on the machine do what their images' programs do. */
  private host({ name, link }: RunningMachine): void {
    const { sim, pace } = this.options;
    const place = this.places.get(name)!;
    const podOf = (uid: string) => place.kubelet?.workers.get(uid)?.pod;
    this.hostPrograms?.({ sim, pace, machine: name, link, runtime: place.runtime, podOf });
  }

  /** The machine has booted: starts what runs on it; all of it ends with the machine's scope. */
  boot(machine: RunningMachine): readonly string[] {
    const { name, scope, spec } = machine;
    const isNew = !this.places.has(name);
    const place = this.places.get(name) ?? this.furnish(machine);
    if (isNew) this.host(machine);
    place.machine = machine;
    place.programs = spec.programs ?? {};
    place.asked = spec;
    scope.onStop(() => (place.machine = undefined));
    if (this.options.preset.isOneProcess && spec.role === 'control-plane') {
      const programs = this.options.controlPlanes.add(name, machine.address).programs();
      place.controlProcess = new OneProcess(programs, scope);
      place.controlProcess.keep((program) => !isStopped(place.programs, program));
    }
    if (!isStopped(place.programs, 'kubelet')) this.startKubelet(place);
    return PROGRAMS;
  }

  /** Carries out what is asked of the programs of a machine that is on. */
  reprogram(name: string, spec: RunningMachine['spec']): void {
    const place = this.places.get(name);
    if (!place?.machine) return;
    const { programs = {} } = spec;
    place.asked = spec;
    place.kubelet?.ask(spec);
    if (place.programs === programs) return;
    const before = place.programs;
    place.programs = programs;
    place.controlProcess?.keep((program) => !isStopped(programs, program));
    const isOff = isStopped(programs, 'kubelet');
    if (isOff !== (place.process === undefined)) {
      if (isOff) place.process!.stop();
      else this.startKubelet(place);
    } else place.kubelet?.setStaticPods(this.manifestsOf(place));
    for (const [program, { crashes = 0 }] of Object.entries(programs)) {
      if (crashes > (before[program]?.crashes ?? 0)) this.crash(name, program);
    }
  }

  /** Kills a program: a container, which its kubelet starts again, or the kubelet itself. */
  crash(machine: string, program: string): void {
    const place = this.places.get(machine);
    if (!place) return;
    if (program === 'kubelet') {
      if (!place.process) return;
      place.process.stop();
      this.startKubelet(place);
      return;
    }
    place.controlProcess?.crash((each) => !isStopped(place.programs, each));
    for (const { podUid, containers } of place.runtime.sandboxes.values()) {
      const runs = containers.some(({ name, state }) => name === program && state === 'Running');
      if (!runs) continue;
      place.runtime.killContainer(podUid, program, 1);
      return;
    }
  }

  private startKubelet(place: Place): void {
    const { sim, pace } = this.options;
    const { name, address, link, scope, spec, bootId } = place.machine!;
    const { isRestored } = place;
    place.isRestored = false;
    const actor = `kubelet/${name}`;
    const options = { name: 'kubelet', host: name, actor, isResumed: isRestored };
    const process = scope.child();
    place.process = process;
    place.component = new Component(sim, process, link, pace, options);
    const kubeletMachine = {
      name,
      address,
      bootId: (isRestored && this.options.restored?.bootIdOf(name)) || bootId,
      role: spec.role,
      capacity: spec.capacity,
      zone: spec.zone,
      labels: spec.labels,
      taints: spec.taints,
      system: spec.system,
      providerID: spec.providerID,
      cloud: this.options.preset.cloud,
      allowedSysctls: this.options.preset.allowedSysctls,
      podCIDR: this.options.podRanges.of(name),
      staticPods: this.manifestsOf(place),
    };
    const { extension } = this;
    place.kubelet = startKubelet(place.component, kubeletMachine, place.runtime, {
      isRestored,
      extension,
      asked: place.asked,
    });
    process.onStop(() => {
      place.process = undefined;
      place.kubelet = undefined;
      place.component = undefined;
    });
  }

  /** The manifests in its folder: those of the programs that shall run. */
  private manifestsOf({ machine, programs }: Place): readonly StaticPod[] {
    const { name, address, spec } = machine!;
    if (spec.role !== 'control-plane') return [];
    const all = this.options.preset.staticPods(name, address);
    return all.filter(({ metadata }) => !isStopped(programs, metadata.name));
  }

  /** The power has gone: every process is dead, the disk stays. */
  halt(name: string): void {
    this.places.get(name)?.runtime.powerOff();
  }

  /** The machine was taken away for good, with its disk. */
  discard(name: string): void {
    this.halt(name);
    this.places.delete(name);
    this.options.controlPlanes.remove(name);
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
    const { sim, preset, controlPlanes, restored } = this.options;
    const { name, spec } = machine;
    // The disk outlives the power; what hangs on this scope are exits that power cuts cancel
    // anyway.
    const runtime = new ContainerRuntime(sim, {
      scope: new Scope(sim.clock),
      host: name,
      bytesPerSecond: () => spec.downloadBytesPerSecond,
      reaches: this.options.reaches,
    });
    if (spec.role === 'control-plane') {
      for (const image of preset.preloaded) runtime.images.preload(image);
      const controlPlane = controlPlanes.add(name, machine.address);
      for (const [program, hooks] of controlPlane.programs()) runtime.onProgram(program, hooks);
      for (const pod of restored?.staticPodsOf(name) ?? []) runtime.restore(pod);
    }
    const isRestored = restored !== undefined && machine.isResumed;
    if (restored && !isRestored) {
      // It was off when the cluster was saved: what it ran is dead, and still on its disk.
      for (const pod of restored.podsOn(name)) runtime.restore(pod);
      runtime.powerOff();
    }
    const place: Place = {
      runtime,
      isRestored,
      machine: undefined,
      asked: spec,
      programs: {},
      process: undefined,
      kubelet: undefined,
      component: undefined,
    };
    this.places.set(name, place);
    return place;
  }
}

function isStopped(programs: Programs, name: string): boolean {
  return programs[name]?.state === 'Stopped';
}
