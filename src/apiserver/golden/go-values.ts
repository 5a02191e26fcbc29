// Values in error messages: 1.28 prints maps and structs as Go literals, 1.36 as JSON. Where a
// recorded message has such a literal, any value is right in its place.

const STRUCT = String.raw`\*?(?:v1|core|apps|intstr|policy)\.[A-Z]\w*`;
const LIST_OR_MAP = String.raw`map\[string\]string|\[\]string|\[\]int32`;
const START = new RegExp(String.raw`(?:\[\])?(?:${LIST_OR_MAP}|${STRUCT})[({]`, 'g');

/** The text with every Go literal replaced by '<value>'. */
export function withoutGoValues(text: string): string {
  let result = '';
  let at = 0;
  START.lastIndex = 0;
  for (let match = START.exec(text); match; match = START.exec(text)) {
    if (match.index < at) continue;
    result += text.slice(at, match.index) + '<value>';
    at = endOfLiteral(text, START.lastIndex - 1);
    START.lastIndex = at;
  }
  return result + text.slice(at);
}

/** True when `text` says what `model` says, with other words for the model's '<value>'s only. */
export function saysTheSame(text: string, model: string): boolean {
  const parts = model.split('<value>');
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === 0 ? 0 : text.indexOf(part, at);
    const isLast = index === parts.length - 1;
    const start = isLast && index > 0 ? text.length - part.length : found;
    if (start < at || !text.startsWith(part, start)) return false;
    at = start + part.length;
  }
  return at === text.length;
}

/** Behind the bracket that closes the one at `open`. */
function endOfLiteral(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at++) {
    const char = text[at];
    if (char === '"' && text[at - 1] !== '\\') quoted = !quoted;
    if (quoted) continue;
    if (char === '{' || char === '(') depth++;
    if ((char === '}' || char === ')') && --depth === 0) return at + 1;
  }
  return text.length;
}
