// What a shell puts in place of variables and of the small calculations that scripts do with them.
// What is not known stays as it is written.

export type Environment = Readonly<Record<string, string>>;

const SEQUENCE_MAX = 10_000;

export function substitute(script: string, environment: Environment): string {
  return script
    .replace(/\$(?:\{(\w+)\}|(\w+))/g, (text, braced: string | undefined, plain: string) => {
      const name = braced ?? plain;
      return Object.hasOwn(environment, name) ? environment[name] : text;
    })
    .replace(/\$\(\(([^()]*)\)\)/g, (text, expression: string) => {
      const known = expression.replace(/[A-Za-z_]\w*/g, (name) => environment[name] ?? name);
      return calculated(known, text);
    })
    .replace(/(?:\$\(|`)\s*expr\s+([^()`]*)(?:\)|`)/g, (text, expression: string) =>
      calculated(expression.replaceAll('\\*', '*'), text),
    )
    .replace(/(?:\$\(|`)\s*seq\s+([\d\s]+?)\s*(?:\)|`)/g, (_text, bounds: string) => {
      const numbers = bounds.split(/\s+/).map(Number);
      return sequence(numbers).join(' ');
    });
}

function sequence(bounds: readonly number[]): number[] {
  const last = bounds.at(-1)!;
  const first = bounds.length > 1 ? bounds[0] : 1;
  const step = Math.max(1, bounds.length > 2 ? bounds[1] : 1);
  const length = Math.max(0, Math.min(Math.floor((last - first) / step) + 1, SEQUENCE_MAX));
  return Array.from({ length }, (_, index) => first + index * step);
}

const TOKEN = /\s*(?:(\d+)|([-+*/%]))/y;

/** Whole numbers from left to right, products first; `otherwise` when it is anything else. */
function calculated(expression: string, otherwise: string): string {
  const terms: number[] = [];
  let operator = '+';
  const text = expression.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match || (match[1] === undefined) !== (operator === '')) return otherwise;
    if (match[1] === undefined) operator = match[2];
    else {
      if (!add(terms, operator, Number(match[1]))) return otherwise;
      operator = '';
    }
  }
  return operator === '' ? String(terms.reduce((sum, term) => sum + term, 0)) : otherwise;
}

function add(terms: number[], operator: string, value: number): boolean {
  if (operator === '+' || operator === '-') {
    terms.push(operator === '-' ? -value : value);
    return true;
  }
  const last = terms.pop()!;
  if (operator === '*') terms.push(last * value);
  else if (value === 0) return false;
  else terms.push(operator === '/' ? Math.trunc(last / value) : last % value);
  return true;
}
