// Says what is wrong with an expression that does not parse, in the words of the real parser, which
// mends what it can and reads on: a token too many, one too few, or on to what may come after the
// rule that failed. Only run when the plain parser has failed. Precedence is by nested rules here
// and not by predicates, which changes none of the messages.
// Upstream: ANTLR's DefaultErrorStrategy and ParserATNSimulator, cel-go parser/parser.go.
import { escapeSpace, type Token } from './lexer';
import type { SourceErrors } from './source-error';
import {
  EPSILON,
  Grammar,
  TOKEN_TYPES,
  type Element,
  type Loop,
  type State,
} from './syntax-grammar';
import { AlternativePredictor, NO_ALTERNATIVE, type Call } from './syntax-prediction';

/** Adds the errors of these tokens to `errors`. */
export function reportSyntaxErrors(tokens: readonly Token[], errors: SourceErrors): void {
  grammar ??= new Grammar();
  try {
    new Diagnosis(grammar, tokens, errors).rule('start', undefined);
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
  }
}

let grammar: Grammar | undefined;

const RECOVERIES_MAX = 30;

/** Thrown when there were too many errors to go on. */
class GivenUp extends Error {}

/** Thrown to the rule that is being read, which reports it and reads on after itself. */
class Unexpected extends Error {
  constructor(
    message: string,
    readonly token: Token,
  ) {
    super(message);
  }
}

class Diagnosis {
  private at = 0;
  private call: Call | undefined;
  private isRecovering = false;
  private recoveries = 0;
  private errorAt = -1;
  private readonly errorStates = new Set<State>();
  /** Where the walk is: what could stand here is what messages list. */
  private state!: State;
  private readonly types: readonly string[];
  private readonly predictor: AlternativePredictor;

  constructor(
    private readonly grammar: Grammar,
    private readonly tokens: readonly Token[],
    private readonly errors: SourceErrors,
  ) {
    this.types = tokens.map(typeOf);
    this.predictor = new AlternativePredictor(grammar, this.types);
  }

  rule(name: string, follow: State | undefined): void {
    if (follow) this.call = { follow, parent: this.call };
    const { call } = this;
    try {
      this.read(this.grammar.rules[name]);
    } catch (error) {
      if (!(error instanceof Unexpected)) throw error;
      this.call = call;
      this.report(error.message, error.token);
      this.recover();
    }
    this.call = call?.parent;
  }

  private read(element: Element): void {
    switch (element.kind) {
      case 'token':
        this.state = element.state!;
        return this.match(element.types);
      case 'rule':
        this.state = element.state!;
        return this.rule(element.name, element.follow!);
      case 'all':
        for (const each of element.of) this.read(each);
        return;
      case 'choice':
        this.sync(element.state!);
        return this.read(element.of[this.predict(element.state!, false) - 1]);
      case 'maybe':
        this.sync(element.state!);
        if (this.predict(element.state!, true) === 1) this.read(element.of);
        return;
      default:
        return this.loop(element);
    }
  }

  private loop({ kind, of, isLeft, state, back }: Loop): void {
    const goesOn = (at: State) =>
      isLeft
        ? this.grammar.next(state!.edges[0].to).has(this.type())
        : this.predict(at, true) === 1;
    this.sync(state!);
    if (kind === 'star' && !goesOn(state!)) return;
    do {
      this.read(of);
      this.sync(back!);
    } while (goesOn(kind === 'star' ? state! : back!));
  }

  /** The number of the way on that the tokens allow, from 1. */
  private predict(state: State, hasExit: boolean): number {
    const prediction = this.predictor.predict(state, this.at, this.call, hasExit);
    const { alternative, failedAt } = prediction;
    if (alternative !== NO_ALTERNATIVE) return alternative;
    const [start, ...rest] = this.tokens.slice(this.at, failedAt + 1);
    const more = rest.map((token) => token.space + (isEnd(token) ? '' : token.text));
    const shown = escapeSpace([start.text, ...more].join(''));
    const message = `no viable alternative at input '${shown}'`;
    throw new Unexpected(message, this.tokens[failedAt]);
  }

  private match(types: readonly string[]): void {
    if (types.includes(this.type())) return this.matched();
    this.countRecovery();
    if (this.deleteOne()) return this.matched();
    if (this.expected(this.state.edges[0].to).has(this.type())) {
      return this.report(`missing ${this.expecting()} at ${this.shown()}`);
    }
    this.mismatch();
  }

