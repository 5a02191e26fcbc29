// The story: each write that a person should notice, as one sentence, with the chain of writes that
// led to it. Which writes are told, and how, is the table in `story-rules.ts`.
import type { TraceRecord } from '../sim/trace';
import type { SceneLink, SceneStory } from './scene';
import { tell, type StorySources } from './story-rules';

interface Chapter {
  link: SceneLink;
  cause: number;
}

const REMEMBERED_MAX = 4096;
const CHAIN_MAX = 5;

export class Stories {
  /** By revision of the write, for the chains of later ones. */
  private readonly chapters = new Map<number, Chapter>();

  constructor(private readonly sources: StorySources) {}

  /** The sentence for a record, or undefined for what is not worth one. */
  next(record: TraceRecord): SceneStory | undefined {
    if (record.code >= 400 || record.revision === 0) return undefined;
    const told = tell(record, this.sources);
    if (!told) {
      this.remember(record, undefined);
      return undefined;
    }
    const chain = this.chainOf(record.cause);
    this.remember(record, told.about);
    const last = chain.at(-1);
    if (!last || !sameLink(last, told.about)) chain.push(told.about);
    return { id: record.id, atMs: record.atMs, ...told, chain };
  }

  private chainOf(revision: number): SceneLink[] {
    const chain: SceneLink[] = [];
    let chapter = this.chapters.get(revision);
    while (chapter && chain.length < CHAIN_MAX) {
      const previous = chain[0];
      if (!previous || !sameLink(previous, chapter.link)) chain.unshift(chapter.link);
      chapter = chapter.cause === 0 ? undefined : this.chapters.get(chapter.cause);
    }
    return chain;
  }

  /** What is not told is passed through, so that a chain does not end at it. */
  private remember(record: TraceRecord, link: SceneLink | undefined): void {
    const through = this.chapters.get(record.cause);
    const chapter = link ? { link, cause: record.cause } : through;
    if (chapter) this.chapters.set(record.revision, chapter);
    if (this.chapters.size <= REMEMBERED_MAX) return;
    const oldest = this.chapters.keys().next().value;
    if (oldest !== undefined) this.chapters.delete(oldest);
  }
}

function sameLink(a: SceneLink, b: SceneLink): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}
