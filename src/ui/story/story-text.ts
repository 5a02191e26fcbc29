// The words of a story in the language of the page: its sentence, its chain of causes, and several
// of a kind in one sentence.
import { catalog } from '../../i18n/catalog';
import type { SceneLink, SceneStory } from '../../scene/scene';

const { rules, many, acts } = catalog.stories;

export interface TextPart {
  text: string;
  bold: boolean;
}

/** The sentence of a story, with **bold** names. */
export function sentenceOf({ rule, parts }: SceneStory): string {
  return (rules[rule].says as (parts: object) => string)(parts);
}

/** What comes next, which ends the chain; '' when nothing does. */
export function nextOf({ rule }: SceneStory): string {
  return rules[rule].next;
}

/** `count` stories of the rule of one of them, in one sentence; undefined when there is none. */
export function sentenceOfMany({ rule, parts }: SceneStory, count: number): string | undefined {
  const words = (many as Record<string, ((parts: object, n: number) => string) | undefined>)[rule];
  return words?.(parts, count);
}

/** How a link of a chain reads; `fileName` is what the person applied, when it was that. */
export function linkText({ act, text }: SceneLink, fileName?: string): string {
  if (!act) return text;
  return fileName ? acts.applied(fileName) : acts[act](text);
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
