import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { Menu } from '../app/Menu';
import { usePage } from '../app/page-context';
import { panes } from '../app/pane-store';
import { keyName, messages } from '../messages';
import { catalog } from '../../i18n/catalog';
import { editorStore, openText, useEditor } from '../state/editor-store';
import type { EditorProblem } from '../state/editor-store';
import { useEngine } from '../state/engine-store';
import type { Cascade } from '../../kubectl/apply/delete';
import { walkBehind } from '../story/guide';
import { Icon } from '../theme/Icon';
import type { CodeEditor, TextEdit } from './code-editor';
import { EditorTabs } from './EditorTabs';
import { Gallery } from './Gallery';
import { ProblemsList } from './ProblemsList';
import { Report } from './Report';
import { TextArea } from './TextArea';
import { useRun } from './use-run';
import './editor.css';

const words = messages.editor;
const files = catalog.editing;

export interface EditorPaneProps {
  /** Something lies over it. */
  covered: boolean;
  /** Puts it away; absent where it is always there. */
  onClose?: () => void;
}

const DiffPane = lazy(() => import('./DiffPane'));
const LivePane = lazy(() => import('./LivePane'));

/** The files: tabs, text, what became of it, and what can be done with it. */
export function EditorPane({ covered, onClose }: EditorPaneProps) {
  const editor = useRef<CodeEditor>(null);
  const [local, setLocal] = useState<readonly EditorProblem[]>([]);
  const mode = useEditor((state) => state.mode);
  const run = useRun();
  const { embed } = usePage();
  const onKey = (event: React.KeyboardEvent) => {
    const isIt = event.key === 'Enter' && event.shiftKey && (event.ctrlKey || event.metaKey);
    if (!isIt || embed) return;
    event.preventDefault();
    event.stopPropagation();
    walkBehindApply(run);
  };
  const reveal = (range: EditorProblem['range']) => {
    editorStore.setState({ mode: 'edit' });
    editor.current?.reveal(range);
  };
  return (
    <div className="editor" inert={covered} onKeyDownCapture={onKey}>
      <EditorHead
        onClose={onClose}
        onFormat={() => editor.current?.format()}
        onNew={() => editor.current?.focus()}
      />
      <div className="editor-stack">
        <TextArea ref={editor} onApply={() => run('apply')} onLocalProblems={setLocal} />
        {mode === 'edit' && <EmptyHint />}
        {mode !== 'edit' && (
          <Suspense
            key={mode}
            fallback={<p className="editor-side empty">{messages.inspector.loading}</p>}
          >
            {mode === 'diff' ? <DiffPane /> : <LivePane />}
          </Suspense>
        )}
      </div>
      <PlainNote />
      <Replaced />
      <Report onGo={(line) => reveal(wholeLine(line))} />
      <EditorFoot
        local={local}
        onGo={(problem) => reveal(problem.range)}
        onFix={(edits) => editor.current?.edit(edits)}
        run={run}
      />
    </div>
  );
}

/** The walk shows on the cluster what the file comes to. */
function walkBehindApply(run: ReturnType<typeof useRun>): void {
  panes.setState({ front: 'cluster', drawer: false });
  walkBehind(() => run('apply'));
}

function wholeLine(line: number) {
  return { startLine: line, startColumn: 1, endLine: line, endColumn: 1 };
}

interface EditorHeadProps extends Pick<EditorPaneProps, 'onClose'> {
  onFormat: () => void;
  onNew: () => void;
}

function EditorHead({ onClose, onFormat, onNew }: EditorHeadProps) {
  return (
    <header className="phead">
      <EditorTabs onNew={onNew} />
      <ModeSwitch />
      <FileMenu onFormat={onFormat} />
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

/** Where the first line would be. */
function EmptyHint() {
  const isEmpty = useEditor((state) => state.text === '');
  return isEmpty && <p className="editor-empty">{words.emptyHint}</p>;
}

const MODES = ['edit', 'diff', 'live'] as const;

function ModeSwitch() {
  const mode = useEditor((state) => state.mode);
  return (
    <div className="seg" role="group" aria-label={files.modesLabel}>
      {MODES.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === mode}
          onClick={() => editorStore.setState({ mode: one })}
        >
          {files.modes[one]}
        </button>
      ))}
    </div>
  );
}

function FileMenu({ onFormat }: { onFormat: () => void }) {
  return (
    <>
      <button
        type="button"
        className="btn sq"
        aria-label={files.formatAbout}
        title={files.formatAbout}
        onClick={onFormat}
      >
        <Icon name="list" />
      </button>
      <Gallery />
    </>
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
      {files.closed(replaced.fileName)}
      <button
        type="button"
        className="link"
        onClick={() => {
          openText(replaced);
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
  onFix: (edits: readonly TextEdit[]) => void;
  run: ReturnType<typeof useRun>;
}

function EditorFoot({ local, onGo, onFix, run }: FootProps) {
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
        <Problems local={local} onGo={onGo} onFix={onFix} />
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
      <ApplyMenu disabled={disabled} run={run} />
    </footer>
  );
}

/** Other ways to apply; a frame in somebody's post has no room to be led in. */
function ApplyMenu({ disabled, run }: { disabled: boolean; run: FootProps['run'] }) {
  const { embed } = usePage();
  const walk = catalog.guide.walk;
  if (embed) return null;
  return (
    <Menu
      className="btn pri sq apply-more"
      label={walk.applyMenu}
      menuLabel={walk.applyMenu}
      align="end"
      above
      disabled={disabled}
      items={[
        {
          id: 'walk',
          name: walk.applyAndWalk,
          about: `${walk.applyAndWalkAbout} (${keyName('mod')}+Shift+Enter)`,
          icon: 'step',
          run: () => walkBehindApply(run),
        },
      ]}
    >
      <Icon name="down" />
    </Menu>
  );
}

/**
 * How many problems there are; a press opens their list and goes to the first, then to the next.
 */
function Problems({ local, onGo, onFix }: Pick<FootProps, 'local' | 'onGo' | 'onFix'>) {
  const busy = useEditor((state) => state.busy);
  const server = useEditor((state) => state.problems);
  const [isOpen, setOpen] = useState(false);
  const next = useRef(0);
  const problems = useMemo(() => distinct([...server, ...local]), [server, local]);
  if (busy) return <span className="foot-state">{words.busy[busy]}</span>;
  if (problems.length === 0) return <span className="foot-state" />;
  const isBad = problems.some((problem) => problem.severity === 'error');
  return (
    <>
      {isOpen && (
        <ProblemsList
          problems={problems}
          onGo={onGo}
          onFix={onFix}
          onClose={() => setOpen(false)}
        />
      )}
      <button
        type="button"
        className={`btn foot-state ${isBad ? 't-fail' : 't-pend'}`}
        title={words.nextProblem}
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(true);
          onGo(problems[next.current++ % problems.length]!);
        }}
      >
        <Icon name="warn" />
        {words.problems(problems.length)}
      </button>
    </>
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
