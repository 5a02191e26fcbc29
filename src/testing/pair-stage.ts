// Plays golden pairs that were written from the reading of upstream to a control plane without
// machines: what is written and how time passes, and what is then there, whole in the fields that a
// file names, with all Events since the look before. Who plays kubelet is the pair itself.
import { encodeBase64 } from '../api/base64';
import type { ObjectMeta } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import { formatTime } from '../api/time';
import type { UserInfo } from '../client/transport';
import { Masker } from '../apiserver/golden/masks';
import { createWholeCluster, restoreWholeCluster } from '../cluster/whole-cluster';
import { certificateRequestPem, type WantedNames } from './certificate-requests';

type Json = Record<string, unknown>;
type Wire = Json & { apiVersion: string; kind: string; metadata: ObjectMeta };

/** One thing that is done or looked at; objects go by 'Kind name' or 'Kind namespace/name'. */
export interface PairStep {
  /** Who does it, instead of the administrator. */
  as?: UserInfo;
  make?: Wire | Wire[];
  /** Merges into an object: into its status or approval, where that is all there is. */
  set?: Record<string, Json>;
  drop?: string | string[];
  /** Passed to `drop`: 'gracePeriodSeconds=0'. */
  query?: string;
  /** Hours in which nothing runs: the cluster is put away and brought back. */
  jumpHours?: number;
  /** Seconds. */
  wait?: number;
  /** So many objects like this one, with their number in the name. */
  many?: { count: number; like: Wire };
  dropMany?: { count: number; like: string };
  /** With `want`: no objects but those that it names are looked at. */
  only?: boolean;
  want?: { objects?: Json; events?: readonly string[] };
}

export interface PairFile {
  /** The fields by which objects of these kinds are shown; others are not looked at. */
  show: Record<string, readonly string[]>;
  /** Only Events of these sources, where others have a say too. */
  sources?: readonly string[];
  pairs: readonly { case: string; steps: readonly PairStep[] }[];
}

const NO_EVENTS: readonly string[] = [];

export class PairStage {
  private cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  private readonly masker = new Masker();
  private readonly atStart: ReadonlySet<string>;
  private readonly told = new Map<string, number>();

  constructor(private readonly file: Pick<PairFile, 'show' | 'sources'>) {
    this.cluster.clock.runFor(5_000);
    this.atStart = new Set(this.shownObjects().map(({ metadata }) => metadata.uid));
    this.newEvents();
  }

  play(step: PairStep): void {
    for (const object of [step.make ?? []].flat()) this.make(object, step.as);
    if (step.many) {
      const { count, like } = step.many;
      for (let index = 0; index < count; index++) this.make(numbered(like, index));
    }
    for (const [name, body] of Object.entries(step.set ?? {})) this.set(name, body);
    for (const name of [step.drop ?? []].flat()) this.drop(name, step.query);
    if (step.dropMany) {
      const { count, like } = step.dropMany;
      for (let index = 0; index < count; index++) this.drop(`${like}${index}`);
    }
    if (step.jumpHours) this.jump(step.jumpHours * 3_600_000);
    if (step.wait) this.cluster.clock.runFor(step.wait * 1000);
  }

  /** What is there now, in the form of a `want`. */
  look(): { objects: Json; events: readonly string[] } {
    const found = this.shownObjects().filter(({ metadata }) => !this.atStart.has(metadata.uid));
    this.masker.learn(found);
    const shown = found.map((object) => [keyOf(object), this.shown(object)] as const);
    const objects: Json = {};
    for (const [key, object] of shown.sort(byText)) {
      let name = key;
      for (let copy = 2; name in objects; copy++) name = `${key} (${copy})`;
      objects[name] = object;
    }
    return { objects, events: this.newEvents() };
  }

  private jump(ms: number): void {
    const saved = this.cluster.save();
    this.cluster = restoreWholeCluster({ ...saved, nowMs: saved.nowMs + ms });
  }

  private make(object: Wire, as?: UserInfo): void {
    const ref = this.refOf(object.kind);
    const namespace = object.metadata.namespace ?? 'default';
    const body = object.kind === 'CertificateSigningRequest' ? withRequest(object) : object;
    this.call('POST', pathOf(ref, namespace), this.timed(body), as);
    const { status } = object;
    if (status) this.set(`${object.kind} ${namespace}/${object.metadata.name}`, { status } as Json);
  }

  private set(name: string, body: Json): void {
    const { ref, path } = this.find(name);
    const isStatus = Object.keys(body).join() === 'status';
    const status = ref.kind === 'CertificateSigningRequest' ? '/approval' : '/status';
    this.call('PATCH', path + (isStatus ? status : ''), this.timed(body));
  }

  private drop(name: string, query?: string): void {
    this.call('DELETE', this.find(name).path + (query ? `?${query}` : ''));
  }

