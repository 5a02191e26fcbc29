// Splits a shell script into simple commands, as far as what containers commonly run needs it.

/** One simple command and how it is joined to the one before. */
export interface SimpleCommand {
  words: string[];
  /** ';' also stands for a line's end. */
  after: ';' | '&&' | '||' | '|' | '&';
}

const TOKEN = /[ \t\r]*(?:(&&|\|\||[;|&\n])|((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s;&|"'\\])+))/y;
const REDIRECTION = /^(?:\d?[<>]{1,2}|&>).*$/;

/** Commands in order; redirections are kept as words that `isRedirection` knows. */
export function splitScript(script: string): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  let after: SimpleCommand['after'] = ';';
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(script); match; match = TOKEN.exec(script)) {
    const [, operator, word] = match;
    if (word !== undefined) words.push(unquote(word));
    if (operator === undefined) continue;
    if (words.length > 0) commands.push({ words, after });
    words = [];
    after = operator === '\n' ? ';' : (operator as SimpleCommand['after']);
  }
  if (words.length > 0) commands.push({ words, after });
  return commands;
}

export function isRedirection(word: string): boolean {
  return REDIRECTION.test(word);
}

function unquote(word: string): string {
  return word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_all, double, single, escaped) => {
    if (double !== undefined) return (double as string).replace(/\\(["\\$`])/g, '$1');
    return (single ?? escaped) as string;
  });
}
