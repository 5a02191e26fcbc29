// The one line of a document that an embed shows: what was changed since it was applied, else an
// image.

/** Line number from 1. */
export function changedLine(text: string, applied: string | null): number {
  const lines = text.split('\n');
  if (applied !== null && applied !== text) {
    const before = applied.split('\n');
    const at = lines.findIndex((line, index) => line !== before[index] && line.trim() !== '');
    if (at >= 0) return at + 1;
  }
  const image = lines.findIndex((line) => /^\s*(- )?image:/.test(line));
  const first = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  return Math.max(0, image >= 0 ? image : first) + 1;
}

/** The text with one line in place of another. */
export function withLine(text: string, line: number, content: string): string {
  const lines = text.split('\n');
  lines[line - 1] = content;
  return lines.join('\n');
}
