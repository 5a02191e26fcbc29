// The grammar of expressions as a network of states, as the real parser's generator makes one: what
// a syntax error says depends on which tokens could have stood at each of these states.
// Upstream: cel-go parser/gen/CEL.g4, ANTLR's ATN.

/** What the parser walks along; each element knows the states that stand for it. */
export type Element =
  | { readonly kind: 'token'; readonly types: readonly string[]; state?: State }
  | { readonly kind: 'rule'; readonly name: string; state?: State; follow?: State }
  | { readonly kind: 'all'; readonly of: readonly Element[] }
  | Choice
  | { readonly kind: 'maybe'; readonly of: Element; state?: State; exit?: State }
  | Loop;

export interface Choice {
  readonly kind: 'choice';
  readonly of: readonly Element[];
  state?: State;
}

/** `isLeft` marks the operators after a left operand, which bind by `powers`. */
export interface Loop {
  readonly kind: 'star' | 'plus';
  readonly of: Element;
  readonly isLeft?: boolean;
  state?: State;
  back?: State;
}

export interface State {
  readonly id: number;
  /** How the parser may mend a token that does not fit here. */
  kind: 'plain' | 'block' | 'loopBack' | 'stop';
  readonly rule: string;
  readonly edges: Edge[];
}

export interface Edge {
  readonly to: State;
  readonly types?: readonly string[];
  /** A rule that is gone through on the way. */
  readonly call?: string;
}

/** Stands for the end of a rule among the tokens that may come next. */
export const EPSILON = 'epsilon';

/** The token types, in the order in which messages list them. */
export const TOKEN_TYPES = (
  "<EOF> '==' '!=' 'in' '<' '<=' '>=' '>' '&&' '||' '[' ']' '{' '}' '(' ')' '.' ',' '-' '!' '?' " +
  "':' '+' '*' '/' '%' 'true' 'false' 'null' NUM_FLOAT NUM_INT NUM_UINT STRING BYTES IDENTIFIER " +
  'ESC_IDENTIFIER'
).split(' ');

const token = (text: string): Element => ({ kind: 'token', types: text.split(' ') });
const rule = (name: string): Element => ({ kind: 'rule', name });
const all = (...of: Element[]): Element => ({ kind: 'all', of });
const choice = (...of: Element[]): Element => ({ kind: 'choice', of });
const maybe = (...of: Element[]): Element => ({ kind: 'maybe', of: all(...of) });
const star = (...of: Element[]): Element => ({ kind: 'star', of: all(...of) });
const plus = (...of: Element[]): Element => ({ kind: 'plus', of: all(...of) });
const leftOperators = (of: Element): Element => ({ kind: 'star', of, isLeft: true });

const RULES: Readonly<Record<string, Element>> = {
  start: all(rule('expr'), token('<EOF>')),
  expr: all(
    rule('conditionalOr'),
    maybe(token("'?'"), rule('conditionalOr'), token("':'"), rule('expr')),
  ),
  conditionalOr: all(rule('conditionalAnd'), star(token("'||'"), rule('conditionalAnd'))),
  conditionalAnd: all(rule('relation'), star(token("'&&'"), rule('relation'))),
  relation: all(
    rule('calc'),
    leftOperators(all(token("'==' '!=' 'in' '<' '<=' '>=' '>'"), rule('calc'))),
  ),
  calc: all(rule('factor'), leftOperators(all(token("'+' '-'"), rule('factor')))),
  factor: all(rule('unary'), leftOperators(all(token("'*' '/' '%'"), rule('unary')))),
  unary: choice(
    rule('member'),
    all(plus(token("'!'")), rule('member')),
    all(plus(token("'-'")), rule('member')),
  ),
  member: all(
    rule('primary'),
    leftOperators(
      choice(
        all(token("'.'"), maybe(token("'?'")), rule('escapeIdent')),
        all(token("'.'"), token('IDENTIFIER'), token("'('"), maybe(rule('exprList')), token("')'")),
        all(token("'['"), maybe(token("'?'")), rule('expr'), token("']'")),
      ),
    ),
  ),
  primary: choice(
    all(maybe(token("'.'")), token('IDENTIFIER')),
    all(
      maybe(token("'.'")),
      token('IDENTIFIER'),
      token("'('"),
      maybe(rule('exprList')),
      token("')'"),
    ),
    all(token("'('"), rule('expr'), token("')'")),
    all(token("'['"), maybe(rule('listInit')), maybe(token("','")), token("']'")),
    all(token("'{'"), maybe(rule('mapInitializerList')), maybe(token("','")), token("'}'")),
    all(
      maybe(token("'.'")),
      token('IDENTIFIER'),
      star(token("'.'"), token('IDENTIFIER')),
      token("'{'"),
      maybe(rule('fieldInitializerList')),
      maybe(token("','")),
      token("'}'"),
    ),
    rule('literal'),
  ),
  exprList: all(rule('expr'), star(token("','"), rule('expr'))),
  listInit: all(rule('optExpr'), star(token("','"), rule('optExpr'))),
  fieldInitializerList: all(
    rule('optField'),
    token("':'"),
    rule('expr'),
    star(token("','"), rule('optField'), token("':'"), rule('expr')),
  ),
  optField: all(maybe(token("'?'")), rule('escapeIdent')),
  mapInitializerList: all(
    rule('optExpr'),
    token("':'"),
    rule('expr'),
    star(token("','"), rule('optExpr'), token("':'"), rule('expr')),
  ),
  escapeIdent: choice(token('IDENTIFIER'), token('ESC_IDENTIFIER')),
  optExpr: all(maybe(token("'?'")), rule('expr')),
  literal: choice(
    all(maybe(token("'-'")), token('NUM_INT')),
    token('NUM_UINT'),
    all(maybe(token("'-'")), token('NUM_FLOAT')),
    token('STRING'),
    token('BYTES'),
    token("'true'"),
    token("'false'"),
    token("'null'"),
  ),
};

