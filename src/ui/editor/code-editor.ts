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
  /** The person chose to have a problem mended. */
  onFix: (edits: readonly TextEdit[]) => void;
  /** Server problems whose line was changed since are left out. */
  onProblems: (left: readonly EditorProblem[]) => void;
  /** Problems that the editor itself sees in the text. */
  onLocalProblems: (problems: readonly EditorProblem[]) => void;
}

export interface TextEdit {
  range: TextRange;
  text: string;
}

export interface CodeEditor {
  /**
   * Brings another document to the front, with its own history, selection and scroll; one that was
   * not seen before begins with `text`.
   */
  openDocument(uri: string, text: string): void;
  /** Forgets a document that is not in front. */
  closeDocument(uri: string): void;
  /** Edits of the document in front that can be undone as one. */
  edit(edits: readonly TextEdit[]): void;
  /** Puts the document in front in order; nothing where it cannot be read. */
  format(): void;
  /** Puts another text in, as an edit that can be undone. */
  setText(text: string): void;
  showProblems(problems: readonly EditorProblem[]): void;
  reveal(range: TextRange): void;
  focus(): void;
  dispose(): void;
}
