// The order in which nodes are looked at: zone by zone in turn, so that a search that stops early
// has seen all zones alike.
// Upstream: pkg/scheduler/backend/cache/node_tree.go.

/** Takes one from each zone in turn; within a zone, and for zones, in the order given. */
export function interleaveZones<T extends { readonly zone: string }>(nodes: Iterable<T>): T[] {
  const zones = new Map<string, T[]>();
  let total = 0;
  for (const node of nodes) {
    const zone = zones.get(node.zone);
    if (zone) zone.push(node);
    else zones.set(node.zone, [node]);
    total++;
  }
  if (zones.size === 1) return zones.values().next().value!;
  const ordered: T[] = [];
  for (let round = 0; ordered.length < total; round++) {
    for (const zone of zones.values()) if (round < zone.length) ordered.push(zone[round]);
  }
  return ordered;
}
