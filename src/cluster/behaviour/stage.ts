// A cluster on which people act at virtual times, and the diary of what came of it: what pods and
// nodes looked like each time they changed, Events beside it. Behaviour tests are golden pairs: the
// acts in a test, the diary in a file beside it.
import { machines, nodes, pods, type ResourceRef } from '../../api/resource-ref';
import type { Draft, KubeObject } from '../../api/object';
import type { ContainerStatus, Event, Node, Pod } from '../../api/types';
import { resourceDefinitions } from '../../resources';
import { extension } from '../extension';
import { createCluster, type Cluster, type ClusterOptions } from '../cluster';
import type { LogEntry } from '../../store/store';

/** What a stage shows besides pods and nodes. */
export interface StageProps {
  /** Makes the cluster: the core only unless told. */
  create?: (options: ClusterOptions) => Cluster;
  /** The line of the diary for an object, by kind. */
  texts?: { ref: ResourceRef<never>; text: (object: never) => string }[];
}

export class Stage {
  readonly cluster: Cluster;
  private readonly texts = new Map<string, (object: never) => string>();
  private readonly startMs: number;
  private readonly lines: string[] = [];
  private readonly told = new Map<string, string>();
  private readonly names = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  /** Asked at every change of a pod. */
  onPod: ((pods: Pod[]) => void) | undefined;

  constructor(options: Partial<ClusterOptions> = {}, props: StageProps = {}) {
    const { create = createCluster, texts = [] } = props;
    this.cluster = create({ seed: 1, workers: 2, ...options });
    this.cluster.boot();
    // The end of the boot's own bustle.
    this.cluster.clock.runFor(30_000);
    this.startMs = this.cluster.clock.nowMs;
    for (const node of this.cluster.store.list(nodes.key)) {
      this.told.set(`node ${node.metadata.name}`, nodeText(node as Node));
    }
    for (const table of [pods.key, nodes.key, 'events']) this.follow(table);
    for (const { ref, text } of texts) {
      this.texts.set(ref.kind, text);
      this.follow(ref.key);
    }
  }

  /** Reads what is written even while no server is there to tell of it. */
  private follow(table: string): void {
    const { store } = this.cluster;
    const event = (type: LogEntry['type'], object: KubeObject): void => this.note(type, object);
    store.watch(table, {}, store.revision, { event, closed: () => this.follow(table) });
  }

  /** Lets so many seconds pass. */
  run(seconds: number): this {
    this.cluster.clock.runFor(seconds * 1000);
    return this;
  }

  /** Writes an act of a person into the diary and does it. */
  act(what: string, act: () => unknown): this {
    this.lines.push('', `${this.time()} # ${what}`);
    act();
    return this;
  }

  create(object: Draft<KubeObject> | object): void {
    const draft = object as Draft<KubeObject>;
    const all = [...resourceDefinitions, ...extension.definitions];
    const { ref } = all.find((each) => each.ref.kind === draft.kind)!;
    const metadata = { ...draft.metadata };
    if (ref.namespaced) metadata.namespace ??= 'default';
    this.cluster.client.create(ref as unknown as ResourceRef, { ...draft, metadata } as never);
  }

  change<T extends KubeObject>(ref: ResourceRef<T>, name: string, body: object): void {
    const namespace = ref.namespaced ? 'default' : '';
    this.cluster.client.patch(ref, namespace, name, body, { patchType: 'merge' });
  }

  power(name: string, power: 'On' | 'Off'): void {
    this.cluster.world.patch(machines, '', name, { spec: { power } }, { patchType: 'merge' });
  }

  network(name: string, network: 'Connected' | 'Cut'): void {
    this.cluster.world.patch(machines, '', name, { spec: { network } }, { patchType: 'merge' });
  }

  pods(namespace = 'default'): Pod[] {
    return this.cluster.store.list(pods.key, namespace) as Pod[];
  }

  /** The diary so far, as a fixture holds it. */
  diary(): string {
    return this.lines.join('\n').trim() + '\n';
  }

  private note(type: LogEntry['type'], object: KubeObject): void {
    const { namespace } = object.metadata;
    if (object.kind === 'Event') {
      if (namespace === 'default') this.noteEvent(object as Event);
    } else if (object.kind === 'Node') {
      this.noteState(type, 'node', object, nodeText(object as Node));
    } else if (this.texts.has(object.kind!)) {
      const text = this.texts.get(object.kind!)!(object as never);
      this.noteState(type, object.kind!.toLowerCase(), object, text);
    } else if (namespace === 'default') {
      this.noteState(type, 'pod', object, podText(object as Pod));
      this.onPod?.(this.pods());
    }
  }

