import { useEffect, useRef, useState } from 'react';
import type { KubeObject } from '../../api/object';
import { catalog } from '../../i18n/catalog';
import { usePage } from '../app/page-context';
import type { CodeEditor } from '../editor/code-editor';
import { loadCodeEditor } from '../editor/monaco/load-code-editor';
import { engineStore } from '../state/engine-store';
import { noteAct } from '../state/history';
import { sendEdit } from './send-edit';

const words = catalog.inspection;

export interface YamlEditProps {
  object: KubeObject;
  /** The object as text, as it was when editing began. */
  yaml: string;
  path: string;
  onEnd: () => void;
}

/**
 * The live object in a code editor; what was changed is sent as one patch, as kubectl edit does.
 */
export default function YamlEdit({ object, yaml, path, onEnd }: YamlEditProps) {
  const host = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(yaml);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  const [said, setSaid] = useState<{ text: string; isBad: boolean } | null>(null);
  const { session } = usePage();
  const first = useRef({ object, yaml });
  const latest = useRef({ text, send: () => {} });
  const send = async () => {
    const { engine } = engineStore.getState();
    if (!engine) return;
    const name = `${object.kind.toLowerCase()}/${object.metadata.name}`;
    const edit = { path, before: first.current.object, text: latest.current.text };
    const outcome = await sendEdit(engine, edit, () => noteAct(words.noteEdit(name)));
    session.touched();
    if (outcome.kind === 'done') return onEnd();
    if (outcome.kind === 'same') return setSaid({ text: words.unchanged, isBad: false });
    setSaid({ text: outcome.message, isBad: true });
    editor?.showProblems(outcome.problems);
  };
  latest.current = { text, send: () => void send() };
  useEffect(() => {
    let made: CodeEditor | undefined;
    let isOver = false;
    void loadCodeEditor().then(({ createCodeEditor }) => {
      if (isOver || !host.current) return;
      made = createCodeEditor(host.current, {
        uri: 'inmemory://kubarium/live.yaml',
        text: first.current.yaml,
        selection: { start: 0, end: 0 },
        scrollTop: 0,
        label: words.editLabel,
        readOnly: false,
        onText: setText,
        onApply: () => latest.current.send(),
        onEscape: () => document.querySelector<HTMLElement>('.yaml-edit .btn')?.focus(),
        onFix: () => {},
        onProblems: () => {},
        onLocalProblems: () => {},
      });
      setEditor(made);
      made.focus();
    });
    return () => {
      isOver = true;
      made?.dispose();
    };
  }, []);
  return (
    <div className="yaml-edit">
      <div className="yaml-edit-host" ref={host} />
      {said && (
        <p className={said.isBad ? 't-fail' : 't-3'} role="alert">
          {said.text}
        </p>
      )}
      <footer>
        <small>{words.editing}</small>
        <span className="sp" />
        <button type="button" className="btn" onClick={onEnd}>
          {words.cancel}
        </button>
        <button type="button" className="btn pri" onClick={() => void send()}>
          {words.send}
        </button>
      </footer>
    </div>
  );
}
