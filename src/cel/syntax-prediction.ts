// Which of several ways on the coming tokens allow. Where the first token decides, it decides, and
// a way out is taken by any other; else all ways are walked side by side until one is left, first
// as if the rule could have been called from anywhere, then, when two ways stay alike, as it was
// called.
// Upstream: ANTLR's ParserATNSimulator, LL1Analyzer.
import type { Grammar, State } from './syntax-grammar';

/** A rule that is being read: where it goes on when it has ended. */
export interface Call {
  readonly follow: State;
  readonly parent: Call | undefined;
}

export const NO_ALTERNATIVE = 0;

interface Prediction {
  /** From 1. */
  readonly alternative: number;
  /** The index of the token that none of the ways takes. */
  readonly failedAt: number;
}

/**
 * One walk: its state, the way that it is on, the calls that it is in; none: called from anywhere.
 */
interface Walk {
  readonly state: State;
  readonly alternative: number;
  readonly stack: Stack | undefined;
  /** It has left the rule of the decision. */
  readonly hasLeft: boolean;
}

interface Stack {
  readonly follow: State;
  readonly parent: Stack | undefined;
  readonly key: string;
}

export class AlternativePredictor {
  /** Of each decision, the tokens that decide it; undefined when one token does not. */
  private readonly firsts = new Map<State, readonly ReadonlySet<string>[] | undefined>();

  constructor(
    private readonly grammar: Grammar,
    private readonly types: readonly string[],
  ) {}

  predict(decision: State, at: number, call: Call | undefined): Prediction {
    const firsts = this.firstTokens(decision);
    if (!firsts) {
      const anywhere = this.walk(decision, at, undefined, false);
      return anywhere ?? this.walk(decision, at, stackOf(call), true)!;
    }
    const found = firsts.findIndex((types) => types.has(this.types[at])) + 1;
    const { edges, kind } = decision;
    const isChoice =
      kind === 'block' && edges.every(({ to }) => to.edges.length > 0) && !exits(decision);
    return { alternative: found || (isChoice ? NO_ALTERNATIVE : edges.length), failedAt: at };
  }

  private firstTokens(decision: State): readonly ReadonlySet<string>[] | undefined {
    if (this.firsts.has(decision)) return this.firsts.get(decision);
    const sets = decision.edges.map(({ to }) => this.grammar.nextAnywhere(to));
    const total = sets.reduce((count, set) => count + set.size, 0);
    const isDisjoint = new Set(sets.flatMap((set) => [...set])).size === total;
    const firsts = isDisjoint ? sets : undefined;
    this.firsts.set(decision, firsts);
    return firsts;
  }
}
