// The services that an editor has outside VS Code.
import 'monaco-editor/editor/editor.api';
