import { useMemo, useRef, useState } from 'react';
import { Menu } from '../app/Menu';
import { keyName, messages } from '../messages';
import { editorStore, replaceText, useEditor } from '../state/editor-store';
import type { EditorProblem } from '../state/editor-store';
import { useEngine } from '../state/engine-store';
import { samples } from '../state/samples';
import type { Cascade } from '../../kubectl/apply/delete';
import { Icon } from '../theme/Icon';
import type { CodeEditor } from './code-editor';
import { Report } from './Report';
import { TextArea } from './TextArea';
import { useRun } from './use-run';
import './editor.css';

const words = messages.editor;

export interface EditorPaneProps {
  /** Something lies over it. */
  covered: boolean;
  /** Puts it away; absent where it is always there. */
  onClose?: () => void;
}

/** The document: its tab, its text, what became of it, and what can be done with it. */
export function EditorPane({ covered, onClose }: EditorPaneProps) {
  const editor = useRef<CodeEditor>(null);
  const [local, setLocal] = useState<readonly EditorProblem[]>([]);
  const run = useRun();
  return (
    <div className="editor" inert={covered}>
      <EditorHead onClose={onClose} />
      <TextArea ref={editor} onApply={() => run('apply')} onLocalProblems={setLocal} />
      <PlainNote />
      <Replaced />
      <Report onGo={(line) => editor.current?.reveal(wholeLine(line))} />
      <EditorFoot
        local={local}
        onGo={(problem) => editor.current?.reveal(problem.range)}
        run={run}
      />
    </div>
  );
}

function wholeLine(line: number) {
  return { startLine: line, startColumn: 1, endLine: line, endColumn: 1 };
}

function EditorHead({ onClose }: Pick<EditorPaneProps, 'onClose'>) {
  const fileName = useEditor((state) => state.fileName);
  const changed = useEditor(
    (state) => state.appliedText !== null && state.appliedText !== state.text,
  );
  return (
    <header className="phead">
      <h2 className="tab on" id="editor-tab" tabIndex={-1}>
        <Icon name="doc" />
        {fileName}
        {changed && (
          <span className="mod" title={words.changed}>
            <span className="sr-only">{words.changed}</span>
          </span>
        )}
      </h2>
      <span className="sp" />
      <Menu
        className="btn"
        menuLabel={words.sampleMenu}
        heading={words.sampleMenu}
        align="end"
        items={samples.map(({ id, fileName: name, text }) => ({
          id,
          ...words.sampleNames[id],
          run: () => replaceText({ fileName: name, text }),
        }))}
      >
        {words.samples}
        <Icon name="down" />
      </Menu>
      {onClose && (
        <button
          type="button"
          className="btn sq"
          aria-label={messages.closeEditor}
          onClick={onClose}
        >
          <Icon name="x" />
        </button>
      )}
    </header>
  );
}

function PlainNote() {
  const because = useEditor((state) => state.plainBecause);
  if (!because) return null;
  return (
    <div className="editor-note" role="status">
      {words.plain(because)}
    </div>
  );
}

function Replaced() {
  const replaced = useEditor((state) => state.replaced);
  if (!replaced) return null;
  return (
    <div className="editor-note" role="status">
      {words.replaced(replaced.fileName)}
      <button
        type="button"
        className="link"
        onClick={() => {
          replaceText(replaced);
          editorStore.setState({ replaced: null });
        }}
      >
        {words.bringBack}
      </button>
    </div>
  );
}

interface FootProps {
  local: readonly EditorProblem[];
  onGo: (problem: EditorProblem) => void;
  run: ReturnType<typeof useRun>;
}

function EditorFoot({ local, onGo, run }: FootProps) {
  const busy = useEditor((state) => state.busy);
  const empty = useEditor((state) => state.text.trim() === '');
  const running = useEngine((state) => state.phase === 'running');
  const crashed = useEngine((state) => state.phase === 'crashed');
  const disabled = !running || busy !== null || empty;
  return (
    <footer className="pfoot">
      {crashed ? (
        <span className="foot-state t-fail">
          <Icon name="warn" />
          {words.noServer}
        </span>
      ) : (
        <Problems local={local} onGo={onGo} />
      )}
      <span className="sp" />
      <Menu
        className="btn"
        menuLabel={words.removeMenu}
        heading={words.removeMenu}
        align="end"
        above
        disabled={disabled}
        items={(Object.keys(words.cascades) as Cascade[]).map((cascade) => ({
          id: cascade,
          ...words.cascades[cascade],
          icon: 'trash',
          grave: cascade !== 'Orphan',
          run: () => run('delete', cascade),
        }))}
      >
        {words.remove}
        <Icon name="down" />
      </Menu>
      <button type="button" className="btn out" disabled={disabled} onClick={() => run('dryRun')}>
        {words.dryRun}
      </button>
      <button
        type="button"
        className="btn pri"
        disabled={disabled}
        aria-busy={busy === 'apply'}
        onClick={() => run('apply')}
      >
        {words.apply} <kbd aria-hidden="true">{keyName('mod')}+Enter</kbd>
      </button>
    </footer>
  );
}

/** How many problems there are; a press goes to the next. */
function Problems({ local, onGo }: Pick<FootProps, 'local' | 'onGo'>) {
  const busy = useEditor((state) => state.busy);
  const server = useEditor((state) => state.problems);
  const next = useRef(0);
  const problems = useMemo(() => distinct([...server, ...local]), [server, local]);
  if (busy) return <span className="foot-state">{words.busy[busy]}</span>;
  if (problems.length === 0) return <span className="foot-state" />;
  const isBad = problems.some((problem) => problem.severity === 'error');
  return (
    <button
      type="button"
      className={`btn foot-state ${isBad ? 't-fail' : 't-pend'}`}
      title={words.nextProblem}
      onClick={() => onGo(problems[next.current++ % problems.length]!)}
    >
      <Icon name="warn" />
      {words.problems(problems.length)}
    </button>
  );
}

/** One problem a line: the server and the YAML reader often mean the same. */
function distinct(problems: readonly EditorProblem[]): EditorProblem[] {
  const byLine = new Map<number, EditorProblem>();
  for (const problem of problems) {
    const line = problem.range.startLine;
    if (!byLine.has(line) || problem.severity === 'error') {
      if (byLine.get(line)?.severity !== 'error') byLine.set(line, problem);
    }
  }
  return [...byLine.values()].sort((a, b) => a.range.startLine - b.range.startLine);
}
