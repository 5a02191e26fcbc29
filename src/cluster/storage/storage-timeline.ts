// What becomes of volumes, devices, claims, attachments and the pods that use them on a whole
// cluster, line by line as they are written, with the Events about them. Uids and other drawn names
// are numbered.
import {
  persistentVolumeClaims,
  persistentVolumes,
  resourceClaims,
  volumeAttachments,
  volumeAttributesClasses,
} from '../../api/extension-refs';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  ResourceClaim,
  VolumeAttachment,
  VolumeAttributesClass,
} from '../../api/extension-types';
import type { KubeObject } from '../../api/object';
import { machines, nodes, pods, type ResourceRef } from '../../api/resource-ref';
import type { Event, Node, Pod } from '../../api/types';
import type { LogEntry } from '../../store/store';
import type { Cluster, ClusterOptions } from '../cluster';
import { createWholeCluster } from '../whole-cluster';

export type StorageStep =
  | { run: number }
  | { create: object | object[] }
  | { delete: string; gracePeriodSeconds?: number }
  | { patch: string; body: object; subresource?: string }
  | { power: Record<string, 'On' | 'Off'> };

const KINDS = new Set([
  'Pod',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'VolumeAttachment',
  'ResourceClaim',
]);

export class StorageTimeline {
  readonly lines: string[] = [];
  private readonly cluster: Cluster;
  private readonly startMs: number;
  private readonly told = new Map<string, string>();
  private readonly drawn = new Map<string, string>();

  constructor(options: Partial<ClusterOptions> = {}) {
    this.cluster = createWholeCluster({ seed: 1, workers: 2, ...options });
    this.cluster.boot();
    this.cluster.clock.runFor(5_000);
    this.startMs = this.cluster.clock.nowMs;
    const texts: readonly [ResourceRef, (object: never) => string][] = [
      [persistentVolumeClaims, claimText],
      [persistentVolumes, volumeText],
      [volumeAttachments, attachmentText],
      [resourceClaims, deviceClaimText],
      [volumeAttributesClasses, attributesClassText],
      [pods, podText],
      [nodes, nodeText],
    ] as never;
    for (const [ref, text] of texts) {
      this.follow(ref.key, (type, object) => this.tell(ref, type, object, text as never));
    }
    this.follow('events', (type, event) => type !== 'DELETED' && this.tellEvent(event as Event));
  }

  play(step: StorageStep): void {
    const { client, world, clock } = this.cluster;
    if ('run' in step) {
      clock.runFor(step.run * 1000);
      return;
    }
    this.lines.push(`${this.time()} # ${JSON.stringify(step).slice(0, 160)}`);
    if ('create' in step) for (const object of [step.create].flat()) this.create(object as never);
    else if ('power' in step) {
      for (const [name, power] of Object.entries(step.power)) {
        world.patch(machines, '', name, { spec: { power } }, { patchType: 'merge' });
      }
    } else {
      const [kind, name] = ('delete' in step ? step.delete : step.patch).split(' ');
      const ref = this.refOf(kind);
      const namespace = ref.namespaced ? 'default' : '';
      const found = this.realName(name);
      if ('delete' in step) {
        const { gracePeriodSeconds } = step;
        this.attempt(() => client.delete(ref, namespace, found, { gracePeriodSeconds }));
      } else {
        const { subresource } = step;
        const options = { patchType: 'merge', subresource } as const;
        this.attempt(() => client.patch(ref, namespace, found, step.body, options));
      }
    }
  }

  private create(object: KubeObject): void {
    const ref = this.refOf(object.kind);
    const metadata = { ...object.metadata };
    if (ref.namespaced) metadata.namespace ??= 'default';
    this.attempt(() => this.cluster.client.create(ref as never, { ...object, metadata } as never));
  }

