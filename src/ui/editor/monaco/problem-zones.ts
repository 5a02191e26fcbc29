// The server's words under the line they are about: a squiggle at the word and a box below. Both
// move with the text; a problem whose line is changed is gone, since it may be mended.
import type { editor as MonacoEditor } from 'monaco-editor/editor/editor.api';
import { messages } from '../../messages';
import type { EditorProblem } from '../../state/editor-store';
import type { TextEdit } from '../code-editor';
import { monaco } from './monaco';

interface ShownProblem {
  problem: EditorProblem;
  decorations: MonacoEditor.IEditorDecorationsCollection;
  /** The line as it was when the server spoke about it. */
  line: string;
  zoneId: string;
  box: HTMLElement;
  observer: ResizeObserver;
}

const OWNER = 'server';

export class ProblemZones {
  private shown: ShownProblem[] = [];

  constructor(
    private readonly editor: MonacoEditor.IStandaloneCodeEditor,
    private readonly onLeft: (problems: readonly EditorProblem[]) => void,
    private readonly onFix: (edits: readonly TextEdit[]) => void,
  ) {
    editor.onDidChangeModelContent(() => this.dropChanged());
    editor.onDidLayoutChange(({ contentWidth }) => {
      for (const { box } of this.shown) box.style.width = `${contentWidth - 28}px`;
    });
  }

  show(problems: readonly EditorProblem[]): void {
    if (
      problems.length === this.shown.length &&
      this.shown.every((it) => problems.includes(it.problem))
    ) {
      return;
    }
    this.remove(this.shown);
    this.shown = problems.map((problem) => this.open(problem));
    this.mark();
    const first = this.shown[0]?.decorations.getRange(0);
    if (first) this.editor.revealLineInCenterIfOutsideViewport(first.startLineNumber);
  }

  private open(problem: EditorProblem): ShownProblem {
    const model = this.editor.getModel()!;
    const { startLine, startColumn, endLine, endColumn } = problem.range;
    const line = Math.min(startLine, model.getLineCount());
    const range = model.validateRange(
      new monaco.Range(line, startColumn, Math.max(line, endLine), endColumn),
    );
    const decorations = this.editor.createDecorationsCollection([{ range, options: {} }]);
    const zone = this.openZone(problem, line);
    return { problem, decorations, line: model.getLineContent(line), ...zone };
  }

  private openZone(problem: EditorProblem, line: number) {
    const box = problemBox(problem, this.onFix);
    // As wide as what is seen of the text, however wide the text is.
    box.style.width = `${this.editor.getLayoutInfo().contentWidth - 28}px`;
    const domNode = document.createElement('div');
    domNode.className = 'zone-host';
    domNode.append(box);
    const zone = { afterLineNumber: line, heightInPx: 64, domNode, suppressMouseDown: false };
    let zoneId = '';
    this.editor.changeViewZones((accessor) => (zoneId = accessor.addZone(zone)));
    const observer = new ResizeObserver(() => {
      const height = box.offsetHeight + 10;
      if (height === zone.heightInPx) return;
      zone.heightInPx = height;
      this.editor.changeViewZones((accessor) => accessor.layoutZone(zoneId));
    });
    observer.observe(box);
    return { zoneId, box, observer };
  }

  private dropChanged(): void {
    const model = this.editor.getModel();
    if (!model || this.shown.length === 0) return;
    const changed = this.shown.filter(({ decorations, line }) => {
      const range = decorations.getRange(0);
      return !range || model.getLineContent(range.startLineNumber) !== line;
    });
    if (changed.length === 0) return;
    this.remove(changed);
    this.shown = this.shown.filter((it) => !changed.includes(it));
    this.mark();
    this.onLeft(this.shown.map((it) => it.problem));
  }

  private remove(gone: readonly ShownProblem[]): void {
    this.editor.changeViewZones((accessor) => {
      for (const { zoneId, decorations, observer } of gone) {
        accessor.removeZone(zoneId);
        decorations.clear();
        observer.disconnect();
      }
    });
  }

  private mark(): void {
    const markers = this.shown.map(({ problem, decorations }) => ({
      ...decorations.getRange(0)!,
      message: problem.message,
      severity:
        problem.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    }));
    monaco.editor.setModelMarkers(this.editor.getModel()!, OWNER, markers);
  }
}

/** '422 Invalid · Rejected by the server', the server's own words, and what would mend it. */
function problemBox(
  { severity, title, message, fixes = [] }: EditorProblem,
  onFix: (edits: readonly TextEdit[]) => void,
): HTMLElement {
  const box = document.createElement('div');
  box.className = `zone is-${severity}`;
  const head = document.createElement('p');
  const strong = document.createElement('b');
  const isStatus = /^\d/.test(title);
  const source = severity === 'warning' ? messages.editor.warned : messages.editor.rejected;
  strong.textContent = title || source;
  head.append(strong, isStatus ? ` · ${source}` : '');
  const words = document.createElement('code');
  words.textContent = message;
  box.append(head, words);
  if (fixes.length === 0) return box;
  const row = document.createElement('p');
  row.className = 'zone-fixes';
  for (const fix of fixes) {
    const button = document.createElement('button');
    button.type = 'button';
    // By keyboard they are reached in the list of problems: zones are hidden from readers.
    button.tabIndex = -1;
    button.className = 'link';
    button.textContent = fix.title;
    button.onclick = () => onFix(fix.edits);
    row.append(button);
  }
  box.append(row);
  return box;
}
