// Two texts compared, in the code editor's own manner.
import { followTheme } from './code-theme';
import { monaco } from './monaco';
import { words as editor } from '../words';

const words = editor.diff;

export interface DiffEditor {
  show(before: string, after: string): void;
  dispose(): void;
}

/** Makes a read-only comparison inside `host`; changes stand below one another. */
export function createDiffEditor(host: HTMLElement, label: string): DiffEditor {
  const stopTheme = followTheme();
  const original = monaco.editor.createModel('', 'yaml');
  const modified = monaco.editor.createModel('', 'yaml');
  const editor = monaco.editor.createDiffEditor(host, {
    automaticLayout: true,
    readOnly: true,
    renderSideBySide: false,
    fontFamily: '"IBM Plex Mono", ui-monospace, Menlo, Consolas, monospace',
    fontSize: 12.5,
    lineHeight: 19,
    minimap: { enabled: false },
    renderOverviewRuler: false,
    scrollBeyondLastLine: false,
    lineNumbersMinChars: 3,
    glyphMargin: false,
    folding: false,
    renderGutterMenu: false,
    stickyScroll: { enabled: false },
    hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 4 },
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  });
  editor.getOriginalEditor().updateOptions({ ariaLabel: `${label}: ${words.before}` });
  editor.getModifiedEditor().updateOptions({ ariaLabel: `${label}: ${words.after}` });
  editor.setModel({ original, modified });
  return {
    show: (before, after) => {
      original.setValue(before);
      modified.setValue(after);
    },
    dispose: () => {
      stopTheme();
      editor.dispose();
      original.dispose();
      modified.dispose();
    },
  };
}
