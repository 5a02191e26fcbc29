// The story in chapters: what came of one act of the person, or of the cluster by itself, and in it
// groups of the same thing, so that ten pods of one ReplicaSet are one line.
import type { SceneLink, SceneStory } from '../../scene/scene';
import type { StoryParts } from '../../scene/story-parts';
import type { AppliedRun, StoryBook } from './story-book';
import { isGrouped } from './story-text';

export interface StoryGroup {
  key: string;
  /** Oldest first, at least one. */
  stories: readonly SceneStory[];
}

export interface Rollout {
  deployment: string;
  replicaSet: string;
  state: 'running' | 'done' | 'stuck';
}

export interface Chapter {
  key: string;
  /** The file that was applied, when that was the act. */
  run: AppliedRun | undefined;
  /** The act; undefined for what the cluster did by itself. */
  act: SceneStory | undefined;
  /** What a chapter without an act is about. */
  about: SceneLink;
  rollouts: readonly Rollout[];
  /** In the order in which they began. */
  groups: readonly StoryGroup[];
  count: number;
  startMs: number;
  endMs: number;
}

/** The chapters of a book, the newest first. */
export function chaptersOf({ stories, runs }: StoryBook): Chapter[] {
  const byKey = new Map<string, SceneStory[]>();
  for (const story of stories) {
    const key = chapterKey(story, runs);
    const held = byKey.get(key);
    // A chapter that goes on moves to the end.
    if (held) byKey.delete(key);
    byKey.set(key, held ?? []);
    byKey.get(key)!.push(story);
  }
  return [...byKey]
    .map(([key, told]) => chapterOf(key, told, runs))
    .sort((a, b) => rankOf(b) - rankOf(a));
}

/** Acts stand where they were done; what goes on by itself, where it was last. */
function rankOf({ act, startMs, endMs }: Chapter): number {
  return act ? startMs : endMs;
}

function chapterKey(story: SceneStory, runs: StoryBook['runs']): string {
  const run = runs.get(story.root);
  if (run) return `run ${run.id}`;
  if (story.root > 0) return `act ${story.root}`;
  const { kind, namespace, name } = story.chain[0] ?? story.about;
  return `self ${kind}/${namespace}/${name}`;
}

function chapterOf(key: string, told: readonly SceneStory[], runs: StoryBook['runs']): Chapter {
  const [first] = told as [SceneStory, ...SceneStory[]];
  const act = told.find(({ id, root }) => id === root);
  return {
    key,
    run: runs.get(first.root),
    act,
    about: first.chain[0] ?? first.about,
    rollouts: rolloutsOf(told),
    groups: groupsOf(told),
    count: told.length,
    startMs: first.atMs,
    endMs: told.at(-1)!.atMs,
  };
}

function groupsOf(told: readonly SceneStory[]): StoryGroup[] {
  const groups = new Map<string, SceneStory[]>();
  for (const story of told) {
    const key = groupKey(story);
    const held = groups.get(key);
    if (held) held.push(story);
    else groups.set(key, [story]);
  }
  return [...groups].map(([key, stories]) => ({ key, stories }));
}

/** Of a rule that speaks of many at once: by whom the object belongs to; else by the object. */
function groupKey(story: SceneStory): string {
  const { rule, about, chain } = story;
  const owner = isGrouped(rule) && about.kind === 'Pod' ? chain.at(-2) : about;
  const { kind, namespace, name } = owner ?? about;
  const isAct = story.id === story.root;
  return `${rule} ${kind}/${namespace}/${name}${isAct ? ` ${story.id}` : ''}`;
}

function rolloutsOf(told: readonly SceneStory[]): Rollout[] {
  const rollouts = new Map<string, Rollout>();
  for (const { rule, parts } of told) {
    if (rule === 'replicaSetCreated') {
      const { deployment, replicaSet } = parts as StoryParts['replicaSetCreated'];
      rollouts.set(deployment, { deployment, replicaSet, state: 'running' });
    } else if (rule === 'rolloutDone' || rule === 'rolloutStuck') {
      const { deployment } = parts as StoryParts['rolloutDone'];
      const rollout = rollouts.get(deployment);
      if (rollout) rollout.state = rule === 'rolloutDone' ? 'done' : 'stuck';
    }
  }
  return [...rollouts.values()];
}

/** The stories of a book that are about an object of that name, or that it led to. */
export function storiesWith(
  stories: readonly SceneStory[],
  wanted: { text: string; only: Pick<SceneLink, 'kind' | 'namespace' | 'name'> | null },
): readonly SceneStory[] {
  const text = wanted.text.trim().toLowerCase();
  const { only } = wanted;
  if (text === '' && !only) return stories;
  return stories.filter((story) => {
    const links = [story.about, ...story.chain];
    if (only && !links.some((link) => isSame(link, only)) && !isOnNode(story, only)) return false;
    if (text === '') return true;
    const named = links.some(({ kind, name }) => `${kind} ${name}`.toLowerCase().includes(text));
    return named || Object.values(story.parts).some((part) => has(part, text));
  });
}

function isSame(link: SceneLink, { kind, namespace, name }: Omit<SceneLink, 'text'>): boolean {
  const isKind = link.kind === kind || (link.kind === 'Machine' && kind === 'Node');
  return isKind && link.namespace === namespace && link.name === name;
}

function isOnNode({ parts }: SceneStory, { kind, name }: Omit<SceneLink, 'text'>): boolean {
  return kind === 'Node' && 'node' in parts && parts.node === name;
}

function has(part: unknown, text: string): boolean {
  return typeof part === 'string' && part.toLowerCase().includes(text);
}
