// The editor itself, without what it can do.
import 'monaco-editor/editor/browser/widget/codeEditor/codeEditorWidget';
