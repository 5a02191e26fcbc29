// The narration: one sentence at a time, each long enough to be read. When more come in than can be
// read, the one that matters most is told next and the rest is left to the record.
import type { SceneStory } from '../../scene/scene';

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
