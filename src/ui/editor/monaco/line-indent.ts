/**
 * The indentation of the line that Enter begins, from what stands before the cursor: as deep as
 * that line, two more after a key that opens a block, and under the text of a list item.
 */
export function indentAfter(lineBeforeCursor: string): string {
  const indent = /^ */.exec(lineBeforeCursor)![0];
  const text = lineBeforeCursor.slice(indent.length);
  const dashes = /^(- +)*/.exec(text)![0].length;
  const opensBlock = /:\s*(#.*)?$|[:\s][|>][+-]?\s*$/.test(text) && !text.startsWith('#');
  return indent + ' '.repeat(dashes) + (opensBlock ? '  ' : '');
}
