// What the page needs of a code editor, whichever it is.
import type { TextRange } from '../../kubectl/apply/locate-field';
import type { EditorProblem } from '../state/editor-store';

export interface TextSelection {
  /** Offsets in the text. */
  start: number;
  end: number;
}

export interface CodeEditorOptions {
  /** Its own among all editors of the page. */
  uri: string;
  text: string;
  selection: TextSelection;
  scrollTop: number;
  label: string;
  readOnly: boolean;
  onText: (text: string) => void;
  onApply: () => void;
  /** Escape, when nothing else in the editor wants it. */
  onEscape: () => void;
  /** Server problems whose line was changed since are left out. */
  onProblems: (left: readonly EditorProblem[]) => void;
  /** Problems that the editor itself sees in the text. */
  onLocalProblems: (problems: readonly EditorProblem[]) => void;
}

export interface CodeEditor {
  /** Puts another text in, as an edit that can be undone. */
  setText(text: string): void;
  showProblems(problems: readonly EditorProblem[]): void;
  reveal(range: TextRange): void;
  focus(): void;
  dispose(): void;
}
