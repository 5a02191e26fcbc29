// The story: each write that a person should notice, as a rule's name with its parts, and the chain
// of writes that led to it. Which writes are told is the matter of the rules (`story-rules.ts`), in
// which words that of the page.
// Invariants: ids grow; what was said last of an object is not said again.
import { controllerOf, type KubeObject } from '../api/object';
import type { TraceRecord } from '../sim/trace';
import { linkTo, OWNER_RESOURCES } from './rules/rule';
import type { StoryTeller, StoryView, Told } from './rules/rule';
import type { SceneComponent, SceneLink, SceneStory } from './scene';
import type { StoryAct } from './story-parts';
import type { StoryRules } from './story-rules';

interface Chapter {
  link: SceneLink;
  /** Id of the act that began it all; 0 when none is known. */
  root: number;
  /** The first link of its chain. */
  first: SceneLink;
  /** Absent at the first link, and where a long chain has been cut. */
  before: Chapter | undefined;
  depth: number;
  atMs: number;
}

/** After this time what was done to a machine is not why a program of it ends. */
const MACHINE_MS = 60_000;
const REMEMBERED_MAX = 4096;
const CHAIN_MAX = 6;
/** Loops that never end would make chains that never end. */
const DEPTH_MAX = 24;
export class Stories implements StoryTeller {
  private lastId = 0;
  /** By revision of the write, for the chains of later ones. */
  private readonly byRevision = new Map<number, Chapter>();
  /** How an object came to be, or what was last done to it: for what comes of no write. */
  private readonly byObject = new Map<string, Chapter>();
  private readonly said = new Map<string, string>();

  constructor(
    private readonly rules: StoryRules,
    private readonly view: StoryView,
  ) {}

  next(record: TraceRecord): SceneStory | undefined {
    if (record.revision === 0 && record.code < 400) return undefined;
    const told = this.rules.tell(record);
    const cause = this.byRevision.get(record.cause);
    const isBirth = record.verb === 'create' && record.resource !== 'events';
    if (!told || (!isBirth && this.isRepeated(told))) {
      // What is not told is passed through, so that a chain does not end at it.
      if (cause && record.revision > 0) keep(this.byRevision, record.revision, cause);
      return undefined;
    }
    return this.story(told, record, cause);
  }

  programs(components: readonly SceneComponent[], atMs: number): SceneStory[] {
    return this.rules
      .tellPrograms(components)
      .filter((told) => !this.isRepeated(told))
      .map((told) => this.story(told, { atMs, revision: 0, verb: '' }, undefined));
  }

  private story(
    told: Told,
    { atMs, revision, verb }: Pick<TraceRecord, 'atMs' | 'revision' | 'verb'>,
    cause: Chapter | undefined,
  ): SceneStory {
    const { because, alsoOf = 0, also = [], ...rest } = told;
    const id = ++this.lastId;
    const isYours = told.rule.startsWith('you');
    const isAct = isYours && told.rule !== 'youRefused';
    const link = isAct ? { ...told.about, act: told.rule as StoryAct } : told.about;
    const before = isYours ? undefined : this.before(told.about, because, cause, atMs);
    const chapter = after(before, link, isYours ? id : (before?.root ?? 0), atMs);
    if (alsoOf > 0) keep(this.byRevision, alsoOf, chapter);
    if (revision > 0) keep(this.byRevision, revision, chapter);
    for (const other of also) keep(this.byObject, keyOf(other), chapter);
    const key = keyOf(link);
    const isNews = isAct || verb === 'create' || link.kind === 'Component';
    if (isNews || !this.byObject.has(key)) keep(this.byObject, key, chapter);
    return { id, atMs, ...rest, chain: chainOf(chapter), root: chapter.root } as SceneStory;
  }

  /** What led to it: what is named, else the write it answers, else how its object came to be. */
  private before(
    about: SceneLink,
    because: SceneLink | undefined,
    cause: Chapter | undefined,
    atMs: number,
  ): Chapter | undefined {
    if (because) {
      const known = this.byObject.get(keyOf(because));
      if (because.kind === 'Machine') {
        return known?.link.act && atMs < known.atMs + MACHINE_MS ? known : undefined;
      }
      return after(known, because, known?.root ?? 0, atMs);
    }
    return cause ?? this.byObject.get(keyOf(about)) ?? this.owners(about);
  }

  /** For what came about before anybody looked: who owns it. */
  private owners({ kind, namespace, name }: SceneLink): Chapter | undefined {
    const resource = OWNER_RESOURCES[kind];
    const object = resource ? this.view.read<KubeObject>(resource, namespace, name) : undefined;
    const owner = object && controllerOf(object);
    if (!owner || owner.kind === 'Node') return undefined;
    const link = linkTo(owner.kind, namespace, owner.name);
    const before = this.byObject.get(keyOf(link)) ?? this.owners(link);
    return after(before, link, before?.root ?? 0, before?.atMs ?? 0);
  }

  private isRepeated({ rule, parts, about }: Told): boolean {
    if (rule.startsWith('you')) return false;
    const text = rule + JSON.stringify(parts);
    const key = keyOf(about);
    if (this.said.get(key) === text) return true;
    keep(this.said, key, text);
    return false;
  }
}

/** The chapter in which a link follows what was before; the same one when it is its own. */
function after(before: Chapter | undefined, link: SceneLink, root: number, atMs: number): Chapter {
  if (!before) return { link, root, first: link, before, depth: 0, atMs };
  if (sameLink(before.link, link)) return before;
  const isLong = before.depth >= DEPTH_MAX;
  const { first } = before;
  return {
    link,
    root,
    first,
    before: isLong ? undefined : before,
    depth: isLong ? 0 : before.depth + 1,
    atMs,
  };
}

/** Its links from the first on; of a long chain, the first and the last ones. */
function chainOf(last: Chapter): SceneLink[] {
  const chain: SceneLink[] = [];
  for (let at: Chapter | undefined = last; at; at = at.before) chain.unshift(at.link);
  if (!sameLink(chain[0], last.first)) chain.unshift(last.first);
  return chain.length > CHAIN_MAX ? [chain[0], ...chain.slice(1 - CHAIN_MAX)] : chain;
}

function sameLink(a: SceneLink, b: SceneLink): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace && a.act === b.act;
}

/** A machine and its Node are one to the story. */
function keyOf({ kind, namespace, name }: SceneLink): string {
  return `${kind === 'Machine' ? 'Node' : kind}/${namespace}/${name}`;
}

/** Keeps the newest entries. */
function keep<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= REMEMBERED_MAX) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
