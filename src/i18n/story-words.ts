// What a language has to say for each rule of the story.
import type { StoryParts, StoryRule } from '../scene/story-parts';

export interface SentenceWords<R extends StoryRule> {
  /** The sentence; names stand between double asterisks. */
  says(parts: StoryParts[R]): string;
  /** What comes next, in few words: it ends the chain of causes. '' for nothing. */
  next: string;
}

export type StoryWords = { [R in StoryRule]: SentenceWords<R> };

/** Those that tell of a rack or a zone as one. */
export type GroupStoryWords = Pick<
  StoryWords,
  Extract<StoryRule, `you${string}All` | `group${string}`>
>;