  private call(method: string, path: string, body?: unknown, user?: UserInfo): Json {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const answer = this.cluster.handle({
      method,
      path,
      headers: body === undefined ? {} : { 'content-type': type },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(user && { caller: { user } }),
    });
    if (answer.status < 300) return JSON.parse(answer.body) as Json;
    throw new Error(`${method} ${path}: ${answer.body}`);
  }

  /** The body with the virtual time in the place of each 'NOW'. */
  private timed(body: unknown): unknown {
    const now = formatTime(this.cluster.clock.nowMs);
    return JSON.parse(JSON.stringify(body).replaceAll('"NOW"', JSON.stringify(now)));
  }

  private find(text: string): { ref: ResourceRef; path: string } {
    const [kind, key] = text.split(' ');
    const [namespace, name] = key.includes('/') ? key.split('/') : ['default', key];
    const ref = this.refOf(kind);
    const { items } = this.cluster.client.list(ref, ref.namespaced ? namespace : '');
    const isIt = ({ generateName }: ObjectMeta): boolean => name === `${generateName}*`;
    const generated = items.find(({ metadata }) => isIt(metadata))?.metadata.name;
    return { ref, path: `${pathOf(ref, namespace)}/${generated ?? name}` };
  }

  private refOf(kind: string): ResourceRef {
    const found = this.cluster.definitions.find(({ ref }) => ref.kind === kind);
    if (!found) throw new Error(`no kind ${kind}`);
    return found.ref;
  }

  private shownObjects(): Wire[] {
    return Object.keys(this.file.show).flatMap((kind) => {
      const ref = this.refOf(kind);
      const items = this.cluster.client.list(ref).items as unknown as Wire[];
      return items.map((item) => ({ ...item, kind }));
    });
  }

  private shown(object: Wire): Json {
    const shown: Json = {};
    for (const path of this.file.show[object.kind]) {
      const value = path.split('.').reduce<unknown>((part, key) => (part as Json)?.[key], object);
      if (value !== undefined) shown[path] = withoutKeys(this.masker.mask(value));
    }
    return shown;
  }

  /** Those that came or were seen again, in their order: 'source: type reason Kind/name: text'. */
  private newEvents(): readonly string[] {
    const ref = this.refOf('Event');
    const lines: string[] = [];
    for (const event of this.cluster.client.list(ref).items as unknown as EventShape[]) {
      const { metadata, source, type, reason, message, involvedObject, count = 1 } = event;
      const by = source?.component || event.reportingComponent;
      const { sources } = this.file;
      if (sources ? !sources.includes(by) : by === 'default-scheduler') continue;
      if (this.told.get(metadata.uid) === count) continue;
      this.told.set(metadata.uid, count);
      const times = count > 1 ? ` (x${count})` : '';
      const { kind, name } = involvedObject;
      const line = `${by}: ${type} ${reason}${times} ${kind}/${name}: ${message}`;
      lines.push(this.masker.mask(line) as string);
    }
    return lines.length > 0 ? lines.sort() : NO_EVENTS;
  }
}

interface EventShape {
  metadata: ObjectMeta;
  source?: { component?: string };
  reportingComponent: string;
  type: string;
  reason: string;
  message: string;
  involvedObject: { kind: string; name: string };
  count?: number;
}

function pathOf(ref: ResourceRef, namespace: string): string {
  const root = ref.group ? `/apis/${ref.apiVersion}` : `/api/${ref.apiVersion}`;
  return root + (ref.namespaced ? `/namespaces/${namespace}/` : '/') + ref.resource;
}

function keyOf({ kind, metadata }: Wire): string {
  const { namespace = 'default', name, generateName } = metadata;
  const shown = generateName ? `${generateName}*` : name;
  return namespace === 'default' ? `${kind} ${shown}` : `${kind} ${namespace}/${shown}`;
}

function byText(a: readonly unknown[], b: readonly unknown[]): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function numbered(like: Wire, index: number): Wire {
  return { ...like, metadata: { ...like.metadata, name: `${like.metadata.name}${index}` } };
}

/** `spec.request` as names that the certificate is to have. */
function withRequest(object: Wire): Json {
  const spec = object.spec as Json;
  const request = encodeBase64(certificateRequestPem(spec.request as WantedNames));
  return { ...object, spec: { ...spec, request } };
}

const CERTIFICATE = /^-----BEGIN CERTIFICATE-----|^LS0tLS1CRUdJTiBDRVJUSUZJQ0FUR/;

/** What nobody would write out by hand stands by its name. */
function withoutKeys(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'string') return part;
    if (CERTIFICATE.test(part)) return '<certificate>';
    return part.startsWith('ZXlK') ? '<token>' : part;
  });
  return JSON.parse(text);
}
