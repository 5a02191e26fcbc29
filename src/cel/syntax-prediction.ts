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

  /** `hasExit`: the last way is one out, which needs no token of its own. */
  predict(decision: State, at: number, call: Call | undefined, hasExit: boolean): Prediction {
    const firsts = this.firstTokens(decision);
    if (!firsts) {
      const fromAnywhere = this.race(decision, at, undefined, false);
      return fromAnywhere ?? this.race(decision, at, stackOf(call), true)!;
    }
    const found = firsts.findIndex((types) => types.has(this.types[at])) + 1;
    const otherwise = hasExit ? decision.edges.length : NO_ALTERNATIVE;
    return { alternative: found || otherwise, failedAt: at };
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

  /** Undefined when ways stay alike and `isExact` does not allow to take the first of them. */
  private race(
    decision: State,
    start: number,
    stack: Stack | undefined,
    isExact: boolean,
  ): Prediction | undefined {
    let walks = this.closure(
      decision.edges.map(({ to }, index) => {
        return { state: to, alternative: index + 1, stack, hasLeft: false };
      }),
      isExact,
    );
    for (let at = start; ; at++) {
      const type = this.types[at];
      const moved = this.closure(step(walks, type), isExact);
      const alternatives = new Set(moved.map(({ alternative }) => alternative));
      if (alternatives.size === 0) {
        const ended = walks.filter(({ hasLeft }) => hasLeft).map((walk) => walk.alternative);
        const alternative = ended.length > 0 ? Math.min(...ended) : NO_ALTERNATIVE;
        return { alternative, failedAt: at };
      }
      const isDecided = alternatives.size === 1;
      if (!isDecided && !isExact && areAlike(moved)) return undefined;
      if (isDecided || type === '<EOF>' || (isExact && areAlike(moved))) {
        return { alternative: Math.min(...alternatives), failedAt: at };
      }
      walks = moved;
    }
  }

  /** All states that are reached without a token. */
  private closure(walks: readonly Walk[], isExact: boolean): Walk[] {
    const found = new Map<string, Walk>();
    const open = [...walks];
    for (let walk = open.pop(); walk; walk = open.pop()) {
      const { state, alternative, stack } = walk;
      const key = `${state.id} ${alternative} ${stack?.key ?? ''}`;
      if (found.has(key)) continue;
      found.set(key, walk);
      if (state.kind === 'stop') {
        if (stack) open.push({ ...walk, state: stack.follow, stack: stack.parent });
        else if (!isExact) {
          for (const follow of this.grammar.callers.get(state.rule)!) {
            open.push({ ...walk, state: follow, hasLeft: true });
          }
        }
      }
      for (const { to, types, call } of state.edges) {
        if (types) continue;
        if (call === undefined) open.push({ ...walk, state: to });
        else open.push({ ...walk, state: this.grammar.starts.get(call)!, stack: push(to, stack) });
      }
    }
    return [...found.values()];
  }
}

function step(walks: readonly Walk[], type: string): Walk[] {
  return walks.flatMap((walk) =>
    walk.state.edges
      .filter(({ types }) => types?.includes(type))
      .map(({ to }) => ({ ...walk, state: to })),
  );
}

/** Whether whatever comes, each place that is reached is reached on more than one way. */
function areAlike(walks: readonly Walk[]): boolean {
  const alternatives = new Map<string, Set<number>>();
  for (const { state, stack, alternative } of walks) {
    const key = `${state.id} ${stack?.key ?? ''}`;
    const known = alternatives.get(key);
    if (known) known.add(alternative);
    else alternatives.set(key, new Set([alternative]));
  }
  return [...alternatives.values()].every((ways) => ways.size > 1);
}

function push(follow: State, parent: Stack | undefined): Stack {
  return { follow, parent, key: `${follow.id}/${parent?.key ?? ''}` };
}

function stackOf(call: Call | undefined): Stack | undefined {
  return call && push(call.follow, stackOf(call.parent));
}
