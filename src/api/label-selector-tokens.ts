// The tokens of the label selector syntax.
// Upstream: the Lexer of apimachinery/pkg/labels/selector.go.

export interface Token {
  kind:
    | 'end'
    | ')'
    | ','
    | '!'
    | '=='
    | '='
    | '>'
    | 'word'
    | 'in'
    | '<'
    | '!='
    | 'notin'
    | '('
    | 'error';
  text: string;
}

const SYMBOLS = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '(']);
const SPECIAL = '=!(),><';
const SPACE = ' \t\r\n';

/** Cuts a selector's text into tokens, the last of which is 'end'. */
export function scanSelector(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const character = text[position];
    if (SPACE.includes(character)) {
      position++;
      continue;
    }
    const token = SPECIAL.includes(character)
      ? scanSymbol(text, position)
      : scanWord(text, position);
    tokens.push(token);
    position += token.text.length;
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

function scanSymbol(text: string, start: number): Token {
  const two = text.slice(start, start + 2);
  const symbol = SYMBOLS.has(two) ? two : text[start];
  return { kind: symbol as Token['kind'], text: symbol };
}

function scanWord(text: string, start: number): Token {
  let end = start;
  while (end < text.length && !SPECIAL.includes(text[end]) && !SPACE.includes(text[end])) end++;
  const word = text.slice(start, end);
  return { kind: word === 'in' || word === 'notin' ? word : 'word', text: word };
}
