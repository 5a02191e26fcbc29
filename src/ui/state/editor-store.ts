// The files in the editor, kept as they are typed, and what the last apply said about the one in
// front. Nothing typed is lost: every change goes to the browser's storage, and a text that was
// replaced or closed can be brought back.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { TextRange } from '../../kubectl/apply/locate-field';
import { samples } from './samples';

/** Edits that would mend a problem. */
export interface QuickFix {
  /** 'Change to “web”'. */
  title: string;
  edits: { range: TextRange; text: string }[];
}

export interface EditorProblem {
  severity: 'error' | 'warning';
  range: TextRange;
  /** '422 Invalid'; '' for what YAML itself does not allow. */
  title: string;
  message: string;
  fixes?: readonly QuickFix[];
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

/** A file of the editor, as its tab shows it. */
export interface EditorTab {
  id: number;
  fileName: string;
  /** Applied once, and changed since. */
  isChanged: boolean;
}

/** What the side of the page shows of the file: its text, what applying would do, what runs. */
export type EditorMode = 'edit' | 'diff' | 'live';

/** All that is remembered of a file that is not in front. */
type Shelved = Pick<EditorState, 'fileName' | 'text' | 'appliedText' | 'problems' | 'report'>;

export interface EditorState {
  tabs: readonly EditorTab[];
  /** The tab in front; the fields below are of its file. */
  active: number;
  shelf: ReadonlyMap<number, Shelved>;
  mode: EditorMode;
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
  tabs: [{ id: 1, fileName: first.fileName, isChanged: false }],
  active: 1,
  shelf: new Map(),
  mode: 'edit',
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
  editorStore.setState((state) => ({
    ...next,
    tabs: renamed(state, next.fileName),
    generation: state.generation + 1,
    replaced: isOwn(state.text) ? { fileName: state.fileName, text: state.text } : null,
    problems: [],
    report: null,
  }));
}

/** Opens a text in a tab of its own; in place of one that holds nothing of the person's. */
export function openText(next: { fileName: string; text: string }): void {
  const state = editorStore.getState();
  const held = [...contents(state)].find(([, file]) => file.text === next.text);
  if (held) return showTab(held[0]);
  if (!isOwn(state.text) && state.appliedText === null) return replaceText(next);
  addTab(next);
}

/** An empty file. */
export function newTab(): void {
  addTab({ fileName: 'new.yaml', text: '' });
}

function addTab({ fileName: wanted, text }: { fileName: string; text: string }): void {
  const state = editorStore.getState();
  const id = Math.max(...state.tabs.map((tab) => tab.id)) + 1;
  const fileName = freeName(wanted, state.tabs);
  editorStore.setState({
    ...fresh,
    tabs: [...state.tabs, { id, fileName, isChanged: false }],
    shelf: shelved(state),
    active: id,
    fileName,
    text,
    generation: state.generation + 1,
  });
}

/** Brings a file to the front. */
export function showTab(id: number): void {
  const state = editorStore.getState();
  const file = state.shelf.get(id);
  if (!file) return;
  const shelf = shelved(state);
  shelf.delete(id);
  const generation = state.generation + 1;
  editorStore.setState({ ...file, active: id, shelf, generation, replaced: null });
}

/** Puts a file away; it can be brought back if it holds something of the person's. */
export function closeTab(id: number): void {
  const state = editorStore.getState();
  const at = state.tabs.findIndex((tab) => tab.id === id);
  const file = id === state.active ? state : state.shelf.get(id);
  if (at < 0 || !file) return;
  if (state.tabs.length === 1) newTab();
  else if (id === state.active) showTab((state.tabs[at + 1] ?? state.tabs[at - 1])!.id);
  editorStore.setState((next) => {
    const shelf = new Map(next.shelf);
    shelf.delete(id);
    const replaced = isOwn(file.text) ? { fileName: file.fileName, text: file.text } : null;
    return { tabs: next.tabs.filter((tab) => tab.id !== id), shelf, replaced };
  });
}

/** Gives the file in front another name; an empty one changes nothing. */
export function renameFile(fileName: string): void {
  const name = fileName.trim();
  if (name === '') return;
  editorStore.setState((state) => ({ fileName: name, tabs: renamed(state, name) }));
}

/** Every file by its tab, in the order of the tabs. */
export function* contents(state: EditorState): Iterable<[number, Shelved]> {
  for (const { id } of state.tabs) {
    yield [id, id === state.active ? state : state.shelf.get(id)!];
  }
}

/** What came of an act on a file, which may not be in front any more. */
export function tellFile(id: number, told: Partial<Shelved>): void {
  editorStore.setState((state) => {
    if (id === state.active) return told;
    const file = state.shelf.get(id);
    return file ? { shelf: new Map(state.shelf).set(id, { ...file, ...told }) } : {};
  });
}

const fresh = { appliedText: null, problems: [], report: null, replaced: null };

function shelved(state: EditorState): Map<number, Shelved> {
  const { fileName, text, appliedText, problems, report } = state;
  return new Map(state.shelf).set(state.active, { fileName, text, appliedText, problems, report });
}

function renamed({ tabs, active }: EditorState, fileName: string): EditorTab[] {
  return tabs.map((tab) => (tab.id === active ? { ...tab, fileName } : tab));
}

/** 'web-2.yaml' beside 'web.yaml'. */
function freeName(fileName: string, tabs: readonly EditorTab[]): string {
  const taken = new Set(tabs.map((tab) => tab.fileName));
  const [, stem = fileName, end = ''] = /^(.*?)(\.[^.]*)?$/.exec(fileName) ?? [];
  let name = fileName;
  for (let count = 2; taken.has(name); count += 1) name = `${stem}-${count}${end}`;
  return name;
}

/** Whether a text is more than nothing, and no sample as it was offered. */
function isOwn(text: string): boolean {
  return text.trim() !== '' && samples.every((sample) => sample.text !== text);
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
  const keep = () => writeDraft(storage, key);
  editorStore.subscribe((state, before) => {
    const isSame =
      state.text === before.text &&
      state.appliedText === before.appliedText &&
      state.tabs === before.tabs &&
      state.active === before.active;
    if (!isSame) keep();
    markChanged(state);
  });
  return (other) => {
    key = keyOf(other);
    keep();
  };
}

/** Keeps the texts as they are under another name too, for a page that is to begin with them. */
export function copyDraft(storage: TextStorage, slot: string): void {
  writeDraft(storage, keyOf(slot));
}

function writeDraft(storage: TextStorage, key: string): void {
  const state = editorStore.getState();
  const { fileName, text, appliedText } = state;
  const others = [...contents(state)]
    .filter(([id]) => id !== state.active)
    .map(([, file]) => ({ ...file, problems: undefined, report: undefined }));
  const at = state.tabs.findIndex(({ id }) => id === state.active);
  try {
    storage.setItem(key, JSON.stringify({ fileName, text, appliedText, at, others }));
  } catch {
    // The storage is full: the text stays in the page.
  }
}

function keyOf(slot: string): string {
  return `kubarium.draft.${slot}`;
}

/** A dot on the tab of a file that was changed since it was applied. */
function markChanged({ tabs, active, text, appliedText }: EditorState): void {
  const isChanged = appliedText !== null && appliedText !== text;
  if (tabs.find(({ id }) => id === active)?.isChanged === isChanged) return;
  editorStore.setState({
    tabs: tabs.map((tab) => (tab.id === active ? { ...tab, isChanged } : tab)),
  });
}

type KeptFile = Pick<EditorState, 'fileName' | 'text' | 'appliedText'>;
type Draft = KeptFile & Pick<EditorState, 'tabs' | 'active' | 'shelf'>;

function readDraft(storage: TextStorage, key: string): Draft | undefined {
  try {
    const kept = JSON.parse(storage.getItem(key) ?? 'null') as
      | (Partial<KeptFile> & { at?: unknown; others?: unknown })
      | null;
    const front = keptFile(kept);
    if (!front) return undefined;
    const others = Array.isArray(kept?.others)
      ? kept.others.flatMap((it) => keptFile(it) ?? [])
      : [];
    const at = typeof kept?.at === 'number' ? Math.min(Math.max(0, kept.at), others.length) : 0;
    const files = others.toSpliced(at, 0, front);
    const active = at + 1;
    return {
      ...front,
      active,
      tabs: files.map(({ fileName, text, appliedText }, index) => {
        return { id: index + 1, fileName, isChanged: appliedText !== null && appliedText !== text };
      }),
      shelf: new Map(
        files.flatMap((file, index): [number, Shelved][] =>
          index === at ? [] : [[index + 1, { ...file, problems: [], report: null }]],
        ),
      ),
    };
  } catch {
    return undefined;
  }
}

function keptFile(value: unknown): KeptFile | undefined {
  const { fileName, text, appliedText } = (value ?? {}) as Partial<KeptFile>;
  if (typeof text !== 'string' || typeof fileName !== 'string') return undefined;
  return { fileName, text, appliedText: typeof appliedText === 'string' ? appliedText : null };
}
