// Wraps comments at 100 columns, which the formatter leaves alone. Only lines that are too long
// move: what spills over goes to the front of the paragraph's next line, or to a line of its own.

import { parseSync } from 'vite';

const columnsMax = 100;

/**
 * The text with every over-long comment line wrapped; a file that does not parse stays as it is.
 */
export function wrapComments(path, text) {
  if (!text.split('\n').some((line) => [...line].length > columnsMax)) return text;
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) return text;
  const commentLines = commentLineNumbers(text, parsed.comments);
  const lines = text.split('\n').map((line, index) => ({ line, comment: commentLines.has(index) }));
  for (let index = 0; index < lines.length; index++) {
    if (lines[index].comment) wrapLine(lines, index);
  }
  return lines.map(({ line }) => line).join('\n');
}

/** Lines, from 0, on which nothing but a comment stands. */
function commentLineNumbers(text, comments) {
  const numbers = new Set();
  for (const { start, end } of comments) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const lineEnd = text.indexOf('\n', end);
    const around =
      text.slice(lineStart, start) + text.slice(end, lineEnd < 0 ? undefined : lineEnd);
    if (around.trim() !== '') continue;
    const first = text.slice(0, start).split('\n').length - 1;
    const count = text.slice(start, end).split('\n').length;
    for (let line = first; line < first + count; line++) numbers.add(line);
  }
  return numbers;
}

function wrapLine(lines, index) {
  const { line } = lines[index];
  if ([...line].length <= columnsMax) return;
  const single = /^(\s*)\/\*\* (.*) \*\/$/.exec(line);
  if (single !== null) {
    const [, indent, text] = single;
    const block = [`${indent}/**`, `${indent} * ${text}`, `${indent} */`];
    lines.splice(index, 1, ...block.map((part) => ({ line: part, comment: true })));
    return;
  }
  const prefix = /^\s*(\/\/|\*) (?=\S)/.exec(line)?.[0];
  if (prefix === undefined) return;
  const cut = line.lastIndexOf(' ', columnsMax);
  if (cut < prefix.length) return;
  const spilled = line.slice(cut + 1);
  lines[index].line = line.slice(0, cut);
  const next = lines[index + 1];
  const joins = next?.comment && next.line.startsWith(prefix) && startsInText(next.line, prefix);
  if (joins) next.line = `${prefix}${spilled} ${next.line.slice(prefix.length)}`;
  else lines.splice(index + 1, 0, { line: prefix + spilled, comment: true });
}

/** False for list items, tags, indented blocks and the line that begins another paragraph. */
function startsInText(line, prefix) {
  return /^[\w'"`(]/.test(line.slice(prefix.length)) && !/^\w+: /.test(line.slice(prefix.length));
}
