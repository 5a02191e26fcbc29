// What belongs together: the graph falls apart into bands, one a set of objects that are related to
// one another; a filter keeps or drops whole bands, so that nothing is shown out of its relations.
import { POD_GROUP } from './relations';
import type { GraphEdge, GraphNode, RelationGraph } from './relations';
import { COLUMNS, relatedKind } from './related-kinds';
import { byNumber } from '../state/by-number';

export interface Band {
  /** Key of the object that the band is called after. */
  key: string;
  namespace: string;
  name: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface BandFilter {
  /** Of one namespace; '' for all but the cluster's own. */
  namespace: string;
  /** A band is kept when a name or a kind in it holds this text. */
  text: string;
}

/** Namespaces in which the cluster keeps what is its own. */
const SYSTEM = /^kube-/;

/** The bands that pass, by namespace and name. */
export function bandsOf(graph: RelationGraph, filter: BandFilter): Band[] {
  const parts = new Parts();
  for (const { from, to } of graph.edges) parts.join(from, to);
  const byRoot = new Map<string, Band>();
  for (const node of graph.nodes.values()) {
    const root = parts.rootOf(node.key);
    const band = byRoot.get(root);
    if (band) band.nodes.push(node);
    else byRoot.set(root, { key: '', namespace: '', name: '', nodes: [node], edges: [] });
  }
  for (const edge of graph.edges) byRoot.get(parts.rootOf(edge.from))!.edges.push(edge);
  const bands = [...byRoot.values()].filter(({ nodes }) => passes(nodes, filter));
  for (const band of bands) {
    const { key, namespace, name } = band.nodes.reduce((a, b) => (rank(a) <= rank(b) ? a : b));
    Object.assign(band, { key, namespace, name });
  }
  return bands.sort((a, b) => byNumber(a.namespace, b.namespace) || byNumber(a.name, b.name));
}

/** A band is called after its first workload, else after what it has. */
function rank({ kind }: GraphNode): number {
  if (kind === 'HorizontalPodAutoscaler') return COLUMNS.length;
  return kind === POD_GROUP ? COLUMNS.indexOf('pods') : COLUMNS.indexOf(relatedKind(kind)!.column);
}

function passes(nodes: readonly GraphNode[], { namespace, text }: BandFilter): boolean {
  if (!nodes.some((node) => isShown(node, namespace))) return false;
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  return nodes.some(
    ({ name, kind, pods }) =>
      name.toLowerCase().includes(wanted) ||
      kind.toLowerCase().startsWith(wanted) ||
      pods?.some(({ metadata }) => metadata.name.includes(wanted)),
  );
}

function isShown(node: GraphNode, wanted: string): boolean {
  if (wanted !== '') return node.namespace === wanted;
  return !isSystem(node);
}

/** Whether the cluster made it for itself, in every namespace or in those of its own. */
function isSystem({ kind, namespace, name, object }: GraphNode): boolean {
  if (SYSTEM.test(namespace)) return true;
  if (namespace === 'default' && name === 'kubernetes') return true;
  if (kind === 'ConfigMap' && name === 'kube-root-ca.crt') return true;
  const { labels } = object?.metadata ?? {};
  return kind === 'EndpointSlice' && labels?.['kubernetes.io/service-name'] === 'kubernetes';
}

/** Union and find, with halved paths. */
class Parts {
  private readonly parents = new Map<string, string>();

  rootOf(key: string): string {
    let at = key;
    for (;;) {
      const parent = this.parents.get(at);
      if (parent === undefined) return at;
      const above = this.parents.get(parent);
      if (above !== undefined) this.parents.set(at, above);
      at = parent;
    }
  }

  join(one: string, other: string): void {
    const [a, b] = [this.rootOf(one), this.rootOf(other)];
    if (a !== b) this.parents.set(a, b);
  }
}
