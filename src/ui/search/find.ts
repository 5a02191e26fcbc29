// Finds what is on the canvas by name, kind or label. Every word of the question must be met; what
// begins with the question comes first, and what is called exactly so before all.
import { crowdOf } from '../state/crowd';
import { CLUSTER } from '../state/node-groups';
import type { SceneData, Selection } from '../state/scene-store';
import { hasLabel } from './filters';

export interface Hit extends Selection {
  /** 'on n1', 'Deployment web', ...; empty when there is nothing to add. */
  about: string;
  rank: number;
}

export interface Found {
  hits: readonly Hit[];
  /** How many there are beyond those told. */
  total: number;
}

type Scene = Pick<SceneData, 'nodes' | 'pods' | 'services' | 'components'>;

/**
 * The best `most` of what the question finds; an empty question finds nothing. The cluster as a
 * whole is called `cluster` in the language of the page, and 'cluster' in any.
 */
export function find(scene: Scene, question: string, most: number, cluster = 'cluster'): Found {
  const asked = question.trim().toLowerCase();
  if (asked === '') return { hits: [], total: 0 };
  const best = new Best(most);
  const words = asked.split(/\s+/);
  if ([cluster.toLowerCase(), 'cluster'].some((name) => name.startsWith(asked))) {
    best.take({ ...CLUSTER, about: '', rank: 1 });
  }
  for (const { name, zone, rack } of scene.nodes.values()) {
    best.offer('Node', '', name, [zone, rack].filter(Boolean).join(' · '), '', words);
    if (zone) best.offer('Zone', '', zone, '', '', words);
    if (rack) best.offer('Rack', zone, rack, zone, '', words);
  }
  for (const { namespace, name, type } of scene.services.values()) {
    best.offer('Service', namespace, name, type, '', words);
  }
  for (const { name, machine } of scene.components) {
    best.offer('Component', '', name, machine, '', words);
  }
  offerOwnersAndPods(scene, best, words);
  return best.found();
}

function offerOwnersAndPods({ pods }: Scene, best: Best, words: readonly string[]): void {
  const crowd = crowdOf(pods);
  const owners = new Map<string, { kind: string; namespace: string; name: string }>();
  if (crowd) {
    for (const [key, row] of crowd.rows) {
      const slash = key.indexOf('/');
      const namespace = key.slice(0, slash);
      const node = crowd.nodes.words[crowd.node[row]!]!;
      const labels = crowd.labels.words[crowd.label[row]!]!;
      best.offer('Pod', namespace, key.slice(slash + 1), node, labels, words);
      const owner = crowd.ownerAt(row);
      if (owner) owners.set(`${crowd.owner[row]}/${namespace}`, { ...owner, namespace });
    }
  } else {
    for (const { namespace, name, node, labels = '', owner } of pods.values()) {
      best.offer('Pod', namespace, name, node, labels, words);
      if (owner) owners.set(`${owner.kind}/${namespace}/${owner.name}`, { ...owner, namespace });
    }
  }
  for (const { kind, namespace, name } of owners.values()) {
    if (kind !== 'Node') best.offer(kind, namespace, name, '', '', words);
  }
}

/** Kinds in the order in which equally good hits are told. */
const kindOrder = ['Canvas', 'Component', 'Zone', 'Rack', 'Node', 'Deployment', 'Service', 'Pod'];

class Best {
  private hits: Hit[] = [];
  private total = 0;
  private readonly seen = new Set<string>();

  constructor(private readonly most: number) {}

  offer(
    kind: string,
    namespace: string,
    name: string,
    about: string,
    labels: string,
    words: readonly string[],
  ): void {
    const rank = rankOf(kind, namespace, name, labels, words);
    if (rank < 0) return;
    if (kind !== 'Pod') {
      const key = `${kind}/${namespace}/${name}`;
      if (this.seen.has(key)) return;
      this.seen.add(key);
    }
    this.take({ kind, namespace, name, about, rank });
  }

  take(hit: Hit): void {
    this.total++;
    const worst = this.hits.at(-1);
    const full = this.hits.length >= this.most;
    if (full && worst && compare(worst, hit) <= 0) return;
    if (full) this.hits.pop();
    const at = this.hits.findIndex((held) => compare(held, hit) > 0);
    this.hits.splice(at < 0 ? this.hits.length : at, 0, hit);
  }

  found(): Found {
    return { hits: this.hits, total: this.total };
  }
}

function compare(a: Hit, b: Hit): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  const order = kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind);
  if (order !== 0) return order;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/**
 * 0 for the very name, then what begins so, what holds it, what else fits; -1 for what does not.
 */
function rankOf(
  kind: string,
  namespace: string,
  name: string,
  labels: string,
  words: readonly string[],
): number {
  let rank = 0;
  for (const word of words) {
    const one = rankOfWord(kind, namespace, name, labels, word);
    if (one < 0) return -1;
    rank = Math.max(rank, one);
  }
  return rank;
}

function rankOfWord(
  kind: string,
  namespace: string,
  name: string,
  labels: string,
  word: string,
): number {
  if (word.includes('=')) return hasLabel(labels, word) ? 3 : -1;
  if (name === word) return 0;
  const at = name.indexOf(word);
  if (at === 0) return 1;
  if (at > 0) return 2;
  const lowered = kind.toLowerCase();
  if (lowered === word || `${lowered}s` === word) return 3;
  const [inNamespace, rest] = word.split('/');
  if (rest !== undefined && namespace === inNamespace && name.startsWith(rest)) return 1;
  return namespace === word ? 4 : -1;
}