export class Grammar {
  readonly rules = RULES;
  readonly starts = new Map<string, State>();
  /** Of each rule, the states that follow its calls. */
  readonly callers = new Map<string, State[]>();
  private count = 0;
  private readonly stops = new Map<string, State>();

  constructor() {
    for (const name of Object.keys(RULES)) {
      this.starts.set(name, this.state(name));
      this.stops.set(name, this.state(name, 'stop'));
      this.callers.set(name, []);
    }
    for (const [name, body] of Object.entries(RULES)) {
      const end = this.build(body, this.starts.get(name)!);
      end.edges.push({ to: this.stops.get(name)! });
    }
  }

  /** The tokens that may come at a state, EPSILON among them when its rule may end. */
  next(state: State, into = new Set<string>(), seen = new Set<State>()): Set<string> {
    if (seen.has(state)) return into;
    seen.add(state);
    if (state.kind === 'stop') into.add(EPSILON);
    for (const { to, types, call } of state.edges) {
      if (types) for (const type of types) into.add(type);
      else if (call === undefined) this.next(to, into, seen);
      else {
        const inner = this.next(this.starts.get(call)!);
        const isNullable = inner.delete(EPSILON);
        for (const type of inner) into.add(type);
        if (isNullable) this.next(to, into, seen);
      }
    }
    return into;
  }

  /** The same, and what may follow the rule, wherever it is called, when it may end. */
  nextAnywhere(state: State, into = new Set<string>(), seen = new Set<string>()): Set<string> {
    const next = this.next(state);
    const ends = next.delete(EPSILON);
    for (const type of next) into.add(type);
    if (!ends || seen.has(state.rule)) return into;
    seen.add(state.rule);
    for (const follow of this.callers.get(state.rule)!) this.nextAnywhere(follow, into, seen);
    return into;
  }

  private state(rule: string, kind: State['kind'] = 'plain'): State {
    return { id: this.count++, kind, rule, edges: [] };
  }

  /** Adds the states of an element after `from`; the state in which it ends. */
  private build(element: Element, from: State): State {
    const end = element.kind === 'all' ? from : this.state(from.rule);
    switch (element.kind) {
      case 'token':
        element.state = from;
        from.edges.push({ to: end, types: element.types });
        return end;
      case 'rule':
        element.state = from;
        element.follow = end;
        from.edges.push({ to: end, call: element.name });
        this.callers.get(element.name)!.push(end);
        return end;
      case 'all':
        return element.of.reduce((at, each) => this.build(each, at), from);
      case 'choice':
        element.state = this.after(from, 'block');
        for (const each of element.of) {
          const last = this.build(each, this.after(element.state, 'plain'));
          last.edges.push({ to: end });
        }
        return end;
      case 'maybe':
        element.state = this.after(from, 'block');
        element.exit = end;
        this.build(element.of, this.after(element.state, 'plain')).edges.push({ to: end });
        element.state.edges.push({ to: end });
        return end;
      default:
        return this.loop(element, from, end);
    }
  }

  private loop(loop: Loop, from: State, end: State): State {
    const entry = this.after(from, 'block');
    const last = this.build(loop.of, this.after(entry, 'plain'));
    const back = this.after(last, 'loopBack');
    back.edges.push({ to: entry });
    (loop.kind === 'star' ? entry : back).edges.push({ to: end });
    loop.state = entry;
    loop.back = back;
    return end;
  }

  private after(from: State, kind: State['kind']): State {
    const state = this.state(from.rule, kind);
    from.edges.push({ to: state });
    return state;
  }
}
