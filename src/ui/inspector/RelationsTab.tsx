import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { catalog } from '../../i18n/catalog';
import { usePage } from '../app/page-context';
import { openObject } from '../canvas/actions-context';
import { keyOf, POD_GROUP, relationGraph } from '../ownership/relations';
import type { GraphNode, Relation, RelationGraph } from '../ownership/relations';
import { useRelated } from '../ownership/use-related';
import { podsOnNode } from '../state/crowd';
import { useScene } from '../state/scene-store';
import type { Selection } from '../state/scene-store';
import { messages } from '../messages';
import { viewStore } from '../views/view-store';

const words = catalog.inspection;
/** Pods of one group that are listed by name. */
const PODS_MAX = 12;

interface Related {
  heading: string;
  nodes: GraphNode[];
}

/** What owns, selects and names an object, and what it does of these. */
export default function RelationsTab({ selection }: { selection: Selection }) {
  if (selection.kind === 'Node') return <PodsOn node={selection.name} />;
  return <Relatives selection={selection} />;
}

function Relatives({ selection }: { selection: Selection }) {
  const related = useRelated(selection.namespace);
  const groups = useMemo(() => {
    if (!related) return undefined;
    const objects = [...related.values()].flatMap((items) => [...items.values()]);
    return relatedTo(relationGraph(objects), selection);
  }, [related, selection]);
  const nodeName = useScene((scene) =>
    selection.kind === 'Pod'
      ? (scene.pods.get(`${selection.namespace}/${selection.name}`)?.node ?? '')
      : '',
  );
  if (!groups) return <p className="empty">{messages.inspector.loading}</p>;
  const isAlone = groups.length === 0 && nodeName === '';
  return (
    <div className="relations-tab">
      {isAlone && <p className="empty">{words.noRelations}</p>}
      {nodeName && (
        <section>
          <h3>{words.runsOn}</h3>
          <ul>
            <One kind="Node" namespace="" name={nodeName} />
          </ul>
        </section>
      )}
      {groups.map(({ heading, nodes }) => (
        <section key={heading}>
          <h3>{heading}</h3>
          <ul>
            {nodes.map((node) =>
              node.pods ? (
                <Pods key={node.key} node={node} />
              ) : (
                <OneOf key={node.key} node={node} />
              ),
            )}
          </ul>
        </section>
      ))}
      {!isAlone && (
        <button
          type="button"
          className="btn out"
          onClick={() => viewStore.setState({ view: 'ownership' })}
        >
          {words.inView}
        </button>
      )}
    </div>
  );
}

/** By relation and direction, in the order in which the words stand. */
function relatedTo(graph: RelationGraph, { kind, namespace, name }: Selection): Related[] {
  const own = kind === 'Pod' ? groupOf(graph, namespace, name) : keyOf(kind, namespace, name);
  const found = new Map<string, GraphNode[]>();
  const note = (heading: string, key: string): void => {
    const node = graph.nodes.get(key)!;
    const held = found.get(heading);
    if (held) held.push(node);
    else found.set(heading, [node]);
  };
  for (const relation of Object.keys(words.relations) as Relation[]) {
    for (const edge of graph.edges) {
      if (edge.relation !== relation) continue;
      if (edge.to === own) note(words.relations[relation].in, edge.from);
      if (edge.from === own) note(words.relations[relation].out, edge.to);
    }
  }
  return [...found].map(([heading, nodes]) => ({ heading, nodes }));
}

/** A pod's relations are those of the group in which it stands. */
function groupOf(graph: RelationGraph, namespace: string, name: string): string {
  for (const { key, pods } of graph.nodes.values()) {
    const isIn = pods?.some(({ metadata }) => {
      return metadata.name === name && metadata.namespace === namespace;
    });
    if (isIn) return key;
  }
  return `${POD_GROUP}/${keyOf('Pod', namespace, name)}`;
}

function OneOf({ node: { kind, namespace, name, object } }: { node: GraphNode }) {
  return <One kind={kind} namespace={namespace} name={name} note={object ? '' : words.missing} />;
}

function Pods({ node: { pods = [] } }: { node: GraphNode }) {
  const rest = pods.length - PODS_MAX;
  return (
    <>
      {pods.slice(0, PODS_MAX).map(({ metadata }) => (
        <One
          key={metadata.uid}
          kind="Pod"
          namespace={metadata.namespace ?? ''}
          name={metadata.name}
        />
      ))}
      {rest > 0 && <li className="t-3">{words.morePods(rest)}</li>}
    </>
  );
}

interface OneProps {
  kind: string;
  namespace: string;
  name: string;
  note?: string;
}

function One({ kind, namespace, name, note = '' }: OneProps) {
  const { actions } = usePage();
  return (
    <li>
      <span className="relation-kind">{kind}</span>
      <button
        type="button"
        className="link mono"
        onClick={() => openObject(actions, { kind, namespace, name, text: name })}
      >
        {name}
      </button>
      {note && <span className="t-fail">{note}</span>}
    </li>
  );
}

function PodsOn({ node }: { node: string }) {
  const keys = useScene(
    useShallow((scene) => {
      const found: string[] = [];
      for (const pod of podsOnNode(scene.pods, node)) found.push(pod.key);
      return found.sort();
    }),
  );
  const shown = keys.slice(0, 100);
  return (
    <div className="relations-tab">
      <section>
        <h3>
          {words.runs} <span className="num">{keys.length}</span>
        </h3>
        <ul>
          {shown.map((key) => {
            const [namespace = '', name = ''] = key.split('/');
            return <One key={key} kind="Pod" namespace={namespace} name={name} />;
          })}
          {keys.length > shown.length && (
            <li className="t-3">{words.morePods(keys.length - shown.length)}</li>
          )}
        </ul>
      </section>
    </div>
  );
}
