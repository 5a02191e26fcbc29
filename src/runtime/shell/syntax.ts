// The commands of a shell script as a tree. It reads what scripts of containers are written in:
// lists, pipes, groups, `if`, `for`, `while`, `until`, `case` and functions.
import { tokenize, type Token } from './tokens';

export type Join = ';' | '&&' | '||' | '&';

export type Command =
  | { readonly kind: 'simple'; readonly words: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | { readonly kind: 'pipe'; readonly parts: readonly Command[] }
  | { readonly kind: 'not'; readonly command: Command }
  | { readonly kind: 'if'; readonly arms: readonly Arm[]; readonly otherwise?: Command }
  | {
      readonly kind: 'loop';
      readonly isUntil: boolean;
      readonly condition: Command;
      readonly body: Command;
    }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly words: readonly string[];
      readonly body: Command;
    }
  | { readonly kind: 'case'; readonly word: string; readonly arms: readonly CaseArm[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command };

/** `join` is what stands before the command. */
interface ListItem {
  readonly join: Join;
  readonly command: Command;
  /** True when `&` follows. */
  readonly isBackground: boolean;
}

interface Arm {
  readonly condition: Command;
  readonly then: Command;
}

interface CaseArm {
  readonly patterns: readonly string[];
  readonly body: Command;
}

/** Never throws: what is not closed ends with the script. */
export function parseScript(script: string): Command {
  return new Parser(tokenize(script)).list(new Set());
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** Commands up to one of the words `ends` in a command's place. */
  list(ends: ReadonlySet<string>): Command {
    const items: ListItem[] = [];
    let join: Join = ';';
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at];
      if (ends.has(token.text)) break;
      if (token.isOperator && token.text !== '(') {
        this.at++;
        if (token.text === '&&' || token.text === '||') join = token.text;
        continue;
      }
      const before = this.at;
      const command = this.pipe(ends);
      if (this.at === before) this.at++;
      items.push({ join, command, isBackground: this.isOperator('&') });
      join = ';';
    }
    return items.length === 1 && !items[0].isBackground
      ? items[0].command
      : { kind: 'list', items };
  }

  private pipe(ends: ReadonlySet<string>): Command {
    if (this.isWord('!')) {
      this.at++;
      return { kind: 'not', command: this.pipe(ends) };
    }
    const parts = [this.command()];
    while (this.isOperator('|') || this.isOperator('|&')) {
      this.at++;
      this.skipLines();
      parts.push(this.command());
    }
    return parts.length === 1 ? parts[0] : { kind: 'pipe', parts };
  }

  private command(): Command {
    const token: Token | undefined = this.tokens[this.at];
    const text = token?.text;
    if (token?.isOperator && text === '(') return this.bracket(')');
    switch (text) {
      case '{':
        return this.bracket('}');
      case 'if':
        return this.branches();
      case 'while':
      case 'until':
        return this.loop(text === 'until');
      case 'for':
        return this.forLoop();
      case 'case':
        return this.choice();
    }
    return this.simple();
  }

  private bracket(end: string): Command {
    this.at++;
    const body = this.upTo([end]);
    this.skipRedirections();
    return body;
  }

  private branches(): Command {
    const arms: Arm[] = [];
    let otherwise: Command | undefined;
    let keyword: string | undefined = 'if';
    while (keyword === 'if' || keyword === 'elif') {
      this.at++;
      const condition = this.upTo(['then']);
      const then = this.list(new Set(['elif', 'else', 'fi']));
      arms.push({ condition, then });
      keyword = this.tokens[this.at]?.text;
    }
    this.at++;
    if (keyword === 'else') otherwise = this.upTo(['fi']);
    this.skipRedirections();
    return { kind: 'if', arms, otherwise };
  }

  private loop(isUntil: boolean): Command {
    this.at++;
    const condition = this.upTo(['do']);
    const body = this.upTo(['done']);
    this.skipRedirections();
    return { kind: 'loop', isUntil, condition, body };
  }

  private forLoop(): Command {
    const name = this.tokens[++this.at]?.text ?? '';
    this.at++;
    const words: string[] = [];
    while (this.at < this.tokens.length && !this.isWord('do')) {
      const { text, isOperator } = this.tokens[this.at++];
      if (!isOperator && text !== 'in') words.push(text);
    }
    this.at++;
    const body = this.upTo(['done']);
    this.skipRedirections();
    return { kind: 'for', name, words, body };
  }

  private choice(): Command {
    const word = this.tokens[++this.at]?.text ?? '';
    this.at++;
    const arms: CaseArm[] = [];
    if (this.isWord('in')) this.at++;
    for (;;) {
      this.skipLines();
      if (this.at >= this.tokens.length || this.isWord('esac')) break;
      const patterns: string[] = [];
      while (this.at < this.tokens.length && !this.isOperator(')')) {
        const { text, isOperator } = this.tokens[this.at++];
        if (!isOperator) patterns.push(text);
      }
      this.at++;
      arms.push({ patterns, body: this.list(new Set([';;', 'esac'])) });
      if (this.isOperator(';;')) this.at++;
    }
    this.at++;
    return { kind: 'case', word, arms };
  }

  private simple(): Command {
    const words: string[] = [];
    while (this.at < this.tokens.length && !this.tokens[this.at].isOperator) {
      words.push(this.tokens[this.at++].text);
    }
    const named = words[0] === 'function' ? words[1] : words.length === 1 ? words[0] : undefined;
    if (named !== undefined && (words[0] === 'function' || this.isOperator('('))) {
      while (this.isOperator('(') || this.isOperator(')')) this.at++;
      this.skipLines();
      return { kind: 'function', name: named, body: this.command() };
    }
    return { kind: 'simple', words };
  }

  private upTo(ends: readonly string[]): Command {
    const command = this.list(new Set(ends));
    this.at++;
    return command;
  }

  private skipLines(): void {
    while (this.isOperator('\n')) this.at++;
  }

  private skipRedirections(): void {
    while (/^\d?[<>&]/.test(this.tokens[this.at]?.text ?? '') && !this.tokens[this.at].isOperator)
      this.at++;
  }

  private isWord(text: string): boolean {
    return this.tokens[this.at]?.text === text;
  }

  private isOperator(text: string): boolean {
    const token: Token | undefined = this.tokens[this.at];
    return token !== undefined && token.isOperator && token.text === text;
  }
}
