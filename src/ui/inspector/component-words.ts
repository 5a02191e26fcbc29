import { inspectorMessages } from './messages';
import type { ComponentWords } from './messages';

/** What a component does, by its name with or without its node: 'etcd', 'kubelet-n1'. */
export function componentWords(name: string): ComponentWords | undefined {
  const words: Record<string, ComponentWords> = inspectorMessages.components;
  const key = Object.keys(words).find((it) => name === it || name.startsWith(`${it}-`));
  return key === undefined ? undefined : words[key];
}
