// Functions and their overloads, declared in text: 'string.(string) -> bool' is a member of string,
// '(int, int) -> int' is global. Capital letters are type parameters, names with dots opaque types.
import { assert } from '../sim/assert';
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  NULL,
  STRING,
  TIMESTAMP,
  UINT,
  listOf,
  mapOf,
  opaque,
  optionalOf,
  typeOf,
  type CelType,
} from './types';
import type { CelValue } from './values';

export interface Overload {
  readonly id: string;
  readonly isMember: boolean;
  /** With the receiver first. */
  readonly args: readonly CelType[];
  readonly result: CelType;
  readonly params: readonly string[];
  readonly run: Run;
}

/** Takes the values, the receiver first. Throws CelError. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each overload knows its own types
type Run = (...values: any[]) => CelValue;

/** Of each function by name its overloads: id, signature, and what it does. */
export type Library = Readonly<Record<string, readonly DeclaredOverload[]>>;

/** Id, signature, and what it does. */
export type DeclaredOverload = readonly [string, string, Run];

/** The overloads of all functions of several libraries, by name. */
export function gather(...libraries: readonly Library[]): ReadonlyMap<string, readonly Overload[]> {
  const functions = new Map<string, Overload[]>();
  for (const library of libraries) {
    for (const [name, overloads] of Object.entries(library)) {
      const known = functions.get(name) ?? [];
      known.push(...overloads.map(([id, signature, run]) => declare(id, signature, run)));
      functions.set(name, known);
    }
  }
  return functions;
}

function declare(id: string, signature: string, run: Run): Overload {
  const match = /^(?:(.+)\.)?\((.*)\) -> (.+)$/.exec(signature);
  assert(match, `signature of ${id} is well-formed: ${signature}`);
  const [, receiver, list, result] = match;
  const params = new Set<string>();
  const args = splitTypes(list).map((text) => parseType(text, params));
  if (receiver) args.unshift(parseType(receiver, params));
  const isMember = Boolean(receiver);
  return { id, isMember, args, result: parseType(result, params), params: [...params], run };
}

const NAMED: Readonly<Record<string, CelType>> = {
  int: INT,
  uint: UINT,
  double: DOUBLE,
  bool: BOOL,
  string: STRING,
  bytes: BYTES,
  null: NULL,
  timestamp: TIMESTAMP,
  duration: DURATION,
  dyn: DYN,
};

function parseType(text: string, params: Set<string>): CelType {
  if (Object.hasOwn(NAMED, text)) return NAMED[text];
  if (/^[A-Z]$/.test(text)) {
    params.add(text);
    return { kind: 'param', name: text };
  }
  const generic = /^(\w+)<(.*)>$/.exec(text);
  if (!generic) return opaque(text);
  const parts = splitTypes(generic[2]).map((part) => parseType(part, params));
  switch (generic[1]) {
    case 'list':
      return listOf(parts[0]);
    case 'map':
      return mapOf(parts[0], parts[1]);
    case 'optional':
      return optionalOf(parts[0]);
    default:
      return typeOf(parts[0]);
  }
}

/** At the commas that are not within '<>'. */
function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '<') depth++;
    else if (text[at] === '>') depth--;
    else if (at === text.length || (text[at] === ',' && depth === 0)) {
      if (text.slice(start, at).trim()) parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parts;
}
