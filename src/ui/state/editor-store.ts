// The document in the editor, kept as it is typed, and what the last apply said about it. Nothing
// typed is lost: every change goes to the browser's storage, and a replaced text can be brought
// back.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { TextRange } from '../../kubectl/apply/locate-field';
import { samples } from './samples';

export interface EditorProblem {
  severity: 'error' | 'warning';
  range: TextRange;
  /** '422 Invalid'; '' for what YAML itself does not allow. */
  title: string;
  message: string;
}

export type Outcome =
  | 'created'
  | 'configured'
  | 'unchanged'
  | 'deleted'
  | 'notFound'
  | 'failed'
  | 'unreadable';

export interface ReportLine {
  /** 'deployment.apps/web' */
  subject: string;
  outcome: Outcome;
  /** The server's message, verbatim. */
  message: string;
  warnings: string[];
  /** Where its first problem is, else where its document begins, from 1. */
  line: number;
}

export interface Report {
  act: EditorAct;
  lines: ReportLine[];
}

export type EditorAct = 'apply' | 'dryRun' | 'delete';

export interface EditorState {
  fileName: string;
  text: string;
  /** Counts changes that did not come from typing; the editor then takes the text over. */
  generation: number;
  /** What was applied last; null before. */
  appliedText: string | null;
  /** What the page was opened with, when it was not the visitor's own; an embed goes back to it. */
  opened: { fileName: string; text: string } | null;
  /** The text that a sample replaced. */
  replaced: { fileName: string; text: string } | null;
  /** True once the code editor shows problems under their lines. */
  showsZones: boolean;
  /** Why the code editor did not load; the plain field stays then. */
  plainBecause: string | null;
  busy: EditorAct | null;
  problems: readonly EditorProblem[];
  report: Report | null;
}

/** The part of Web Storage that is needed; absent where the browser forbids it. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const first = samples[0]!;

export const editorStore = createStore<EditorState>()(() => ({
  fileName: first.fileName,
  text: first.text,
  generation: 0,
  appliedText: null,
  opened: null,
  replaced: null,
  showsZones: false,
  plainBecause: null,
  busy: null,
  problems: [],
  report: null,
}));

/** Selects from the document in the editor. */
export function useEditor<T>(selector: (state: EditorState) => T): T {
  return useStore(editorStore, selector);
}

/** The person typed. */
export function typeText(text: string): void {
  if (text !== editorStore.getState().text) editorStore.setState({ text });
}

/** Another text takes the place; the old one can be brought back if it was the person's own. */
export function replaceText(next: { fileName: string; text: string }): void {
  editorStore.setState(({ fileName, text, generation }) => {
    const isOwn = text.trim() !== '' && samples.every((sample) => sample.text !== text);
    return {
      ...next,
      generation: generation + 1,
      replaced: isOwn ? { fileName, text } : null,
      problems: [],
      report: null,
    };
  });
}

/**
 * Takes the draft of a slot from storage and keeps it there from now on. What is returned moves it
 * to another slot.
 */
export function keepDraft(
  storage: TextStorage | undefined,
  slot: string | null,
): (slot: string) => void {
  if (!storage || slot === null) return () => {};
  let key = keyOf(slot);
  const draft = readDraft(storage, key);
  if (draft) editorStore.setState(({ generation }) => ({ ...draft, generation: generation + 1 }));
  const keep = () => {
    const { fileName, text, appliedText } = editorStore.getState();
    try {
      storage.setItem(key, JSON.stringify({ fileName, text, appliedText }));
    } catch {
      // The storage is full: the text stays in the page.
    }
  };
  editorStore.subscribe((state, before) => {
    if (state.text !== before.text || state.appliedText !== before.appliedText) keep();
  });
  return (other) => {
    key = keyOf(other);
    keep();
  };
}

function keyOf(slot: string): string {
  return `kubarium.draft.${slot}`;
}

type Draft = Pick<EditorState, 'fileName' | 'text' | 'appliedText'>;

function readDraft(storage: TextStorage, key: string): Draft | undefined {
  try {
    const draft = JSON.parse(storage.getItem(key) ?? 'null') as Partial<Draft> | null;
    if (typeof draft?.text !== 'string' || typeof draft.fileName !== 'string') return undefined;
    const applied = typeof draft.appliedText === 'string' ? draft.appliedText : null;
    return { fileName: draft.fileName, text: draft.text, appliedText: applied };
  } catch {
    return undefined;
  }
}
