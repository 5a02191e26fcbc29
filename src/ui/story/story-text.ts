// The words of a story in the language of the page: its sentence, its chain of causes, and several
// of a kind in one sentence.
import type { SceneLink, SceneStory } from '../../scene/scene';
import type { StoryRule } from '../../scene/story-parts';
import { words } from './words';

const { rules, many, acts } = words;

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

/** Whether several stories of a rule can be one sentence. */
export function isGrouped(rule: StoryRule): boolean {
  return rule in many;
}

export interface ChainPart {
  text: string;
  link: SceneLink;
  /** Where the story stands. */
  isNow: boolean;
}

/** The chain of causes in words; `fileName` is what the person applied, when it was that. */
export function chainParts({ chain, about }: SceneStory, fileName?: string): ChainPart[] {
  const parts = chain.flatMap((link, i): Omit<ChainPart, 'isNow'>[] => {
    // An act says of what it was, and what comes of it there is of the same.
    if (i > 0 && sameObject(link, chain[i - 1]!)) return [];
    if (!link.act) return [{ text: link.text, link }];
    if (!fileName) return [{ text: acts[link.act](link.text), link }];
    // 'you applied web.yaml' does not say yet what was in it.
    const object = { ...link, act: undefined };
    return [
      { text: acts.applied(fileName), link },
      { text: link.text, link: object },
    ];
  });
  const said = parts.filter(({ text }, i) => text !== parts[i - 1]?.text);
  return said.map((part, i) => ({
    ...part,
    isNow: i === said.length - 1 && sameObject(part.link, about),
  }));
}

/** Whether two links lead to the same object. */
export function sameObject(a: SceneLink, b: SceneLink): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

/** The object that a bold name of a story's sentence stands for, if it is one. */
export function namedObject({ about, chain, parts }: SceneStory, name: string) {
  if ('node' in parts && parts.node === name) {
    return { kind: 'Node', namespace: '', name, text: name };
  }
  const found = [about, ...chain].find((link) => link.name === name);
  if (found) return { ...found, act: undefined };
  const { namespace } = about;
  if ('owner' in parts && parts.owner === name && 'kind' in parts) {
    return { kind: parts.kind, namespace, name, text: name };
  }
  if ('deployment' in parts && parts.deployment === name) {
    return { kind: 'Deployment', namespace, name, text: name };
  }
  if ('replicaSet' in parts && parts.replicaSet === name) {
    return { kind: 'ReplicaSet', namespace, name, text: name };
  }
  return undefined;
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
