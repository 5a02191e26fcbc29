// The narration: one sentence at a time, each long enough to be read. When more come in than can be
// read, the one that matters most is told next and the rest is left to the record.
import type { SceneLink, SceneStory } from '../../scene/scene';

export interface TextPart {
  text: string;
  bold: boolean;
}

/** Splits a sentence at its **bold** parts. */
export function textParts(text: string): TextPart[] {
  return text
    .split('**')
    .map((part, i) => ({ text: part, bold: i % 2 === 1 }))
    .filter((part) => part.text !== '');
}

/** The sentence without its marks, for those who hear it. */
export function plainText(text: string): string {
  return text.replaceAll('**', '');
}

/** The chain without links that only repeat the one before them. */
export function plainChain(chain: readonly SceneLink[]): SceneLink[] {
  return chain.filter((link, i) => i === 0 || !sameObject(link, chain[i - 1]!));
}

/**
 * Whether two links lead to the same object; words that lead nowhere are told apart by their text.
 */
export function sameObject(a: SceneLink, b: SceneLink): boolean {
  if (a.kind === '' && b.kind === '') return a.text === b.text;
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

/** How long a sentence stays before another may take its place, in wall ms. */
export function readingMs(story: SceneStory): number {
  const words = plainText(story.text).split(' ').length;
  return Math.min(2_600, 700 + words * 90) + (story.tone === 'bad' ? 1_200 : 0);
}
