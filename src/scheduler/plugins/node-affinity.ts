// Rejects nodes that nodeSelector or required node affinity excludes; prefers those that match
// preferred terms, by their weight.
// Upstream: pkg/scheduler/framework/plugins/nodeaffinity.
import { matchesNodeSelectorTerm, matchesRequiredNodeAffinity } from '../../api/node-affinity';
import type { Node, NodeSelectorTerm } from '../../api/types';
import { normalizeToMax, SKIP, type Plugin, type Rejection } from '../framework';
import type { PodShape } from '../pod-shape';

const name = 'NodeAffinity';
const REJECTION: Rejection = {
  plugin: name,
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
  isResolvable: false,
};
const CONFLICT: Rejection = {
  plugin: name,
  reasons: ['pod affinity terms conflict'],
  isResolvable: false,
};

export function nodeAffinity(): Plugin {
  return {
    name,
    reads: 'node',
    preFilter({ shape }) {
      if (!shape.hasNodeRequirements) return SKIP;
      const nodeNames = namedNodes(shape);
      if (nodeNames === undefined) return undefined;
      return nodeNames.length === 0 ? { rejection: CONFLICT } : { nodeNames };
    },
    filter: ({ shape }, { node }) =>
      matchesRequiredNodeAffinity(shape.spec, node!) ? undefined : REJECTION,
    preScore: ({ shape }) => (preferredTerms(shape).length === 0 ? SKIP : undefined),
    score({ shape }, { node }) {
      let score = 0;
      for (const { weight, preference } of preferredTerms(shape)) {
        if (weight > 0 && matchesNodeSelectorTerm(preference, node!)) score += weight;
      }
      return score;
    },
    normalize: (_cycle, { nodes }, scores) => normalizeToMax(scores, nodes.length, false),
    hints: [
      {
        on: ['NodeAdd', 'NodeLabel'],
        mayHelp({ shape }, event) {
          if (!matchesRequiredNodeAffinity(shape.spec, event.new as Node)) return false;
          return !event.old || !matchesRequiredNodeAffinity(shape.spec, event.old as Node);
        },
      },
    ],
  };
}

interface PreferredTerm {
  readonly weight: number;
  readonly preference: NodeSelectorTerm;
}
const NO_TERMS: readonly PreferredTerm[] = [];

function preferredTerms(shape: PodShape): readonly PreferredTerm[] {
  const { nodeAffinity } = shape.affinity ?? {};
  return nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? NO_TERMS;
}

/**
 * Nodes that every term names by metadata.name, as a DaemonSet's pods do; undefined when any may
 * do.
 */
function namedNodes(shape: PodShape): string[] | undefined {
  const required = shape.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required?.nodeSelectorTerms.length) return undefined;
  const named = new Set<string>();
  for (const { matchFields } of required.nodeSelectorTerms) {
    let names: readonly string[] | undefined;
    for (const { key, operator, values = [] } of matchFields ?? []) {
      if (key !== 'metadata.name' || operator !== 'In') continue;
      names = names === undefined ? values : names.filter((known) => values.includes(known));
    }
    if (names === undefined) return undefined;
    for (const nodeName of names) named.add(nodeName);
  }
  return [...named];
}
