// How strategic merge patch merges lists: items are found by their merge key (scalars by value),
// and the order is that of the patch or its $setElementOrder, with the items that only the server
// knows kept in their old places as well as can be.
import { StatusError } from '../../api/status-error';
import { goText } from './go-text';
import { isObject, type JsonObject } from './json-value';
import type { FieldPlan } from './patch-plan';

/** Strategic merge patch of one item: handed in, because it needs this file itself. */
export type MergeItem = (
  item: JsonObject,
  patch: JsonObject,
  typeName: string | undefined,
) => JsonObject;

type List = readonly unknown[];

/** Merges a patch's list into the current one; scalars are united. */
export function mergeList(current: List, patch: List, plan: FieldPlan, mergeItem: MergeItem): List {
  const { mergeKey } = plan;
  if (!isObject(current[0] ?? patch[0])) return inOrder(unite(current, patch), patch, current, '');
  const { kept, changes } = applyItemDirectives(current, patch, mergeKey);
  const merged = [...kept];
  for (const change of changes) {
    const key = keyOf(change, mergeKey);
    const index = merged.findIndex((item) => keyOf(item, mergeKey) === key);
    if (index < 0) merged.push(change);
    else merged[index] = mergeItem(asItem(merged[index]), asItem(change), plan.typeName);
  }
  return inOrder(merged, changes, kept, mergeKey);
}

/**
 * Merges, then puts the items that `order` names into its order. Undefined when there is no list.
 */
export function orderList(
  current: unknown,
  patch: unknown,
  order: List,
  plan: FieldPlan | undefined,
  mergeItem: MergeItem,
): List | undefined {
  const { mergeKey = '' } = plan ?? {};
  const old = asList(current);
  const change = asList(patch);
  if (!old && !change) return undefined;
  if (change) checkOrder(change, order, mergeKey);
  const merges = old && change && plan?.strategy === 'merge';
  const merged = merges ? mergeList(old, change, plan, mergeItem) : (change ?? old!);
  return inOrder(merged, order, old ?? [], mergeKey);
}

export function deleteScalars(current: unknown, gone: List): unknown {
  if (!Array.isArray(current)) return current;
  const set = new Set(gone);
  return current.filter((item) => !set.has(item));
}

function asItem(item: unknown): JsonObject {
  return item as JsonObject;
}

/** Deletes what `$patch: delete` items name; `$patch: replace` empties the list. */
function applyItemDirectives(
  current: List,
  patch: List,
  mergeKey: string,
): { kept: List; changes: List } {
  if (!patch.some((item) => isObject(item) && '$patch' in item)) {
    return { kept: current, changes: patch };
  }
  let kept = current;
  const changes: unknown[] = [];
  for (const item of patch as JsonObject[]) {
    const directive = item.$patch;
    if (directive === undefined) changes.push(item);
    else if (directive === 'replace') kept = [];
    else if (directive === 'delete') {
      const key = keyOf(item, mergeKey);
      kept = kept.filter((old) => keyOf(old, mergeKey) !== key);
    } else if (directive === 'merge') throw failed(MERGE_IN_LIST);
    else throw failed(`unknown patch type: ${goText(directive)} in map: ${goText(item)}`);
  }
  return { kept, changes };
}

const MERGE_IN_LIST = 'merging lists cannot yet be specified in the patch';

/**
 * Items that `order` has follow it; the others keep the order of `live`; the two are interleaved.
 */
function inOrder(items: List, order: List, live: List, mergeKey: string): List {
  const orderKeys = keysOf(order, mergeKey);
  const liveKeys = keysOf(live, mergeKey);
  const named: Ranked[] = [];
  const others: Ranked[] = [];
  for (const item of items) {
    const key = identity(item, mergeKey);
    const rank = orderKeys.indexOf(key);
    const liveRank = liveKeys.indexOf(key);
    if (rank >= 0) named.push({ item, rank, liveRank });
    else others.push({ item, rank: liveRank, liveRank });
  }
  named.sort(byRank);
  others.sort(byRank);
  if (others.length === 0) return named.map(({ item }) => item);
  const result: unknown[] = [];
  let next = 0;
  for (const { item, liveRank } of named) {
    while (next < others.length && isBefore(others[next].liveRank, liveRank)) {
      result.push(others[next++].item);
    }
    result.push(item);
  }
  while (next < others.length) result.push(others[next++].item);
  return result;
}

interface Ranked {
  item: unknown;
  /** In the order that its part is sorted by. */
  rank: number;
  /** In the current list; -1 when it is new. */
  liveRank: number;
}

function byRank(a: Ranked, b: Ranked): number {
  return a.rank - b.rank;
}

function isBefore(rank: number, other: number): boolean {
  return rank >= 0 && rank < other;
}

function keysOf(list: List, mergeKey: string): List {
  return mergeKey === '' ? list : list.map((item) => keyOf(item, mergeKey));
}

function identity(item: unknown, mergeKey: string): unknown {
  return mergeKey === '' ? item : keyOf(item, mergeKey);
}

/** The items of the patch must stand in `order`, in that order. */
function checkOrder(patch: List, order: List, mergeKey: string): void {
  if (patch.length === 0 || order.length === 0) return;
  const items = patch.filter((item) => !isObject(item) || !('$patch' in item));
  let found = 0;
  for (const entry of order) {
    if (found === items.length) return;
    if (identity(items[found], mergeKey) === identity(entry, mergeKey)) found++;
  }
  if (found === items.length) return;
  const [have, want] = [goText(patch), goText(order)];
  throw failed(
    `The order in patch list:\n${have}\n doesn't match $setElementOrder list:\n${want}\n`,
  );
}

function keyOf(item: unknown, mergeKey: string): unknown {
  if (isObject(item) && mergeKey in item) return item[mergeKey];
  throw failed(`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
}

function unite(current: List, patch: List): List {
  return [...new Set([...current, ...patch])];
}

function asList(value: unknown): List | undefined {
  return Array.isArray(value) ? value : undefined;
}

function failed(message: string): StatusError {
  return new StatusError(500, '', message);
}
