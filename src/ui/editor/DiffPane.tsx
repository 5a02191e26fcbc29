import { useEffect, useRef, useState } from 'react';
import { useEditor } from '../state/editor-store';
import { useEngine } from '../state/engine-store';
import { loadCodeEditor } from './monaco/load-code-editor';
import { previewOf } from './preview';
import type { Preview } from './preview';
import { words as editor } from './words';

const words = editor.diff;
/** After the last key, and again while it is looked at, since others change the cluster too. */
const ASK_AFTER_MS = 400;
const ASK_AGAIN_MS = 3_000;

/** What applying would change, by a dry run of the server, beside what is. */
export default function DiffPane() {
  const preview = usePreview();
  const nothing = preview !== null && preview.before === preview.after;
  return (
    <section className="editor-side" aria-label={words.label}>
      <div className="editor-side-notes" role="status">
        {preview === null && <p className="t-3">{words.asking}</p>}
        {nothing && preview.failed.length === 0 && <p className="t-3">{words.none}</p>}
        {preview?.created.map((subject) => (
          <p key={subject} className="t-run">
            {words.created(subject)}
          </p>
        ))}
        {preview?.failed.map(({ subject, message }) => (
          <p key={subject} className="t-fail">
            {words.failed(subject, message)}
          </p>
        ))}
        {preview?.isPartial && <p className="t-pend">{words.unreadable}</p>}
      </div>
      {preview && !nothing && <Compared preview={preview} />}
    </section>
  );
}

function usePreview(): Preview | null {
  const engine = useEngine((state) => state.engine);
  const text = useEditor((state) => state.text);
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    if (!engine) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const next = await previewOf(engine, text).catch(() => null);
      if (isOver) return;
      setPreview((held) => (JSON.stringify(held) === JSON.stringify(next) ? held : next));
      timer = setTimeout(() => void ask(), ASK_AGAIN_MS);
    };
    timer = setTimeout(() => void ask(), ASK_AFTER_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [engine, text]);
  return preview;
}

function Compared({ preview: { before, after } }: { preview: Preview }) {
  const host = useRef<HTMLDivElement>(null);
  const [show, setShow] = useState<((before: string, after: string) => void) | null>(null);
  useEffect(() => {
    let isOver = false;
    let dispose = () => {};
    void loadCodeEditor().then(async () => {
      const { createDiffEditor } = await import('./monaco/create-diff-editor');
      if (isOver || !host.current) return;
      const editor = createDiffEditor(host.current, words.label);
      dispose = editor.dispose;
      setShow(() => editor.show);
    });
    return () => {
      isOver = true;
      dispose();
    };
  }, []);
  useEffect(() => show?.(before, after), [show, before, after]);
  return <div className="editor-compared" ref={host} />;
}
