// What owns, selects, routes to, scales, mounts and binds what: the objects of a cluster as a
// graph, from what the API says of each. Pods stand in groups, one a controller, so that a relation
// to a thousand pods is one line. One rule a kind; what is named and does not exist stands there
// empty.
import type {
  HorizontalPodAutoscaler,
  Ingress,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
} from '../../api/extension-types';
import { selectorFromLabelSelector, selectorFromLabels } from '../../api/label-selector';
import type { LabelSelector } from '../../api/label-selector';
import { controllerOf, objectKey } from '../../api/object';
import type { KubeObject } from '../../api/object';
import type { Pod, Service } from '../../api/types';
import { namedByPod } from './named-by-pod';
import { relatedKind } from './related-kinds';

export type Relation = 'owns' | 'selects' | 'routes' | 'scales' | 'mounts' | 'binds';

export interface GraphNode {
  /** 'Deployment/default/web'; a group of pods is 'Pods/<key of its controller>'. */
  key: string;
  kind: string;
  namespace: string;
  name: string;
  /** Undefined for a group of pods, and for what is named and not there. */
  object?: KubeObject;
  /** A group's pods, oldest first. */
  pods?: Pod[];
}

export interface GraphEdge {
  from: string;
  to: string;
  relation: Relation;
}

export interface RelationGraph {
  nodes: Map<string, GraphNode>;
  edges: GraphEdge[];
}

/** 'Pods': the kind of a group's node. */
export const POD_GROUP = 'Pods';

/** The graph of these objects. Objects of kinds that do not stand in the view are left out. */
export function relationGraph(objects: Iterable<KubeObject>): RelationGraph {
  const graph = new GraphBuilder();
  const pods: Pod[] = [];
  for (const object of objects) {
    if (object.kind === 'Pod') pods.push(object as Pod);
    else if (relatedKind(object.kind)) graph.add(object);
  }
  graph.group(pods);
  for (const node of graph.nodes.values()) {
    const { object } = node;
    if (!object) continue;
    const owner = controllerOf(object);
    const ownerKey = owner && keyOf(owner.kind, node.namespace, owner.name);
    if (ownerKey && graph.nodes.has(ownerKey)) graph.relate(ownerKey, node.key, 'owns');
    rules[object.kind]?.(node.key, object as never, graph);
  }
  return { nodes: graph.nodes, edges: graph.edges };
}

/** 'Deployment/default/web'; without a namespace for what has none. */
export function keyOf(kind: string, namespace: string, name: string): string {
  return namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
}

class GraphBuilder {
  readonly nodes = new Map<string, GraphNode>();
  readonly edges: GraphEdge[] = [];
  private readonly groupsByNamespace = new Map<string, GraphNode[]>();

  add(object: KubeObject): void {
    const { namespace = '', name } = object.metadata;
    const key = keyOf(object.kind, namespace, name);
    this.nodes.set(key, { key, kind: object.kind, namespace, name, object });
  }

  /** Pods by their controller; one without stands in a group of its own. */
  group(pods: readonly Pod[]): void {
    for (const pod of pods.toSorted(byAge)) {
      const { namespace = '', name } = pod.metadata;
      const owner = controllerOf(pod);
      const ownerKey = owner
        ? keyOf(owner.kind, namespace, owner.name)
        : keyOf('Pod', namespace, name);
      const key = `${POD_GROUP}/${ownerKey}`;
      const held = this.nodes.get(key);
      if (held) {
        held.pods!.push(pod);
        continue;
      }
      const kind = POD_GROUP;
      const group = { key, kind, namespace, name: owner?.name ?? name, pods: [pod] };
      this.nodes.set(key, group);
      const groups = this.groupsByNamespace.get(namespace);
      if (groups) groups.push(group);
      else this.groupsByNamespace.set(namespace, [group]);
      if (this.nodes.has(ownerKey)) this.relate(ownerKey, key, 'owns');
    }
    for (const groups of this.groupsByNamespace.values()) {
      for (const group of groups) this.mounts(group);
    }
  }

  relate(from: string, to: string, relation: Relation): void {
    this.edges.push({ from, to, relation });
  }

  /** To an object that is named by another; it stands there empty when it does not exist. */
  relateTo(from: string, kind: string, namespace: string, name: string, relation: Relation): void {
    const key = keyOf(kind, namespace, name);
    if (!this.nodes.has(key)) this.nodes.set(key, { key, kind, namespace, name });
    this.relate(from, key, relation);
  }

  select(from: string, namespace: string, selector: LabelSelector): void {
    for (const group of this.groupsByNamespace.get(namespace) ?? []) {
      const isSelected = group.pods!.some(({ metadata }) => selector.matches(metadata.labels));
      if (isSelected) this.relate(from, group.key, 'selects');
    }
  }

  /** Pods of one controller name the same things but for claims, so all are looked at. */
  private mounts({ key, namespace, pods }: GraphNode): void {
    const seen = new Set<string>();
    for (const pod of pods!) {
      for (const { kind, name } of namedByPod(pod)) {
        const named = `${kind}/${name}`;
        if (seen.has(named)) continue;
        seen.add(named);
        this.relateTo(key, kind, namespace, name, 'mounts');
      }
    }
  }
}

type Rule = (key: string, object: never, graph: GraphBuilder) => void;

const rules: Record<string, Rule> = {
  Service: (key, { metadata, spec }: Service, graph) => {
    const { selector } = spec;
    if (!selector || Object.keys(selector).length === 0) return;
    graph.select(key, metadata.namespace!, selectorFromLabels(selector));
  },
  Ingress: (key, { metadata, spec }: Ingress, graph) => {
    const names = new Set<string | undefined>([spec?.defaultBackend?.service?.name]);
    for (const { http } of spec?.rules ?? []) {
      for (const { backend } of http?.paths ?? []) names.add(backend.service?.name);
    }
    for (const name of names) {
      if (name) graph.relateTo(key, 'Service', metadata.namespace!, name, 'routes');
    }
  },
  HorizontalPodAutoscaler: (key, { metadata, spec }: HorizontalPodAutoscaler, graph) => {
    const target = spec?.scaleTargetRef;
    if (!target || !relatedKind(target.kind)) return;
    graph.relateTo(key, target.kind, metadata.namespace!, target.name, 'scales');
  },
  PodDisruptionBudget: (key, { metadata, spec }: PodDisruptionBudget, graph) =>
    graph.select(key, metadata.namespace!, selectorFromLabelSelector(spec?.selector)),
  NetworkPolicy: (key, { metadata, spec }: NetworkPolicy, graph) =>
    graph.select(key, metadata.namespace!, selectorFromLabelSelector(spec?.podSelector ?? {})),
  PersistentVolumeClaim: (key, { spec }: PersistentVolumeClaim, graph) => {
    if (spec?.volumeName) graph.relateTo(key, 'PersistentVolume', '', spec.volumeName, 'binds');
  },
};

function byAge(a: Pod, b: Pod): number {
  const [one, other] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (one !== other) return one < other ? -1 : 1;
  return objectKey(a) < objectKey(b) ? -1 : 1;
}
