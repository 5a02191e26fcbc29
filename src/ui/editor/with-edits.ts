// Edits of a plain text, as the code editor makes them in its own.
import type { TextEdit } from './code-editor';

/** The text with every edit made; edits do not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;
  let edited = text;
  const fromBehind = edits.toSorted(
    ({ range: a }, { range: b }) => b.startLine - a.startLine || b.startColumn - a.startColumn,
  );
  for (const { range, text: next } of fromBehind) {
    const from = offset(range.startLine, range.startColumn);
    const to = offset(range.endLine, range.endColumn);
    edited = edited.slice(0, from) + next + edited.slice(to);
  }
  return edited;
}
