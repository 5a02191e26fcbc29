// Where a field stands in a YAML text, down to the word.
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Pair, ParsedNode, YAMLMap } from 'yaml';
import type { PathSegment } from './field-path';
import type { SourceDocument } from './manifest';

/** Lines and columns from 1; the end is exclusive, as editors have it. */
export interface TextRange {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}

type Node = ParsedNode | null | undefined;

interface Found {
  /** The key it was reached by; absent for list items and the root. */
  key?: Node;
  value: Node;
  whole: boolean;
}

export interface LocateHint {
  /** The offending word inside a map or list, as the server quotes it. */
  badValue?: string;
  /** The key is what is wrong, not its value. */
  atKey?: boolean;
}

/**
 * The range of a field's value when it is a word, else of its key. A path that is not written leads
 * to its nearest written parent.
 */
export function locateField(
  source: SourceDocument,
  base: readonly PathSegment[],
  path: readonly PathSegment[],
  hint: LocateHint = {},
): TextRange {
  const root: Found = { value: source.document.contents, whole: true };
  const found = walk(source, walk(source, root, base), path);
  const asWord = found.whole && !hint.atKey;
  const word = asWord ? wordWithin(found.value, hint.badValue) : undefined;
  if (word) return rangeOf(source, word);
  if (found.key) return rangeOf(source, found.key);
  return rangeOf(source, firstWord(found.value) ?? found.value);
}

function walk(source: SourceDocument, from: Found, path: readonly PathSegment[]): Found {
  let found = from;
  for (let at = 0; at < path.length; at += 1) {
    const value = isAlias(found.value)
      ? (found.value.resolve(source.document) as Node)
      : found.value;
    if (isSeq(value)) {
      const segment = path[at]!;
      const item = typeof segment === 'number' ? value.items[segment] : undefined;
      // A decoding error names no index: look into the first item.
      if (item === undefined && typeof segment === 'string' && value.items.length > 0) {
        return walk(source, { value: value.items[0] as Node, whole: true }, path.slice(at));
      }
      if (item === undefined) return { ...found, whole: false };
      found = { value: item as Node, whole: true };
    } else if (isMap(value)) {
      const step = longestKey(value, path, at);
      if (!step) return { ...found, whole: false };
      found = { key: step.pair.key as Node, value: step.pair.value as Node, whole: true };
      at = step.last;
    } else {
      return { ...found, whole: false };
    }
  }
  return found;
}

/** The pair whose key is the segment at `at`, or several joined by dots: label keys hold dots. */
function longestKey(map: YAMLMap, path: readonly PathSegment[], at: number) {
  for (let last = path.length - 1; last >= at; last -= 1) {
    const key = path.slice(at, last + 1).join('.');
    const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (pair) return { pair: pair as Pair, last };
  }
  return undefined;
}

/** A scalar stands for itself; a map or list gives the bad word, or its only word. */
function wordWithin(value: Node, badValue: string | undefined): Node {
  if (isScalar(value)) return value.range && value.range[0] < value.range[1] ? value : undefined;
  const words = wordsOf(value);
  const bad = words.find((word) => isScalar(word) && String(word.value) === badValue);
  if (bad) return bad;
  const values = isMap(value) ? value.items.map((pair) => pair.value as Node) : [];
  return values.length === 1 && isScalar(values[0]) ? values[0] : undefined;
}

function wordsOf(value: Node): Node[] {
  if (isMap(value)) {
    return value.items.flatMap((pair) => [pair.key as Node, pair.value as Node]).filter(isScalar);
  }
  return isSeq(value) ? (value.items as Node[]).filter(isScalar) : [];
}

function firstWord(value: Node): Node {
  if (isScalar(value)) return value;
  if (isSeq(value)) return value.items.length > 0 ? firstWord(value.items[0] as Node) : undefined;
  const pair = isMap(value) ? value.items[0] : undefined;
  return isPair(pair) ? (pair.key as Node) : undefined;
}

function rangeOf({ counter, firstLine }: SourceDocument, node: Node): TextRange {
  const [from, to] = node?.range ?? [0, 1];
  const start = counter.linePos(from);
  const end = counter.linePos(to);
  const startLine = start.line + firstLine - 1;
  return {
    startLine,
    startColumn: start.col,
    endLine: end.line + firstLine - 1,
    endColumn: end.line === start.line && end.col === start.col ? end.col + 1 : end.col,
  };
}
