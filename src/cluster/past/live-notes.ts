// What the live picture shows and no object tells, noted as it is sent: which programs ran, how
// long their queues were, when images were pulled. A picture of the past is made whole with it.
import type { ScenePod, SceneController, SceneDelta, SceneGauges } from '../../scene/scene';
import type { SceneComponent, SceneStory } from '../../scene/scene';

/** Virtual time between two notes, unless a program has started or stopped. */
const PERIOD_MS = 1_000;
const NOTES_MAX = 20_000;
const STORIES_MAX = 8_000;
/** Of what was told until a moment only so many are told again. */
const TOLD_AGAIN_MAX = 100;

/** What is noted of a delta. */
export type NotedDelta = Pick<SceneDelta, 'atMs' | 'pods' | 'stories' | 'gauges'> &
  Partial<Pick<SceneDelta, 'components' | 'controllers' | 'apiLines'>>;

interface Note {
  atMs: number;
  components: readonly SceneComponent[];
  apiLines: SceneDelta['apiLines'];
  /** Only controllers that had work. */
  busy: readonly SceneController[];
  gauges: SceneGauges;
}

export class LiveNotes {
  private notes: Note[] = [];
  private stories: SceneStory[] = [];
  /** Added to the numbers of stories: those of a branch go on from where it left the other. */
  private firstId = 0;
  private components: readonly SceneComponent[] = [];
  private controllers: readonly SceneController[] = [];
  private apiLines: SceneDelta['apiLines'];
  private readonly pulls = new Map<string, NonNullable<ScenePod['pull']>>();

  /** Begins with what runs already: deltas only tell of changes. */
  begin(components: readonly SceneComponent[], controllers: readonly SceneController[]): void {
    this.components = components;
    this.controllers = controllers;
  }

  /** Notes what a delta of the live picture says. */
  note(delta: NotedDelta): void {
    const { atMs, components, controllers, gauges, pods, stories } = delta;
    for (const story of stories) this.stories.push(story);
    if (this.stories.length > STORIES_MAX) this.stories.splice(0, STORIES_MAX / 4);
    for (const { uid, pull } of pods) if (pull) this.pulls.set(uid, pull);
    if (controllers) this.controllers = controllers;
    if (delta.apiLines) this.apiLines = delta.apiLines;
    const last = this.notes.at(-1);
    if (!components && last && atMs < last.atMs + PERIOD_MS) return;
    if (components) this.components = components;
    const busy = this.controllers.filter((each) => each.queue > 0 || each.busy);
    const { apiLines } = this;
    this.notes.push({ atMs, components: this.components, apiLines, busy, gauges });
    // Thinned where it is oldest.
    if (this.notes.length > NOTES_MAX) {
      const half = NOTES_MAX / 2;
      const thinned = this.notes.slice(0, half).filter((_, index) => index % 2 === 0);
      this.notes = [...thinned, ...this.notes.slice(half)];
    }
  }

  /** What was noted until then, for a course that goes on from there. */
  until(atMs: number): LiveNotes {
    const other = new LiveNotes();
    other.notes = this.notes.slice(0, placeAfter(this.notes, atMs));
    other.firstId = this.stories.at(-1)?.id ?? 0;
    other.stories = this.stories.slice(0, placeAfter(this.stories, atMs));
    other.components = other.notes.at(-1)?.components ?? [];
    other.controllers = this.controllers;
    for (const [uid, pull] of this.pulls) other.pulls.set(uid, pull);
    return other;
  }

  /** Stories of this course, numbered on from those of the course that it left. */
  numbered(stories: SceneStory[]): SceneStory[] {
    const { firstId } = this;
    if (firstId === 0) return stories;
    return stories.map((story) => ({
      ...story,
      id: story.id + firstId,
      root: story.root && story.root + firstId,
    }));
  }

  /** What had been told by then, the newest last. */
  toldUntil(atMs: number): SceneStory[] {
    const end = placeAfter(this.stories, atMs);
    return this.stories.slice(Math.max(0, end - TOLD_AGAIN_MAX), end);
  }

  /** The newest requests of then. */
  apiLinesAt(atMs: number): NonNullable<SceneDelta['apiLines']> {
    return this.at(atMs)?.apiLines ?? [];
  }

  componentsAt(atMs: number): SceneComponent[] {
    return [...(this.at(atMs)?.components ?? [])];
  }

  controllersAt(atMs: number): SceneController[] {
    const busy = new Map(this.at(atMs)?.busy.map((each) => [each.name, each]));
    return this.controllers.map(({ name }) => busy.get(name) ?? { name, queue: 0, busy: false });
  }

  gaugesAt(atMs: number): SceneGauges | undefined {
    return this.at(atMs)?.gauges;
  }

  /** The pull of a pod's image, when it had begun by then. */
  pullAt(uid: string, atMs: number): ScenePod['pull'] {
    const pull = this.pulls.get(uid);
    return pull && pull.startMs <= atMs ? pull : undefined;
  }

  private at(atMs: number): Note | undefined {
    return this.notes[Math.max(0, placeAfter(this.notes, atMs) - 1)];
  }
}

/** How many of them were at that time or before; they are in the order of their times. */
function placeAfter(dated: readonly { atMs: number }[], atMs: number): number {
  let [low, high] = [0, dated.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dated[middle].atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
