// What the person does in the ownership view: what is folded away, and what is under the pointer
// with all that it is related to.
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Folds } from './ownership-layout';
import type { RelationGraph } from './relations';

interface OwnershipUi extends Folds {
  /** Keys of what is lit; null while nothing is pointed at. */
  lit: ReadonlySet<string> | null;
}

const store = createStore<OwnershipUi>()(() => ({
  folded: new Set(),
  withOlder: new Set(),
  lit: null,
}));

/** What is folded, for the layout. */
export function useFolds(): Folds {
  const folded = useStore(store, (ui) => ui.folded);
  const withOlder = useStore(store, (ui) => ui.withOlder);
  return useMemo(() => ({ folded, withOlder }), [folded, withOlder]);
}

/** Whether something is lit, and this is not. */
export function useIsDim(key: string): boolean {
  return useStore(store, ({ lit }) => lit !== null && !lit.has(key));
}

/** Keys of what is lit; null while nothing is. */
export function useLit(): ReadonlySet<string> | null {
  return useStore(store, ({ lit }) => lit);
}

/** Folds what an object owns away, or shows it again. */
export function toggleFold(key: string): void {
  store.setState((ui) => ({ folded: toggled(ui.folded, key) }));
}

/** Shows a Deployment's older revisions, or hides them again. */
export function toggleOlder(key: string): void {
  store.setState((ui) => ({ withOlder: toggled(ui.withOlder, key) }));
}

let graph: RelationGraph | null = null;
let pointed: string | null = null;

/** The graph in which relatives are looked for, from now on; null when the view is left. */
export function lightIn(next: RelationGraph | null): void {
  graph = next;
  shine();
}

/** Lights an object with all above and below it; null puts the light out. */
export function light(key: string | null): void {
  pointed = key;
  shine();
}

function shine(): void {
  const isThere = pointed !== null && graph?.nodes.has(pointed);
  store.setState({ lit: isThere ? relativesOf(graph!, pointed!) : null });
}

/** The object, all that leads to it and all that it leads to. */
export function relativesOf({ edges }: RelationGraph, key: string): Set<string> {
  const found = new Set([key]);
  const follow = (start: string, from: 'from' | 'to', to: 'from' | 'to'): void => {
    for (const edge of edges) {
      if (edge[from] !== start || found.has(edge[to])) continue;
      found.add(edge[to]);
      follow(edge[to], from, to);
    }
  };
  follow(key, 'from', 'to');
  follow(key, 'to', 'from');
  return found;
}

function toggled(keys: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
