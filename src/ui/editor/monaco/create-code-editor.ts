// The editor proper, made once the page has been painted. It takes over text, selection and scroll
// of the plain field that stood in for it.
import type { editor as MonacoEditor } from 'monaco-editor/editor/editor.api';
import type { EditorProblem } from '../../state/editor-store';
import type { CodeEditor, CodeEditorOptions, TextEdit } from '../code-editor';
import { followTheme } from './code-theme';
import { indentAfter } from './line-indent';
import { monaco } from './monaco';
import { ProblemZones } from './problem-zones';
import { teachYaml } from './yaml-language';

/** Makes a YAML editor inside `host`. */
export function createCodeEditor(host: HTMLElement, options: CodeEditorOptions): CodeEditor {
  teachYaml();
  const stopTheme = followTheme();
  const model = modelOf(options.uri, options.text);
  const editor = monaco.editor.create(host, { ...appearance, model, ...perInstance(options) });
  const zones = new ProblemZones(editor, options.onProblems, options.onFix);
  const documents = new Documents(editor, model);
  takeOver(editor, model, options);
  bindKeys(editor, options);
  const markers = monaco.editor.onDidChangeMarkers(() => {
    options.onLocalProblems(localProblems(editor.getModel()!));
  });
  editor.onDidChangeModelContent(() => options.onText(editor.getModel()!.getValue()));
  return {
    openDocument: (uri, text) => {
      zones.show([]);
      documents.open(uri, text);
      options.onLocalProblems(localProblems(editor.getModel()!));
    },
    closeDocument: (uri) => documents.close(uri),
    edit: (edits) => applyEdits(editor, edits),
    format: () => void editor.getAction('editor.action.formatDocument')?.run(),
    setText: (text) => setText(editor, editor.getModel()!, text),
    showProblems: (problems) => zones.show(problems),
    reveal: ({ startLine, startColumn }) => {
      editor.setPosition({ lineNumber: startLine, column: startColumn });
      editor.revealLineInCenterIfOutsideViewport(startLine);
      editor.focus();
    },
    focus: () => editor.focus(),
    dispose: () => {
      stopTheme();
      markers.dispose();
      editor.dispose();
      documents.dispose();
    },
  };
}

