// From the text of an expression to its tree, macros expanded. What does not parse is read a second
// time to say why. Upstream: cel-go parser/parser.go.
import type { Call, Expr } from './ast';
import { tokenize, type Token } from './lexer';
import { expandMacro } from './macros';
import type { SourceErrors } from './source-error';
import { reportSyntaxErrors } from './syntax-errors';
import type { CelValue } from './values';

/** The tree, or undefined when there are errors, which are then in `errors`. */
export function parse(source: string, errors: SourceErrors): Expr | undefined {
  const tokens = tokenize(source, errors);
  try {
    const parsed = new Parser(tokens, errors).whole();
    return errors.isEmpty ? parsed : undefined;
  } catch (error) {
    if (!(error instanceof Unparsable)) throw error;
    if (error instanceof TooDeep) return undefined;
    reportSyntaxErrors(tokens, errors);
    return undefined;
  }
}

/** Thrown where the tokens make no sense. */
class Unparsable extends Error {}

/** Thrown when that has been noted as an error. */
class TooDeep extends Unparsable {}

const RELATIONS = ['==', '!=', '<', '<=', '>', '>=', 'in'];
const CONSTANTS: Readonly<Record<string, CelValue>> = { true: true, false: false, null: null };
const RESERVED: ReadonlySet<string> = new Set(
  [
    'as break const continue else for function if import let loop package namespace return',
    'var void while',
  ].flatMap((words) => words.split(' ')),
);
/** Identifiers for the lexer, but with a meaning of their own. */
const WORDS: ReadonlySet<string> = new Set(['in', 'true', 'false', 'null']);
const DEPTH_MAX = 250;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly errors: SourceErrors,
  ) {}

  whole(): Expr {
    const parsed = this.expression();
    if (this.peek().kind !== 'end') throw new Unparsable();
    return parsed;
  }

  private expression(): Expr {
    if (++this.depth > DEPTH_MAX) {
      this.errors.add(this.peek().offset, `expression recursion limit exceeded: ${DEPTH_MAX}`);
      throw new TooDeep();
    }
    const condition = this.balanced('||', () => this.balanced('&&', () => this.relation()));
    let parsed = condition;
    const mark = this.peek();
    if (this.accept('?')) {
      const yes = this.balanced('||', () => this.balanced('&&', () => this.relation()));
      this.expect(':');
      parsed = this.call('_?_:_', mark, [condition, yes, this.expression()]);
    }
    this.depth--;
    return parsed;
  }

  private balanced(operator: '||' | '&&', operand: () => Expr): Expr {
    const terms = [operand()];
    const marks: Token[] = [];
    while (this.peek().text === operator && this.peek().kind === 'symbol') {
      marks.push(this.next());
      terms.push(operand());
    }
    return this.tree(`_${operator}_`, terms, marks, 0, terms.length - 1);
  }

  /** Long chains become balanced trees, as deep chains would cost stack. */
  private tree(name: string, terms: Expr[], marks: Token[], low: number, high: number): Expr {
    if (low === high) return terms[low];
    const middle = Math.floor((low + high + 1) / 2);
    const left = this.tree(name, terms, marks, low, middle - 1);
    const right = this.tree(name, terms, marks, middle, high);
    return this.call(name, marks[middle - 1], [left, right]);
  }

  private relation(): Expr {
    return this.leftAssociative(RELATIONS, () =>
      this.leftAssociative(['+', '-'], () =>
        this.leftAssociative(['*', '/', '%'], () => this.unary()),
      ),
    );
  }

  private leftAssociative(operators: readonly string[], operand: () => Expr): Expr {
    let left = operand();
    for (;;) {
      const token = this.peek();
      const isOperator = token.kind === 'symbol' || (token.kind === 'ident' && token.text === 'in');
      if (!isOperator || !operators.includes(token.text)) return left;
      this.next();
      const name = token.text === 'in' ? '@in' : `_${token.text}_`;
      left = this.call(name, token, [left, operand()]);
    }
  }

  private unary(): Expr {
    const token = this.peek();
    if (token.kind !== 'symbol' || (token.text !== '!' && token.text !== '-')) return this.member();
    const marks: Token[] = [];
    while (this.peek().kind === 'symbol' && this.peek().text === token.text) {
      marks.push(this.next());
    }
    if (token.text === '-' && isNumber(this.peek())) {
      marks.pop();
      this.at--;
    }
    const operand = this.member();
    if (marks.length % 2 === 0) return operand;
    return this.call(token.text === '!' ? '!_' : '-_', marks[0], [operand]);
  }

  private member(): Expr {
    let operand = this.primary();
    for (;;) {
      const mark = this.peek();
      if (this.accept('.')) operand = this.selected(operand, mark);
      else if (this.accept('[')) operand = this.indexed(operand, mark);
      else return operand;
    }
  }

  private selected(operand: Expr, mark: Token): Expr {
    const isOptional = this.accept('?');
    const { name, isQuoted } = this.fieldName();
    if (isOptional) {
      const field: Expr = { kind: 'literal', value: name, offset: mark.offset };
      return this.call('_?._', mark, [operand, field]);
    }
    const open = this.peek();
    if (!isQuoted && this.accept('(')) {
      const args = this.list(')', () => this.expression());
      const call: Call = { kind: 'call', name, target: operand, args, offset: open.offset };
      return expandMacro(call, this.errors) ?? call;
    }
    if (!isQuoted && open.kind === 'symbol' && open.text === '{') {
      const typeName = qualifiedName(operand);
      if (typeName !== undefined) return this.struct(`${typeName}.${name}`);
    }
    return { kind: 'select', operand, field: name, testOnly: false, offset: mark.offset };
  }

  private indexed(operand: Expr, mark: Token): Expr {
    const isOptional = this.accept('?');
    const index = this.expression();
    this.expect(']');
    return this.call(isOptional ? '_[?_]' : '_[_]', mark, [operand, index]);
  }

  private primary(): Expr {
    const token = this.peek();
    if (token.kind === 'literal') {
      this.next();
      return this.checkedLiteral(token);
    }
    if (token.kind === 'symbol') {
      if (this.accept('(')) {
        const inner = this.expression();
        this.expect(')');
        return inner;
      }
      if (this.accept('[')) return this.listLiteral(token);
      if (this.accept('{')) return this.mapLiteral(token);
      if (this.accept('.')) return this.named('.');
      if (token.text === '-' && isNumber(this.tokens[this.at + 1])) {
        this.next();
        const { value } = this.next();
        return this.checkedLiteral({ ...token, value: -(value as bigint) });
      }
    }
    if (token.kind === 'ident') return this.named('');
    throw new Unparsable();
  }

  private checkedLiteral({ value = null, offset }: Token): Expr {
    if (typeof value === 'bigint' && value > 2n ** 63n - 1n) {
      this.errors.add(offset, 'invalid int literal');
    }
    return { kind: 'literal', value, offset };
  }

  private named(prefix: string): Expr {
    const token = this.peek();
    if (token.kind !== 'ident') throw new Unparsable();
    this.next();
    const { text, offset } = token;
    if (prefix === '' && Object.hasOwn(CONSTANTS, text)) {
      return { kind: 'literal', value: CONSTANTS[text], offset };
    }
    if (WORDS.has(text)) throw new Unparsable();
    if (RESERVED.has(text)) this.errors.add(offset, `reserved identifier: ${text}`);
    const open = this.peek();
    const name = prefix + text;
    if (this.accept('(')) {
      const args = this.list(')', () => this.expression());
      const call: Call = { kind: 'call', name, args, offset: open.offset };
      return expandMacro(call, this.errors) ?? call;
    }
    if (open.kind === 'symbol' && open.text === '{') return this.struct(name);
    return { kind: 'ident', name, offset };
  }

  private listLiteral(open: Token): Expr {
    const optional = new Set<number>();
    const elements = this.list(']', (index) => {
      if (this.accept('?')) optional.add(index);
      return this.expression();
    });
    return { kind: 'list', elements, optional, offset: open.offset };
  }

  private mapLiteral(open: Token): Expr {
    const entries = this.list('}', () => {
      const optional = this.accept('?');
      const key = this.expression();
      this.expect(':');
      return { key, value: this.expression(), optional };
    });
    return { kind: 'map', entries, offset: open.offset };
  }

  private struct(typeName: string): Expr {
    const open = this.next();
    const fields = this.list('}', () => {
      const optional = this.accept('?');
      const { name } = this.fieldName();
      const colon = this.peek();
      this.expect(':');
      return { name, value: this.expression(), optional, offset: colon.offset };
    });
    return { kind: 'struct', typeName, fields, offset: open.offset };
  }

  /** Comma-separated items up to the closing symbol, a trailing comma allowed but for calls. */
  private list<T>(close: string, item: (index: number) => T): T[] {
    const items: T[] = [];
    if (this.accept(close)) return items;
    for (;;) {
      items.push(item(items.length));
      if (this.accept(',')) {
        if (close !== ')' && this.accept(close)) return items;
        continue;
      }
      this.expect(close);
      return items;
    }
  }

  private fieldName(): { name: string; isQuoted: boolean } {
    const token = this.next();
    if (token.kind === 'quoted') return { name: token.text.slice(1, -1), isQuoted: true };
    if (token.kind === 'ident' && !WORDS.has(token.text)) {
      return { name: token.text, isQuoted: false };
    }
    throw new Unparsable();
  }

  private call(name: string, { offset }: Token, args: readonly Expr[]): Call {
    return { kind: 'call', name, args, offset };
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) throw new Unparsable();
  }

  private accept(symbol: string): boolean {
    const token = this.peek();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.at++;
    return true;
  }

  private peek(): Token {
    return this.tokens[this.at];
  }

  private next(): Token {
    const token = this.tokens[this.at];
    if (token.kind !== 'end') this.at++;
    return token;
  }
}

/** 'a.b.c' for the select of names; undefined for what is no plain name. */
export function qualifiedName(expr: Expr): string | undefined {
  if (expr.kind === 'ident') return expr.name;
  if (expr.kind !== 'select' || expr.testOnly) return undefined;
  const operand = qualifiedName(expr.operand);
  return operand === undefined ? undefined : `${operand}.${expr.field}`;
}

/** A number that a sign may stand before. */
function isNumber({ kind, value }: Token): boolean {
  return kind === 'literal' && (typeof value === 'bigint' || typeof value === 'number');
}
