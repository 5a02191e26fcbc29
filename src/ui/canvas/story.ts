// The narration: one sentence at a time, each long enough to be read. When more come in than can be
// read, the one that matters most is told next and the rest is left to the record.
import type { SceneLink, SceneStory } from '../../scene/scene';

/** The chain without links that only repeat the one before them. */
export function plainChain(chain: readonly SceneLink[]): SceneLink[] {
  return chain.filter((link, i) => i === 0 || !isSameLink(link, chain[i - 1]!));
}

function isSameLink(a: SceneLink, b: SceneLink): boolean {
  return sameObject(a, b) && a.act === b.act;
}

/** Whether two links lead to the same object. */
export function sameObject(a: SceneLink, b: SceneLink): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

const toneWeight: Record<SceneStory['tone'], number> = { bad: 3, warn: 2, good: 1, plain: 0 };

/**
 * Which of the waiting stories to tell: the gravest, and of equals the newest; null when none
 * waits.
 */
export function nextStory(waiting: readonly SceneStory[]): SceneStory | null {
  let best: SceneStory | null = null;
  for (const story of waiting) {
    if (!best || toneWeight[story.tone] >= toneWeight[best.tone]) best = story;
  }
  return best;
}

const HAN = /\p{Script=Han}/gu;

/** How long a sentence stays before another may take its place, in wall ms. */
export function readingMs(sentence: string, tone: SceneStory['tone']): number {
  const han = sentence.match(HAN)?.length ?? 0;
  // Two characters of Chinese read about as long as a word of English.
  const words = sentence.replace(HAN, ' ').split(/\s+/).filter(Boolean).length + han / 2;
  return Math.min(2_600, 700 + words * 90) + (tone === 'bad' ? 1_200 : 0);
}
