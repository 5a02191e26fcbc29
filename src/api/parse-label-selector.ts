// Reads the query syntax of label selectors: 'app in (a,b),tier!=front,!debug'.
// Upstream: the Parser of apimachinery/pkg/labels/selector.go.
import {
  keyProblems,
  LabelSelectorError,
  newRequirement,
  type LabelOperator,
  type LabelRequirement,
} from './label-requirement';
import { scanSelector, type Token } from './label-selector-tokens';

/**
 * The requirements that the text asks for. Throws LabelSelectorError with the real server's words.
 */
export function parseRequirements(text: string): LabelRequirement[] {
  return new Parser(scanSelector(text)).parse();
}

const BINARY_OPERATORS: Readonly<Record<string, LabelOperator>> = {
  in: 'in',
  notin: 'notin',
  '=': '=',
  '==': '==',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
};
const EXPECTED_OPERATORS = 'in, notin, =, ==, !=, gt, lt';

/** Recursive descent over the tokens; every complaint is worded as the real parser's. */
class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    while (this.peek().kind !== 'end') {
      const first = this.peek();
      if (!startsRequirement(first)) {
        throw found(first, ", expected: !, identifier, or 'end of string'");
      }
      requirements.push(this.parseRequirement());
      const after = this.next();
      if (after.kind === 'end') break;
      if (after.kind !== ',') throw found(after, ", expected: ',' or 'end of string'");
      if (!startsRequirement(this.peek())) {
        throw found(this.peek(), ", expected: identifier after ','");
      }
    }
    return requirements;
  }

  private parseRequirement(): LabelRequirement {
    try {
      const negated = this.peek().kind === '!';
      if (negated) this.next();
      const key = this.next();
      if (!isWord(key)) throw found(key, ', expected: identifier');
      const problems = keyProblems('<nil>', key.text);
      if (problems.length > 0) throw new LabelSelectorError(problems[0]);
      const after = this.peek();
      if (negated || after.kind === 'end' || after.kind === ',') {
        return newRequirement(key.text, negated ? '!' : 'exists', []);
      }
      const operator = BINARY_OPERATORS[this.next().kind];
      if (operator === undefined) throw found(after, `, expected: ${EXPECTED_OPERATORS}`);
      const isSet = operator === 'in' || operator === 'notin';
      return newRequirement(key.text, operator, isSet ? this.parseSet() : [this.parseExact()]);
    } catch (error) {
      throw new LabelSelectorError(`unable to parse requirement: ${(error as Error).message}`);
    }
  }

  private parseExact(): string {
    const { kind } = this.peek();
    if (kind === 'end' || kind === ',') return '';
    const token = this.next();
    if (!isWord(token)) throw found(token, ', expected: identifier');
    return token.text;
  }

  private parseSet(): string[] {
    const open = this.next();
    if (open.kind !== '(') throw found(open, " expected: '('");
    const values = new Set<string>();
    let expectValue = true;
    for (;;) {
      const token = this.next();
      if (token.kind === ')') {
        if (expectValue) values.add('');
        return [...values].sort();
      }
      if (token.kind === ',') {
        if (expectValue) values.add('');
        expectValue = true;
      } else if (!isWord(token)) {
        throw found(
          token,
          values.size > 0 ? ", expected: ',', or identifier" : ", expected: ',', ')' or identifier",
        );
      } else if (!expectValue) {
        throw found(token, ", expected: ',' or ')'");
      } else {
        values.add(token.text);
        expectValue = false;
      }
    }
  }

  private peek(): Token {
    return this.tokens[this.position];
  }

  private next(): Token {
    const token = this.tokens[this.position];
    if (token.kind !== 'end') this.position++;
    return token;
  }
}

/** 'in' and 'notin' are plain words where an operator cannot stand. */
function isWord({ kind }: Token): boolean {
  return kind === 'word' || kind === 'in' || kind === 'notin';
}

function startsRequirement(token: Token): boolean {
  return token.kind === '!' || isWord(token);
}

function found(token: Token, expected: string): LabelSelectorError {
  return new LabelSelectorError(`found '${token.text}'${expected}`);
}
