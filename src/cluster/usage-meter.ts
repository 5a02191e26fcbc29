// Measures pods and nodes as metrics-server would: at fixed moments, fifteen seconds apart, what
// the containers have used since the one before. Figures come from the load model of the runtime;
// clients that call a Service in a loop load the pods behind it.
// Invariants: the same cluster gives the same figures; between two moments nothing moves; nodes
// that are not heard of are not measured, nor is what runs on them.
import type { MeasuredUsage, Measured, UsageSource } from '../apiserver/metrics-api/usage-source';
import { hasLabels } from '../api/label-selector';
import { milliValue } from '../api/quantity';
import { nodes, pods, services } from '../api/resource-ref';
import { parseTime } from '../api/time';
import type { Container, Node, Pod, Service } from '../api/types';
import type { ApiServer } from '../apiserver/server';
import { answeringMilli, calledHosts, ownLoad, withinLimits } from '../runtime/load-model';
import { hashString } from '../sim/rng';

const SCRAPE_MS = 15_000;
/** A container's first figures come from its start to the next moment, if that is long enough. */
const FRESH_MIN_MS = 10_000;
const NOISE = 0.06;
/** Kubelet, container runtime and operating system. */
const SYSTEM: MeasuredUsage = { cpuNanos: 42_000_000, memoryBytes: 330 * 1024 * 1024 };

type ContainerUsages = readonly { readonly name: string; readonly usage: MeasuredUsage }[];

interface Scrape {
  readonly atMs: number;
  readonly pods: ReadonlyMap<string, Measured<ContainerUsages>>;
  readonly nodes: ReadonlyMap<string, Measured<MeasuredUsage>>;
}

export class UsageMeter implements UsageSource {
  private last: Scrape | undefined;

  constructor(private readonly server: ApiServer) {}

  containersOf({ metadata }: Pod): Measured<ContainerUsages> | undefined {
    return this.scrape().pods.get(metadata.uid);
  }

  ofNode({ metadata }: Node): Measured<MeasuredUsage> | undefined {
    return this.scrape().nodes.get(metadata.name);
  }

  /** Made when somebody first asks after the moment. */
  private scrape(): Scrape {
    const atMs = Math.floor(this.server.sim.clock.nowMs / SCRAPE_MS) * SCRAPE_MS;
    if (this.last?.atMs === atMs) return this.last;
    const { store } = this.server;
    const heard = (store.list(nodes.key) as Node[]).filter(isHeard);
    const names = new Set(heard.map(({ metadata }) => metadata.name));
    const running = (store.list(pods.key) as Pod[]).filter(
      ({ spec, status }) => status.phase === 'Running' && names.has(spec.nodeName ?? ''),
    );
    const traffic = trafficOn(running, store.list(services.key) as Service[]);
    const ofPods = new Map<string, Measured<ContainerUsages>>();
    const sums = new Map<string, MeasuredUsage>();
    for (const pod of running) {
      const measured = measure(pod, traffic.get(pod.metadata.uid) ?? 0, atMs);
      if (!measured) continue;
      ofPods.set(pod.metadata.uid, measured);
      const sum = sums.get(pod.spec.nodeName!) ?? SYSTEM;
      sums.set(pod.spec.nodeName!, measured.value.map(({ usage }) => usage).reduce(add, sum));
    }
    const ofNodes = new Map(heard.map((node) => [node.metadata.name, nodeUsage(node, sums, atMs)]));
    this.last = { atMs, pods: ofPods, nodes: ofNodes };
    return this.last;
  }
}

function nodeUsage(
  { metadata, status }: Node,
  sums: ReadonlyMap<string, MeasuredUsage>,
  atMs: number,
): Measured<MeasuredUsage> {
  const { cpuNanos, memoryBytes } = sums.get(metadata.name) ?? SYSTEM;
  const capacityNanos = milliValue(status.capacity?.cpu ?? '0') * 1e6;
  const value = { cpuNanos: Math.min(cpuNanos, capacityNanos), memoryBytes };
  return { value, atMs, windowMs: SCRAPE_MS };
}

/** Undefined until every container that runs has run for long enough. */
function measure(
  pod: Pod,
  trafficMilli: number,
  atMs: number,
): Measured<ContainerUsages> | undefined {
  const usages: { name: string; usage: MeasuredUsage }[] = [];
  let windowMs = SCRAPE_MS;
  for (const { name, state } of pod.status.containerStatuses ?? []) {
    const spec = pod.spec.containers.find((container) => container.name === name);
    if (!spec || !state?.running?.startedAt) continue;
    const ranMs = atMs - parseTime(state.running.startedAt);
    if (ranMs < FRESH_MIN_MS) return undefined;
    windowMs = Math.min(windowMs, ranMs);
    const isServer = spec === pod.spec.containers[0];
    const usage = usageOf(spec, isServer ? trafficMilli : 0, `${pod.metadata.uid}/${name}`, atMs);
    usages.push({ name, usage });
  }
  return usages.length > 0 ? { value: usages, atMs, windowMs } : undefined;
}

function usageOf(spec: Container, trafficMilli: number, id: string, atMs: number): MeasuredUsage {
  const own = ownLoad(spec);
  const asked = { ...own, cpuMilli: own.cpuMilli + trafficMilli };
  const { cpuMilli, memoryBytes } = withinLimits(asked, spec);
  // The same container differs a little from one moment to the next, and never goes over its limit.
  const share = (hashString(`${id}@${atMs}`) % 1000) / 1000;
  const cpuNanos = Math.round((cpuMilli || IDLE_MILLI) * 1e6 * (1 - NOISE * share));
  return { cpuNanos, memoryBytes: Math.round(memoryBytes * (1 - (NOISE * share) / 3)) };
}

/** Nothing that runs uses nothing at all. */
const IDLE_MILLI = 0.04;

/** CPU that each pod needs, by uid, to answer those who call its Services again and again. */
function trafficOn(running: readonly Pod[], all: readonly Service[]): Map<string, number> {
  const traffic = new Map<string, number>();
  for (const caller of running) {
    for (const host of caller.spec.containers.flatMap(calledHosts)) {
      const service = serviceOf(host, caller.metadata.namespace!, all);
      if (!service) continue;
      const behind = running.filter((pod) => isBehind(service, pod));
      for (const { metadata, spec } of behind) {
        const milli = answeringMilli(spec.containers[0]) / behind.length;
        traffic.set(metadata.uid, (traffic.get(metadata.uid) ?? 0) + milli);
      }
    }
  }
  return traffic;
}

/** 'web', 'web.shop' and 'web.shop.svc.cluster.local' name Services; an address does too. */
function serviceOf(host: string, from: string, all: readonly Service[]): Service | undefined {
  const [name, namespace = from] = host.split('.');
  return all.find(
    ({ metadata, spec }) =>
      (metadata.name === name && metadata.namespace === namespace) || spec.clusterIP === host,
  );
}

function isBehind({ metadata, spec }: Service, pod: Pod): boolean {
  if (!spec.selector || pod.metadata.namespace !== metadata.namespace) return false;
  return hasLabels(pod.metadata.labels, spec.selector) && isTrue(pod.status.conditions);
}

function isHeard({ status }: Node): boolean {
  return isTrue(status.conditions);
}

function isTrue(conditions: readonly { type: string; status: string }[] | undefined): boolean {
  return conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function add(left: MeasuredUsage, right: MeasuredUsage): MeasuredUsage {
  return {
    cpuNanos: left.cpuNanos + right.cpuNanos,
    memoryBytes: left.memoryBytes + right.memoryBytes,
  };
}