function modelOf(uri: string, text: string): MonacoEditor.ITextModel {
  const model = monaco.editor.createModel(text, 'yaml', monaco.Uri.parse(uri));
  model.updateOptions({
    tabSize: 2,
    insertSpaces: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  return model;
}

/** The documents of one editor, each with its history and where it was left. */
class Documents {
  private readonly models = new Map<string, MonacoEditor.ITextModel>();
  private readonly places = new Map<string, MonacoEditor.ICodeEditorViewState | null>();

  constructor(
    private readonly editor: MonacoEditor.IStandaloneCodeEditor,
    first: MonacoEditor.ITextModel,
  ) {
    this.models.set(first.uri.toString(), first);
  }

  open(uri: string, text: string): void {
    const { editor, models, places } = this;
    const before = editor.getModel();
    const key = monaco.Uri.parse(uri).toString();
    if (before?.uri.toString() === key) return setText(editor, before, text);
    if (before) places.set(before.uri.toString(), editor.saveViewState());
    let model = models.get(key);
    if (!model) models.set(key, (model = modelOf(uri, text)));
    editor.setModel(model);
    setText(editor, model, text);
    const place = places.get(key);
    if (place) editor.restoreViewState(place);
  }

  close(uri: string): void {
    const key = monaco.Uri.parse(uri).toString();
    const model = this.models.get(key);
    if (!model || model === this.editor.getModel()) return;
    model.dispose();
    this.models.delete(key);
    this.places.delete(key);
  }

  dispose(): void {
    for (const model of this.models.values()) model.dispose();
  }
}

function applyEdits(editor: MonacoEditor.IStandaloneCodeEditor, edits: readonly TextEdit[]): void {
  editor.pushUndoStop();
  editor.executeEdits(
    'fix',
    edits.map(({ range, text }) => ({
      range: new monaco.Range(range.startLine, range.startColumn, range.endLine, range.endColumn),
      text,
    })),
  );
  editor.pushUndoStop();
  editor.focus();
}

const appearance: MonacoEditor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: '"IBM Plex Mono", ui-monospace, Menlo, Consolas, monospace',
  fontSize: 12.5,
  lineHeight: 19,
  padding: { top: 8, bottom: 8 },
  minimap: { enabled: false },
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 12,
  glyphMargin: false,
  folding: true,
  showFoldingControls: 'mouseover',
  scrollBeyondLastLine: false,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  renderLineHighlight: 'all',
  renderFinalNewline: 'on',
  wordWrap: 'off',
  fixedOverflowWidgets: true,
  quickSuggestions: { other: true, comments: false, strings: true },
  wordBasedSuggestions: 'off',
  occurrencesHighlight: 'off',
  stickyScroll: { enabled: false },
  contextmenu: true,
  // Text that comes from elsewhere in one piece keeps its own indentation; Enter has a command.
  autoIndent: 'none',
  accessibilitySupport: 'auto',
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  unicodeHighlight: { ambiguousCharacters: false },
};

function perInstance({ label, readOnly }: CodeEditorOptions) {
  return { ariaLabel: label, readOnly, domReadOnly: readOnly };
}

function takeOver(
  editor: MonacoEditor.IStandaloneCodeEditor,
  model: MonacoEditor.ITextModel,
  { selection, scrollTop }: CodeEditorOptions,
): void {
  const from = model.getPositionAt(selection.start);
  const to = model.getPositionAt(selection.end);
  editor.setSelection(monaco.Range.fromPositions(from, to));
  editor.setScrollTop(scrollTop);
}

function bindKeys(editor: MonacoEditor.IStandaloneCodeEditor, options: CodeEditorOptions): void {
  const { KeyCode, KeyMod } = monaco;
  editor.addCommand(
    KeyCode.Enter,
    () => beginLine(editor),
    'editorTextFocus && !editorReadonly && !suggestWidgetVisible && !inSnippetMode' +
      ' && !editorHasMultipleSelections',
  );
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => options.onApply());
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => options.onApply());
  editor.addCommand(
    KeyCode.Escape,
    () => options.onEscape(),
    '!suggestWidgetVisible && !findWidgetVisible && !inSnippetMode && !editorHasSelection' +
      ' && !editorHasMultipleSelections && !editorHoverVisible',
  );
}

function beginLine(editor: MonacoEditor.IStandaloneCodeEditor): void {
  const start = editor.getSelection()?.getStartPosition();
  const line = start && editor.getModel()?.getLineContent(start.lineNumber);
  const indent = start && line !== undefined ? indentAfter(line.slice(0, start.column - 1)) : '';
  editor.trigger('keyboard', 'type', { text: '\n' + indent });
}

function setText(
  editor: MonacoEditor.IStandaloneCodeEditor,
  model: MonacoEditor.ITextModel,
  text: string,
): void {
  if (model.getValue() === text) return;
  editor.pushUndoStop();
  editor.executeEdits('page', [{ range: model.getFullModelRange(), text }]);
  editor.pushUndoStop();
  editor.setPosition({ lineNumber: 1, column: 1 });
  editor.setScrollTop(0);
}

/** What the YAML worker finds, without what the server said. */
function localProblems(model: MonacoEditor.ITextModel): EditorProblem[] {
  return monaco.editor
    .getModelMarkers({ resource: model.uri })
    .filter(
      ({ owner, severity }) => owner !== 'server' && severity >= monaco.MarkerSeverity.Warning,
    )
    .map((marker) => ({
      severity: marker.severity === monaco.MarkerSeverity.Error ? 'error' : 'warning',
      title: '',
      message: marker.message,
      range: {
        startLine: marker.startLineNumber,
        startColumn: marker.startColumn,
        endLine: marker.endLineNumber,
        endColumn: marker.endColumn,
      },
    }));
}
