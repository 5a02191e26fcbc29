// Splits a shell script into words and operators. Words keep their quotes, since what stands in
// them is put in place only when the command runs.

export interface Token {
  /** The operator, or the word as it is written. */
  readonly text: string;
  readonly isOperator: boolean;
}

const OPERATOR = /&&|\|\||;;|\|&|[;|&()\n]/y;
const BLANK = /(?:[ \t\r]|\\\r?\n)+|#[^\n]*/y;
const HERE = /<<-?\s*(['"]?)(\w+)\1/y;
const REDIRECTION = /\d?(?:>>|>&|<&|>\||<|>|&>)/y;
const PLAIN = /[^\s;|&()'"`$\\<>]+/y;

/** Never throws: what is not closed reaches to the end. */
export function tokenize(script: string): Token[] {
  return new Tokenizer(script).tokens();
}

class Tokenizer {
  private at = 0;
  private readonly found: Token[] = [];
  /** Ends of here-documents that begin after this line. */
  private readonly awaited: string[] = [];
  /** Inside of [[ ]], operators are words. */
  private isInTest = false;

  constructor(private readonly script: string) {}

  tokens(): Token[] {
    while (this.at < this.script.length) this.next();
    return this.found;
  }

  private next(): void {
    if (this.take(BLANK) !== undefined) return;
    const here = this.match(HERE);
    if (here) {
      this.at += here[0].length;
      this.awaited.push(here[2]);
      return;
    }
    const operator = this.isInTest ? this.take(/&&|\|\||\n/y) : this.take(OPERATOR);
    if (operator !== undefined) {
      this.found.push({ text: operator, isOperator: !this.isInTest || operator === '\n' });
      if (operator === '\n') this.skipDocuments();
      return;
    }
    const word = this.word();
    if (word === '[[') this.isInTest = true;
    if (word === ']]') this.isInTest = false;
    this.found.push({ text: word, isOperator: false });
  }

  private word(): string {
    const start = this.at;
    const redirection = this.isInTest ? undefined : this.take(REDIRECTION);
    if (redirection !== undefined) this.take(/[ \t]+/y);
    while (this.at < this.script.length && this.part());
    if (this.at === start) this.at++;
    const text = this.script.slice(start, this.at);
    return redirection === undefined ? text : text.replace(/^(\d?[<>&|]+)[ \t]+/, '$1');
  }

  /** One quoted, substituted or plain piece of a word; false at its end. */
  private part(): boolean {
    const { script, at } = this;
    const char = script[at];
    if (this.take(PLAIN) !== undefined) return true;
    if (char === '\\') this.at += 2;
    else if (char === "'" || char === '`') this.at = endOf(script, char, at + 1);
    else if (char === '"') this.at = endOfDouble(script, at + 1);
    else if (char === '$') this.at = endOfDollar(script, at);
    else if (this.isInTest && /[()<>|&]/.test(char)) this.at++;
    else return false;
    return true;
  }

  private skipDocuments(): void {
    for (const end of this.awaited.splice(0)) {
      const rest = this.script.slice(this.at);
      const last = new RegExp(`^[ \\t]*${end}[ \\t]*$`, 'm').exec(rest);
      this.at += last ? last.index + last[0].length : rest.length;
    }
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.script);
  }

  private take(pattern: RegExp): string | undefined {
    const found = this.match(pattern)?.[0];
    if (found) this.at += found.length;
    return found || undefined;
  }
}

/** The place after the next `quote`. */
function endOf(script: string, quote: string, from: number): number {
  const end = script.indexOf(quote, from);
  return end < 0 ? script.length : end + 1;
}

function endOfDouble(script: string, from: number): number {
  let at = from;
  while (at < script.length && script[at] !== '"') {
    if (script[at] === '\\') at += 2;
    else if (script[at] === '$') at = endOfDollar(script, at);
    else at++;
  }
  return Math.min(at + 1, script.length);
}

/** The place after `$(...)`, `${...}` or the `$` alone. */
export function endOfDollar(script: string, at: number): number {
  const open = script[at + 1];
  if (open !== '(' && open !== '{') return at + 1;
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  let index = at + 1;
  while (index < script.length) {
    const char = script[index];
    if (char === '\\') index++;
    else if (char === "'" && open === '(') index = endOf(script, "'", index + 1) - 1;
    else if (char === '"') index = endOfDouble(script, index + 1) - 1;
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return index + 1;
    index++;
  }
  return script.length;
}
