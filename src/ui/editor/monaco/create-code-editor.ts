// The editor proper, made once the page has been painted. It takes over text, selection and scroll
// of the plain field that stood in for it.
import type { editor as MonacoEditor } from 'monaco-editor/editor/editor.api';
import type { EditorProblem } from '../../state/editor-store';
import type { CodeEditor, CodeEditorOptions } from '../code-editor';
import { followTheme } from './code-theme';
import { indentAfter } from './line-indent';
import { monaco } from './monaco';
import { ProblemZones } from './problem-zones';
import { teachYaml } from './yaml-language';

/** Makes a YAML editor inside `host`. */
export function createCodeEditor(host: HTMLElement, options: CodeEditorOptions): CodeEditor {
  teachYaml();
  const stopTheme = followTheme();
  const uri = monaco.Uri.parse(options.uri);
  const model = monaco.editor.createModel(options.text, 'yaml', uri);
  model.updateOptions({
    tabSize: 2,
    insertSpaces: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  const editor = monaco.editor.create(host, { ...appearance, model, ...perInstance(options) });
  const zones = new ProblemZones(editor, options.onProblems);
  takeOver(editor, model, options);
  bindKeys(editor, options);
  const markers = monaco.editor.onDidChangeMarkers(() => {
    options.onLocalProblems(localProblems(model));
  });
  model.onDidChangeContent(() => options.onText(model.getValue()));
  return {
    setText: (text) => setText(editor, model, text),
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
      model.dispose();
    },
  };
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
