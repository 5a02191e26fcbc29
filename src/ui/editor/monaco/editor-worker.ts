// Monaco's own worker: words, links, what needs the whole text.
import 'monaco-editor/editor/editor.worker';
