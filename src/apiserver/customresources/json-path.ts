// The JSONPath of printer columns and scales: members, indexes, filters and wildcards.
// Upstream: client-go/util/jsonpath.

type Step = (values: readonly unknown[]) => unknown[];

const known = new Map<string, readonly Step[]>();
const KEPT = 512;

/** Everything that the path finds, in order; nothing for a path that makes no sense. */
export function findByPath(root: unknown, path: string): unknown[] {
  let steps = known.get(path);
  if (!steps) {
    if (known.size >= KEPT) known.clear();
    steps = parse(path);
    known.set(path, steps);
  }
  return steps.reduce<unknown[]>((values, step) => step(values), [root]);
}

/** '..name', '.name', '[?(...)]', "['name']", '["name"]', '[0:2]' or '[*]'. */
const TOKEN = new RegExp(
  [
    String.raw`\.\.([\w-]+|\*)`,
    String.raw`\.((?:\\.|[^.[\\])+)`,
    String.raw`\[\?\(((?:'[^']*'|"[^"]*"|[^'"\]])*)\)\]`,
    String.raw`\['((?:[^'\\]|\\.)*)'\]`,
    String.raw`\["((?:[^"\\]|\\.)*)"\]`,
    String.raw`\[(\*|[-\d:,]+)\]`,
  ].join('|'),
  'y',
);

function parse(path: string): readonly Step[] {
  const steps: Step[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < path.length) {
    const at = TOKEN.lastIndex;
    if (path[at] === '.' && at === path.length - 1) break;
    const match = TOKEN.exec(path);
    if (!match) return [() => []];
    const [, deep, member, filter, single, double, index] = match;
    if (deep !== undefined) steps.push(descend(deep));
    else if (filter !== undefined) steps.push(filtered(filter));
    else if (index !== undefined) steps.push(index === '*' ? children : sliced(index));
    else {
      const name = (member ?? single ?? double).replace(/\\(.)/g, '$1');
      steps.push(name === '*' ? children : named(name));
    }
  }
  return steps;
}

function named(name: string): Step {
  return (values) =>
    values.flatMap((value) => {
      const isThere = isObject(value) && Object.hasOwn(value, name);
      return isThere ? [value[name]] : [];
    });
}

function children(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => {
    if (Array.isArray(value)) return value as unknown[];
    return isObject(value) ? Object.values(value) : [];
  });
}

function descend(name: string): Step {
  const pick = name === '*' ? children : named(name);
  const all = (value: unknown): unknown[] => [value, ...children([value]).flatMap(all)];
  return (values) => pick(values.flatMap(all));
}

function sliced(text: string): Step {
  return (values) =>
    values.flatMap((value) => {
      if (!Array.isArray(value)) return [];
      return text.split(',').flatMap((part) => slice(value, part));
    });
}

function slice(list: readonly unknown[], text: string): unknown[] {
  const [start, end, stride] = text
    .split(':')
    .map((part) => (part === '' ? undefined : Number(part)));
  if (!text.includes(':')) {
    const at = start! < 0 ? list.length + start! : start!;
    return at in list ? [list[at]] : [];
  }
  return list.slice(start ?? 0, end).filter((_item, index) => index % (stride ?? 1) === 0);
}

/** '@.type=="Ready"', '@.size>3', or '@.name' for what is there. */
function filtered(text: string): Step {
  const match = /^\s*(.+?)\s*(==|!=|<=|>=|<|>)\s*(.+?)\s*$/.exec(text);
  const matches = (item: unknown): boolean => {
    if (!match) return findByPath(item, text.trim().replace(/^@/, '')).length > 0;
    const [, left, operator, right] = match;
    const [a] = operand(item, left);
    const [b] = operand(item, right);
    return a !== undefined && b !== undefined && compares(a, operator, b);
  };
  return (values) => children(values).filter(matches);
}

function operand(item: unknown, text: string): unknown[] {
  if (text.startsWith('@')) return findByPath(item, text.slice(1));
  const quoted = /^(["'])(.*)\1$/.exec(text);
  if (quoted) return [quoted[2]];
  if (text === 'true' || text === 'false') return [text === 'true'];
  return Number.isNaN(Number(text)) ? [] : [Number(text)];
}

function compares(a: unknown, operator: string, b: unknown): boolean {
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) return false;
  const order = a < (b as typeof a) ? -1 : a > (b as typeof a) ? 1 : 0;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
