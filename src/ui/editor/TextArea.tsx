import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { messages } from '../messages';
import { editorStore, typeText, useEditor } from '../state/editor-store';
import type { EditorProblem } from '../state/editor-store';
import { engineStore } from '../state/engine-store';
import type { CodeEditor } from './code-editor';
import { withEdits } from './with-edits';
import { loadCodeEditor } from './monaco/load-code-editor';

export interface TextAreaProps {
  ref: Ref<CodeEditor | null>;
  onApply: () => void;
  onLocalProblems: (problems: readonly EditorProblem[]) => void;
}

/** Longest wait for an idle moment before the code editor is fetched, once the cluster lives. */
const IDLE_MS = 1_500;

/**
 * A plain field at once, and the code editor in its place once it is there. Both write to the same
 * text; selection, scroll and focus are carried over, and nobody is interrupted in composing a
 * word.
 */
export function TextArea({ ref, onApply, onLocalProblems }: TextAreaProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [code, setCode] = useState<CodeEditor | null>(null);
  const fileName = useEditor((state) => state.fileName);
  const latest = useRef({ onApply, onLocalProblems });
  latest.current = { onApply, onLocalProblems };
  useCodeEditor(field, host, latest, setCode);
  useFollowStore(field, code);
  useImperativeHandle(ref, () => code ?? plainEditor(field), [code]);
  const label = messages.editor.label(fileName);
  return (
    <div className="editor-body">
      <textarea
        ref={field}
        className="code-field"
        aria-label={label}
        defaultValue={editorStore.getState().text}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        hidden={code !== null}
        onInput={(event) => typeText(event.currentTarget.value)}
        onCompositionStart={(event) => (event.currentTarget.dataset['composing'] = 'true')}
        onCompositionEnd={(event) => delete event.currentTarget.dataset['composing']}
        onKeyDown={(event) => onFieldKey(event, onApply)}
      />
      <div ref={host} className="code-host" />
    </div>
  );
}

type Latest = React.RefObject<Pick<TextAreaProps, 'onApply' | 'onLocalProblems'>>;

function useCodeEditor(
  field: React.RefObject<HTMLTextAreaElement | null>,
  host: React.RefObject<HTMLDivElement | null>,
  latest: Latest,
  setCode: (code: CodeEditor | null) => void,
): void {
  useEffect(() => {
    let stopped = false;
    let code: CodeEditor | undefined;
    const load = async () => {
      const { createCodeEditor } = await loadCodeEditor();
      engineStore.getState().engine?.extend();
      const plain = field.current;
      await composed(plain);
      if (stopped || !plain || !host.current) return;
      const { text } = editorStore.getState();
      const hadFocus = document.activeElement === plain;
      code = createCodeEditor(host.current, {
        uri: uriOf(editorStore.getState().active),
        text,
        selection: { start: plain.selectionStart, end: plain.selectionEnd },
        scrollTop: plain.scrollTop,
        label: plain.getAttribute('aria-label') ?? '',
        readOnly: false,
        onText: typeText,
        onApply: () => latest.current.onApply(),
        onEscape: leave,
        onFix: (edits) => code?.edit(edits),
        onProblems: (problems) => editorStore.setState({ problems }),
        onLocalProblems: (problems) => latest.current.onLocalProblems(problems),
      });
      setCode(code);
      editorStore.setState({ showsZones: true });
      if (hadFocus) code.focus();
    };
    const cancel = afterEngine(() => {
      // Without it the plain field stays: a page without its editor still works.
      load().catch((error: unknown) => editorStore.setState({ plainBecause: String(error) }));
    });
    return () => {
      stopped = true;
      cancel();
      code?.dispose();
      setCode(null);
      editorStore.setState({ showsZones: false });
    };
  }, [field, host, latest, setCode]);
}

/** Brings texts and problems that did not come from typing into the field and the editor. */
function useFollowStore(
  field: React.RefObject<HTMLTextAreaElement | null>,
  code: CodeEditor | null,
): void {
  useEffect(() => {
    const take = () => {
      const { active, text, problems } = editorStore.getState();
      fill(field.current, text);
      code?.openDocument(uriOf(active), text);
      code?.showProblems(problems);
    };
    take();
    return editorStore.subscribe((state, before) => {
      if (state.generation !== before.generation) take();
      else if (state.problems !== before.problems) code?.showProblems(state.problems);
      if (state.tabs === before.tabs) return;
      for (const { id } of before.tabs) {
        if (!state.tabs.some((tab) => tab.id === id)) code?.closeDocument(uriOf(id));
      }
    });
  }, [field, code]);
}

function fill(field: HTMLTextAreaElement | null, text: string): void {
  if (field && field.value !== text) field.value = text;
}

/** Each file is a document of its own in the code editor. */
function uriOf(tab: number): string {
  return `inmemory://kubarium/file-${tab}.yaml`;
}

/** Runs in an idle moment once the engine has begun, or failed: the cluster is to be seen first. */
function afterEngine(run: () => void): () => void {
  let cancel = () => {};
  const begin = () => {
    if (engineStore.getState().phase === 'starting') return;
    stop();
    cancel = whenIdle(run);
  };
  const stop = engineStore.subscribe(begin);
  begin();
  return () => {
    stop();
    cancel();
  };
}

function whenIdle(run: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, IDLE_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: IDLE_MS });
  return () => cancelIdleCallback(handle);
}

/** Resolves when no word is being composed (Chinese, Japanese, accents). */
function composed(field: HTMLTextAreaElement | null): Promise<void> {
  if (field?.dataset['composing'] !== 'true') return Promise.resolve();
  return new Promise((resolve) => {
    field.addEventListener('compositionend', () => resolve(), { once: true });
  });
}

function onFieldKey(event: KeyboardEvent<HTMLTextAreaElement>, onApply: () => void): void {
  const isMod = event.ctrlKey || event.metaKey;
  if (isMod && (event.key === 'Enter' || event.key.toLowerCase() === 's')) {
    event.preventDefault();
    onApply();
  } else if (event.key === 'Escape') {
    leave();
  }
}

/** Escape leads out of the text, to the tab above it. */
function leave(): void {
  document.getElementById('editor-tab')?.focus();
}

/** The plain field, as far as it can do what the code editor does. */
function plainEditor(field: React.RefObject<HTMLTextAreaElement | null>): CodeEditor {
  return {
    openDocument: (_uri, text) => fill(field.current, text),
    closeDocument: () => {},
    edit: (edits) => {
      const text = withEdits(field.current?.value ?? '', edits);
      fill(field.current, text);
      typeText(text);
    },
    format: () => {},
    setText: (text) => fill(field.current, text),
    showProblems: () => {},
    reveal: ({ startLine, startColumn }) => {
      const plain = field.current;
      if (!plain) return;
      const before = plain.value.split('\n').slice(0, startLine - 1);
      const at = before.reduce((sum, line) => sum + line.length + 1, 0) + startColumn - 1;
      plain.focus();
      plain.setSelectionRange(at, at);
    },
    focus: () => field.current?.focus(),
    dispose: () => {},
  };
}
