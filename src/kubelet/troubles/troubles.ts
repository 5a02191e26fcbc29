// A kubelet on a machine that harm is done to: containers are killed, probes made to fail, the disk
// filled, the container runtime or kube-proxy stopped. Each is seen as the real kubelet sees it.
// Invariants: a count that rises is one act; what lasts (a probe that fails, a full disk, a stopped
// program) goes on until it is taken back; without any of this nothing here exists.
// Upstream: pkg/kubelet/runtime.go (runtimeState), pkg/kubelet/eviction.
import type { ContainerFaults } from '../../api/machine';
import { objectKey } from '../../api/object';
import type { Container as ContainerSpec, Pod, Probe } from '../../api/types';
import type { ProbeAnswer } from '../../runtime/probe-answer';
import type { Kubelet } from '../kubelet';
import type { PodWorker, Waiting } from '../pod-worker';
import type { ProbeKind, Prober } from '../prober';
import type { Asked, Troubles } from '../troubles';
import { EvictionManager } from './eviction-manager';
import { RuntimeOutage } from './runtime-outage';
import { StoppedProxy } from './stopped-proxy';

const SIGKILL_CODE = 137;
const CRASH_CODE = 1;

/** Starts to look after what is done to the machine; `before` is what was asked at its start. */
export function startTroubles(kubelet: Kubelet, prober: Prober, before: Asked): Troubles {
  return new MachineTroubles(kubelet, prober, before);
}

class MachineTroubles implements Troubles {
  private readonly eviction: EvictionManager;
  private readonly outage: RuntimeOutage;
  private readonly proxy: StoppedProxy;

  constructor(
    private readonly kubelet: Kubelet,
    private readonly prober: Prober,
    /** Counts of it were acted upon before. */
    private asked: Asked,
  ) {
    this.eviction = new EvictionManager(kubelet);
    this.outage = new RuntimeOutage(kubelet, asked.programs?.containerd?.crashes ?? 0);
    this.proxy = new StoppedProxy(kubelet);
    // What was asked before a save was loaded, or before this kubelet came, lasts.
    this.take(asked, true);
  }

  get pressures(): ReadonlySet<string> {
    return this.eviction.pressures;
  }

  get isRuntimeDown(): boolean {
    return this.outage.isDown;
  }

  notReady(): string {
    return this.outage.notReady();
  }

  refuse(pod: Pod): Waiting | undefined {
    return this.eviction.refuse(pod);
  }

  probe(key: string, kind: ProbeKind): ProbeAnswer | undefined {
    if (!this.asked.containers?.[key]?.failingProbes?.includes(kind)) return undefined;
    const [namespace, name, container] = key.split('/');
    const worker = this.workerOf(`${namespace}/${name}`);
    const spec = worker && specOf(worker, container);
    const probe = spec?.[`${kind}Probe`];
    return worker && probe
      ? { isHealthy: false, output: outputOf(probe, spec, worker) }
      : undefined;
  }

  ask(asked: Asked): void {
    const before = this.asked;
    this.take(asked, false);
    if (asked.containers === before.containers) return;
    const names = new Set([
      ...Object.keys(asked.containers ?? {}),
      ...Object.keys(before.containers ?? {}),
    ]);
    for (const key of names) this.harm(key, asked.containers?.[key], before.containers?.[key]);
  }

  private take(asked: Asked, isStarting: boolean): void {
    this.asked = asked;
    this.eviction.fill(asked.disk?.filledPercent ?? 0, isStarting);
    this.outage.ask(asked.programs?.containerd);
    this.proxy.ask(asked.programs?.['kube-proxy']?.state === 'Stopped');
  }

  private harm(key: string, asked: ContainerFaults = {}, before: ContainerFaults = {}): void {
    const [namespace, name, container] = key.split('/');
    const worker = this.workerOf(`${namespace}/${name}`);
    const spec = worker && specOf(worker, container);
    if (!spec) return;
    const { runtime } = this.kubelet;
    if ((asked.kills ?? 0) > (before.kills ?? 0)) {
      runtime.killContainer(worker.uid, container, SIGKILL_CODE);
    }
    if ((asked.crashes ?? 0) > (before.crashes ?? 0)) {
      runtime.killContainer(worker.uid, container, CRASH_CODE);
    }
    if (asked.failingProbes !== before.failingProbes) this.prober.again(worker, spec);
  }

  private workerOf(key: string): PodWorker | undefined {
    for (const worker of this.kubelet.workers.values()) {
      if (objectKey(worker.pod) === key) return worker;
    }
    return undefined;
  }
}

function specOf({ pod }: PodWorker, container: string): ContainerSpec | undefined {
  const { containers, initContainers = [] } = pod.spec;
  return [...containers, ...initContainers].find(({ name }) => name === container);
}

/** What the prober reads from a program that runs and is ill. */
function outputOf(probe: Probe, spec: ContainerSpec, { sandbox }: PodWorker): string {
  if (probe.httpGet) return 'HTTP probe failed with statuscode: 500';
  if (probe.grpc) return 'service unhealthy (responded with "NOT_SERVING")';
  if (!probe.tcpSocket) return '';
  const { host, port } = probe.tcpSocket;
  const number = spec.ports?.find(({ name }) => name === port)?.containerPort ?? port;
  return `dial tcp ${host || sandbox?.ip}:${number}: connect: connection refused`;
}