  private matched(): void {
    this.endErrors();
    this.consume();
  }

  private sync(state: State): void {
    this.state = state;
    if (this.isRecovering) return;
    const next = this.grammar.next(state);
    if (next.has(EPSILON) || next.has(this.type())) return;
    if (state.kind === 'block') {
      if (!this.deleteOne()) this.mismatch();
    } else {
      this.report(`extraneous input ${this.shown()} expecting ${this.expecting()}`);
      this.consumeUntil(new Set([...this.expected(state), ...this.recoverySet()]));
    }
  }

  /** Leaves out one token when the next is one that fits. */
  private deleteOne(): boolean {
    const after = this.types[Math.min(this.at + 1, this.types.length - 1)];
    if (!this.expected(this.state).has(after)) return false;
    this.report(`extraneous input ${this.shown()} expecting ${this.expecting()}`);
    this.consume();
    this.endErrors();
    return true;
  }

  private mismatch(): never {
    const message = `mismatched input ${this.shown()} expecting ${this.expecting()}`;
    throw new Unexpected(message, this.tokens[this.at]);
  }

  private report(message: string, token = this.tokens[this.at]): void {
    if (this.isRecovering) return;
    this.isRecovering = true;
    const reserved = /^no viable alternative at input '.(true|false|null)'$/.exec(message);
    const words = reserved ? `mismatched input '${reserved[1]}' expecting IDENTIFIER` : message;
    this.errors.add(token.offset, `Syntax error: ${words}`);
  }

  private endErrors(): void {
    this.isRecovering = false;
    this.errorStates.clear();
    this.errorAt = -1;
  }

  private recover(): void {
    this.countRecovery();
    if (this.errorAt === this.at && this.errorStates.has(this.state)) this.consume();
    this.errorAt = this.at;
    this.errorStates.add(this.state);
    this.consumeUntil(this.recoverySet());
  }

  private countRecovery(): void {
    if (this.recoveries++ < RECOVERIES_MAX) return;
    const message = `Syntax error: error recovery attempt limit exceeded: ${RECOVERIES_MAX}`;
    this.errors.add(this.tokens[this.at].offset, message);
    throw new GivenUp();
  }

  /** What may come after any of the rules that are being read. */
  private recoverySet(): Set<string> {
    const found = new Set<string>();
    for (let { call } = this; call; call = call.parent) {
      for (const type of this.grammar.next(call.follow)) found.add(type);
    }
    found.delete(EPSILON);
    return found;
  }

  /** What may come at a state, and after its rule, as it was called, when that may end. */
  private expected(state: State): Set<string> {
    const found = this.grammar.next(state);
    for (let { call } = this; call && found.delete(EPSILON); call = call.parent) {
      for (const type of this.grammar.next(call.follow)) found.add(type);
    }
    if (found.delete(EPSILON)) found.add('<EOF>');
    return found;
  }

  private expecting(): string {
    const expected = this.expected(this.state);
    const listed = TOKEN_TYPES.filter((type) => expected.has(type));
    return listed.length === 1 ? listed[0] : `{${listed.join(', ')}}`;
  }

  private consumeUntil(types: ReadonlySet<string>): void {
    while (this.type() !== '<EOF>' && !types.has(this.type())) this.consume();
  }

  private consume(): void {
    if (this.type() !== '<EOF>') this.at++;
  }

  private type(): string {
    return this.types[this.at];
  }

  private shown(): string {
    return `'${escapeSpace(this.tokens[this.at].text)}'`;
  }
}

function isEnd({ kind }: Token): boolean {
  return kind === 'end';
}

const WORDS: ReadonlySet<string> = new Set(['in', 'true', 'false', 'null']);

function typeOf({ kind, text, value }: Token): string {
  switch (kind) {
    case 'end':
      return '<EOF>';
    case 'symbol':
      return `'${text}'`;
    case 'quoted':
      return 'ESC_IDENTIFIER';
    case 'ident':
      return WORDS.has(text) ? `'${text}'` : 'IDENTIFIER';
    case 'literal':
      if (typeof value === 'string') return 'STRING';
      if (typeof value === 'bigint') return 'NUM_INT';
      if (typeof value === 'number') return 'NUM_FLOAT';
      return value instanceof Uint8Array ? 'BYTES' : 'NUM_UINT';
  }
}
