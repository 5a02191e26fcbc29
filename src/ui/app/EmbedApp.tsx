import { useState } from 'react';
import { ClusterCanvas } from '../canvas/ClusterCanvas';
import { EditorPane } from '../editor/EditorPane';
import { useRun } from '../editor/use-run';
import { Inspector } from '../inspector/Inspector';
import { keyName, messages } from '../messages';
import { engineStore, useEngine } from '../state/engine-store';
import { editorStore, replaceText, typeText, useEditor } from '../state/editor-store';
import { samples } from '../state/samples';
import { useScene } from '../state/scene-store';
import { objectPath } from '../state/object-path';
import { Icon } from '../theme/Icon';
import { Logo } from '../theme/Logo';
import { ClockGroup } from './ClockGroup';
import { changedLine, withLine } from './changed-line';
import { Notice } from './Notice';
import { PastNotice } from './PastNotice';
import { usePage } from './page-context';
import { panes, usePanes } from './pane-store';
import { shareUrl } from './share-cluster';

const clock = () => engineStore.getState().clock;
const words = messages.embedded;

/** The page inside somebody else's: bar, canvas, and one line of the document. */
export function EmbedApp() {
  const { actions } = usePage();
  const editing = usePanes((state) => state.drawer);
  const setEditing = (drawer: boolean) => panes.setState({ drawer });
  const selection = useScene((scene) => scene.selection);
  const crashed = useEngine((state) => state.phase === 'crashed');
  const covered = editing || selection !== null;
  return (
    <div className="embed">
      <EmbedBar />
      <main className="embed-canvas" data-region="canvas" inert={covered}>
        <Notice />
        <PastNotice />
        <ClusterCanvas
          actions={actions}
          compact
          clock={clock}
          stopped={crashed ? messages.crashed.kept : undefined}
        />
      </main>
      <EmbedFoot covered={covered} onEdit={() => setEditing(true)} />
      {covered && (
        <section className="side" data-region="side" aria-label={messages.regions.side}>
          {selection ? (
            <Inspector key={objectPath(selection) ?? selection.name} selection={selection} />
          ) : (
            <EditorPane covered={false} onClose={() => setEditing(false)} />
          )}
        </section>
      )}
    </div>
  );
}

function EmbedBar() {
  const { session } = usePage();
  const reset = () => {
    const { opened } = editorStore.getState();
    replaceText(opened ?? samples[0]!);
    void session.newCluster();
  };
  return (
    <header className="top is-embed" data-region="bar" aria-label={messages.regions.bar}>
      <h1 className="brand" aria-label={messages.brand}>
        <Logo size={20} />
        <span>{messages.brand}</span>
      </h1>
      <ClockGroup where="frame" />
      <span className="sp" />
      <button type="button" className="btn" onClick={reset} title={words.reset}>
        <Icon name="loop" />
        <span className="wide-only">{words.reset}</span>
      </button>
      <button
        type="button"
        className="btn out"
        title={words.open}
        onClick={() => void openOutside(session)}
      >
        <span className="wide-only">{words.open}</span>
        <Icon name="arrow" />
      </button>
    </header>
  );
}

/** The same cluster and text in a page of their own. */
async function openOutside(session: ReturnType<typeof usePage>['session']): Promise<void> {
  const url = await shareUrl(session);
  window.open(url, '_blank', 'noopener');
}

interface EmbedFootProps {
  covered: boolean;
  onEdit: () => void;
}

function EmbedFoot({ covered, onEdit }: EmbedFootProps) {
  const run = useRun();
  const fileName = useEditor((state) => state.fileName);
  const busy = useEditor((state) => state.busy !== null);
  const problems = useEditor((state) => state.problems.length);
  const running = useEngine((state) => state.phase === 'running');
  const apply = () => run('apply');
  return (
    <footer className="pfoot is-embed" data-region="dock" inert={covered}>
      <button
        type="button"
        className="btn out"
        aria-label={words.openFile(fileName)}
        onClick={onEdit}
      >
        <Icon name="doc" />
        <span className="wide-only">{fileName}</span>
        {problems > 0 && <span className="mod is-bad" />}
      </button>
      <ChangedField onApply={apply} />
      <button type="button" className="btn pri" disabled={!running || busy} onClick={apply}>
        {messages.editor.apply}{' '}
        <kbd className="wide-only" aria-hidden="true">
          {keyName('mod')}+Enter
        </kbd>
      </button>
    </footer>
  );
}

/** The line that matters, to be changed in place. */
function ChangedField({ onApply }: { onApply: () => void }) {
  const text = useEditor((state) => state.text);
  const applied = useEditor((state) => state.appliedText);
  const [held, setHeld] = useState<number | null>(null);
  const line = held ?? changedLine(text, applied);
  const content = text.split('\n')[line - 1] ?? '';
  const indent = content.length - content.trimStart().length;
  return (
    <label className="embed-field">
      <span className="num">{line}</span>
      <input
        className="mono"
        aria-label={words.field(line)}
        value={content.trimStart()}
        spellCheck={false}
        autoCapitalize="off"
        onFocus={() => setHeld(line)}
        onBlur={() => setHeld(null)}
        onChange={(event) => typeLine(text, line, ' '.repeat(indent) + event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onApply();
        }}
      />
    </label>
  );
}

function typeLine(text: string, line: number, content: string): void {
  typeText(withLine(text, line, content));
  // The code editor, when it is opened, has to hear of it too.
  editorStore.setState(({ generation }) => ({ generation: generation + 1 }));
}