  private attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.lines.push(`${this.time()} ! ${this.masked((error as Error).message)}`);
    }
  }

  private refOf(kind: string): ResourceRef {
    return this.cluster.definitions.find(({ ref }) => ref.kind === kind)!.ref;
  }

  private follow(table: string, tell: (type: LogEntry['type'], object: KubeObject) => void): void {
    const { store } = this.cluster;
    const closed = (): void => this.follow(table, tell);
    store.watch(table, {}, store.revision, { event: tell, closed } as never);
  }

  private tell(
    ref: ResourceRef,
    type: LogEntry['type'],
    object: KubeObject,
    text: (object: KubeObject) => string,
  ): void {
    const { namespace, name, uid } = object.metadata;
    if (namespace && namespace !== 'default') return;
    const now = type === 'DELETED' ? 'gone' : text(object);
    if (now === (this.told.get(uid) ?? '')) return;
    this.told.set(uid, now);
    this.lines.push(this.masked(`${this.time()} ${ref.kind} ${name}: ${now}`));
  }

  private tellEvent({ involvedObject, type, reason, message, count }: Event): void {
    if (!KINDS.has(involvedObject.kind ?? '')) return;
    if (involvedObject.namespace && involvedObject.namespace !== 'default') return;
    const again = count && count > 1 ? ` (x${count})` : '';
    const text = `${type} ${reason}${again} ${involvedObject.name}: ${message}`;
    this.lines.push(this.masked(`${this.time()}   ${text}`));
  }

  private time(): string {
    const seconds = (this.cluster.clock.nowMs - this.startMs) / 1000;
    return seconds.toFixed(1).padStart(6) + 's';
  }

  /** 'pvc-<1>' is the first uid that was drawn. */
  private masked(text: string): string {
    return text
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (uid) => this.numbered(uid))
      .replace(/csi-[0-9a-f]{64}/g, (name) => `csi-${this.numbered(name)}`);
  }

  private numbered(text: string): string {
    let number = this.drawn.get(text);
    if (number === undefined) this.drawn.set(text, (number = `<${this.drawn.size + 1}>`));
    return number;
  }

  private realName(name: string): string {
    for (const [text, number] of this.drawn)
      if (name.includes(number)) return name.replace(number, text);
    return name;
  }
}

function claimText({ metadata, spec, status }: PersistentVolumeClaim): string {
  const conditions = status.conditions?.map(({ type }) => type).join(',');
  return [
    metadata.deletionTimestamp ? 'Terminating' : status.phase,
    spec.volumeName,
    status.capacity?.storage,
    spec.storageClassName && `class ${spec.storageClassName}`,
    attributesText(status),
    conditions && `[${conditions}]`,
    metadata.finalizers ? '' : 'no finalizer',
  ]
    .filter(Boolean)
    .join(' ');
}

function attributesText(status: PersistentVolumeClaim['status']): string | undefined {
  const { currentVolumeAttributesClassName: current, modifyVolumeStatus: modifying } = status;
  if (!current && !modifying) return undefined;
  const { targetVolumeAttributesClassName: target = '?', status: how } = modifying ?? {};
  return `attributes ${current ?? 'none'}${how ? ` -> ${target} (${how})` : ''}`;
}

function volumeText({ metadata, spec, status }: PersistentVolume): string {
  return [
    metadata.deletionTimestamp ? 'Terminating' : '',
    status.phase,
    spec.capacity?.storage,
    spec.volumeAttributesClassName && `attributes ${spec.volumeAttributesClassName}`,
    spec.claimRef && `for ${spec.claimRef.name}${spec.claimRef.uid ? '' : ' (any)'}`,
    status.message && `(${status.message})`,
  ]
    .filter(Boolean)
    .join(' ');
}

function attachmentText({ metadata, spec, status }: VolumeAttachment): string {
  const state = status.attached ? 'attached' : 'attaching';
  const volume = spec.source.persistentVolumeName ?? '';
  return `${volume} to ${spec.nodeName} ${metadata.deletionTimestamp ? 'detaching' : state}`;
}

function attributesClassText({ metadata }: VolumeAttributesClass): string {
  const state = metadata.deletionTimestamp ? 'Terminating' : 'there';
  return metadata.finalizers ? state : `${state} no finalizer`;
}

function deviceClaimText({ metadata, status }: ResourceClaim): string {
  const results = status.allocation?.devices?.results ?? [];
  const users = status.reservedFor?.map(({ name }) => name).join(',');
  return [
    metadata.deletionTimestamp ? 'Terminating' : '',
    status.allocation ? results.map(({ device }) => device).join(',') : 'pending',
    users && `for ${users}`,
    metadata.finalizers ? '' : 'no finalizer',
  ]
    .filter(Boolean)
    .join(' ');
}

function podText({ metadata, spec, status }: Pod): string {
  const ready = status.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
  return [
    metadata.deletionTimestamp ? 'Terminating' : status.phase,
    spec.nodeName && `on ${spec.nodeName}`,
    ready ? 'ready' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function nodeText({ status }: Node): string {
  const names = (list: readonly (string | { name: string })[] = []): string =>
    list.map((each) => (typeof each === 'string' ? each : each.name)).join(',');
  const { volumesInUse, volumesAttached } = status;
  if (!volumesInUse && !volumesAttached) return '';
  return `in use [${names(volumesInUse)}] attached [${names(volumesAttached)}]`;
}
