// Monaco's ground: what lies below every editor.
import 'monaco-editor/editor/browser/coreCommands';