  private noteState(type: LogEntry['type'], what: string, object: KubeObject, text: string): void {
    const name = this.nameOf(object.metadata.name);
    const shown = type === 'DELETED' ? 'gone' : text;
    const key = `${what} ${name}`;
    if (this.told.get(key) === shown) return;
    this.told.set(key, shown);
    this.lines.push(`${this.time()} ${key}: ${this.masked(shown)}`);
  }

  private noteEvent({ reason, message = '', involvedObject, count, series }: Event): void {
    const times = series?.count ?? count ?? 1;
    const name = this.nameOf(involvedObject.name!);
    const about = `${involvedObject.kind!.toLowerCase()} ${name}`;
    const suffix = times > 1 ? ` (x${times})` : '';
    this.lines.push(`${this.time()}   ${reason}${suffix} ${about}: ${this.masked(message)}`);
  }

  private time(): string {
    const ms = this.cluster.clock.nowMs - this.startMs;
    return (ms / 1000).toFixed(1).padStart(6) + 's';
  }

  /** Generated names by order of coming: 'web-86b5d89694-vsbfr' is 'web-#1-a'. */
  private nameOf(name: string): string {
    const match = /^(.*?)(-[0-9a-f]{6,10})?(-[bcdfghjklmnpqrstvwxz2456789]{5})?$/.exec(name)!;
    const [, stem, hash, suffix] = match;
    if (!hash && !suffix) return name;
    const known = this.names.get(name);
    if (known) return known;
    const base = hash ? `${stem}-#${this.numberOf(`${stem} sets`, stem + hash)}` : stem;
    const shown = suffix ? `${base}-${this.numberOf(`${base} pods`, name)}` : base;
    this.names.set(name, shown);
    return shown;
  }

  private numberOf(series: string, member: string): number {
    const key = `${series}: ${member}`;
    const found = this.counts.get(key);
    if (found) return found;
    const next = (this.counts.get(series) ?? 0) + 1;
    this.counts.set(series, next);
    this.counts.set(key, next);
    return next;
  }

  private masked(text: string): string {
    return text
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
      .replace(/\b[a-z0-9]+(-[a-z0-9]+)*-[a-z0-9]{5,10}\b/g, (name) =>
        /-[0-9a-f]{6,10}(-|$)|-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name)
          ? this.nameOf(name)
          : name,
      )
      .replace(/in [0-9.]+m?s \([0-9.]+m?s including waiting\)/g, 'in <time>')
      .replace(/Image size: \d+ bytes/g, 'Image size: <bytes>');
  }
}

function nodeText({ spec, status }: Node): string {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  const taints = (spec.taints ?? []).map(
    ({ key, effect }) => `${key.replace(/^node(-role)?\.kubernetes\.io\//, '')}:${effect}`,
  );
  return [`Ready=${ready?.status ?? '-'}`, ready?.reason ?? '', ...taints].join(' ').trim();
}

/** Phase, node, what is wrong and the containers, in one line. */
function podText({ metadata, spec, status }: Pod): string {
  const words: string[] = [status.phase ?? '-'];
  if (spec.nodeName) words.push('on ' + spec.nodeName);
  if (metadata.deletionTimestamp) words.push('Terminating');
  if (status.reason) words.push(status.reason);
  if (status.nominatedNodeName) words.push('nominated for ' + status.nominatedNodeName);
  const holds = (status.conditions ?? []).filter(({ status: is }) => is === 'True');
  if (holds.some(({ type }) => type === 'Ready')) words.push('Ready');
  const disrupted = holds.find(({ type }) => type === 'DisruptionTarget');
  if (disrupted) words.push(disrupted.reason!);
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return [words.join(' '), ...all.map(containerText)].join('; ');
}

function containerText({ name, state, restartCount }: ContainerStatus): string {
  const restarts = restartCount > 0 ? ` restarts=${restartCount}` : '';
  if (state?.running) return `${name} running${restarts}`;
  if (state?.terminated) {
    return `${name} ${state.terminated.reason} ${state.terminated.exitCode}${restarts}`;
  }
  return `${name} waiting ${state?.waiting?.reason ?? ''}${restarts}`;
}
