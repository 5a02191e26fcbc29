import { ReactFlow, ReactFlowProvider, useReactFlow, ViewportPortal } from '@xyflow/react';
import type { Node, NodeProps } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { catalog } from '../../i18n/catalog';
import { Menu } from '../app/Menu';
import { arrowDirection, nearestStop } from '../canvas/spatial-focus';
import { useScene } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { ViewTabs } from '../views/ViewTabs';
import { bandsOf } from './bands';
import { ObjectCard } from './ObjectCard';
import { layoutOwnership } from './ownership-layout';
import type { OwnershipLayout, PlacedCard, PlacedGroup } from './ownership-layout';
import { lightIn, useFolds } from './ownership-store';
import { PodGroup } from './PodGroup';
import { RelationLines, RelationLegend } from './RelationLines';
import { relationGraph } from './relations';
import type { RelationGraph } from './relations';
import { useRelated } from './use-related';
import { stillFlow } from '../canvas/still-flow';
import { words } from './words';
import './ownership.css';

/** More pods than this are not listed before a namespace is chosen. */
const PODS_MAX = 5_000;

/** What owns and selects what, as trees that live as the cluster does. */
export default function OwnershipView() {
  const [namespace, setNamespace] = useState('');
  const [text, setText] = useState('');
  const podCount = useScene((scene) => scene.pods.size);
  const isTooMuch = podCount > PODS_MAX && namespace === '';
  const related = useRelated(isTooMuch ? null : namespace);
  const graph = useMemo(() => related && graphOf(related), [related]);
  const bands = useMemo(
    () => (graph ? bandsOf(graph, { namespace, text }) : []),
    [graph, namespace, text],
  );
  const folds = useFolds();
  const layout = useMemo(() => layoutOwnership(bands, folds), [bands, folds]);
  const word = isTooMuch ? words.tooMany(String(podCount)) : emptyWord(graph, bands.length, text);
  return (
    <section className="view ownership" aria-label={words.label}>
      <ReactFlowProvider>
        <div className="view-bar">
          <ViewTabs />
          <NamespaceMenu chosen={namespace} onChoose={setNamespace} />
          <input
            type="search"
            className="own-filter"
            aria-label={words.filter}
            placeholder={words.filter}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <span className="sp" />
          <Counts layout={layout} />
          <FitButton />
        </div>
        {word === null ? (
          <Trees layout={layout} graph={graph!} />
        ) : (
          <p className="view-word" role="status">
            {word}
          </p>
        )}
        <RelationLegend />
      </ReactFlowProvider>
    </section>
  );
}

function graphOf(related: NonNullable<ReturnType<typeof useRelated>>): RelationGraph {
  return relationGraph([...related.values()].flatMap((items) => [...items.values()]));
}

function emptyWord(graph: RelationGraph | undefined, bands: number, text: string): string | null {
  if (!graph) return catalog.views.loading;
  if (bands > 0) return null;
  return text.trim() === '' ? words.nothing : words.noMatch(text.trim());
}

function Counts({ layout }: { layout: OwnershipLayout }) {
  const pods = layout.groups.reduce((sum, { node }) => sum + node.pods!.length, 0);
  return (
    <span className="own-counts num" role="status">
      {words.counts(layout.cards.length, pods)}
    </span>
  );
}

function NamespaceMenu({ chosen, onChoose }: { chosen: string; onChoose: (name: string) => void }) {
  const names = useScene(
    useShallow((scene) => {
      const found = new Set<string>();
      for (const { namespace } of scene.pods.values()) found.add(namespace);
      for (const { namespace } of scene.services.values()) found.add(namespace);
      return [...found].sort();
    }),
  );
  return (
    <Menu
      className="btn out own-namespace"
      menuLabel={words.namespace}
      items={['', ...names].map((name) => ({
        id: name,
        name: name === '' ? words.allNamespaces : <span className="mono">{name}</span>,
        checked: name === chosen,
        run: () => onChoose(name),
      }))}
    >
      {chosen === '' ? words.namespace : <span className="mono">{chosen}</span>}
      <Icon name="down" />
    </Menu>
  );
}

function FitButton() {
  const flow = useReactFlow();
  return (
    <button
      type="button"
      className="btn sq"
      aria-label={words.fit}
      title={words.fit}
      onClick={() => void flow.fitView({ duration: 240, padding: 0.04 })}
    >
      <Icon name="fit" />
    </button>
  );
}

type PlacedNode = Node<{ card?: PlacedCard; group?: PlacedGroup }>;

const partTypes = {
  card: ({ data }: NodeProps<PlacedNode>) => <ObjectCard card={data.card!} />,
  podGroup: ({ data }: NodeProps<PlacedNode>) => <PodGroup group={data.group!} />,
};

const Trees = memo(function Trees({
  layout,
  graph,
}: {
  layout: OwnershipLayout;
  graph: RelationGraph;
}) {
  const home = useRef<HTMLDivElement>(null);
  const nodes = useMemo(() => partNodes(layout), [layout]);
  const moved = useRef(false);
  useFit(home, layout, moved);
  useArrowKeys(home);
  useEffect(() => lightIn(graph), [graph]);
  useEffect(() => () => lightIn(null), []);
  return (
    <div className="own-trees" ref={home}>
      <ReactFlow<PlacedNode>
        nodes={nodes}
        nodeTypes={partTypes}
        minZoom={0.1}
        maxZoom={2}
        panOnScroll
        {...stillFlow}
        onMove={(event, { zoom }) => {
          if (event) moved.current = true;
          followZoom(home.current, zoom);
        }}
        onlyRenderVisibleElements={nodes.length > 300}
      >
        <ViewportPortal>
          <RelationLines layout={layout} />
        </ViewportPortal>
      </ReactFlow>
    </div>
  );
});

/** Text leaves before it is too small to read; names grow in the world instead. */
function followZoom(home: HTMLElement | null, zoom: number): void {
  home?.classList.toggle('is-far', zoom < 0.88);
  home?.classList.toggle('is-very-far', zoom < 0.45);
  home?.style.setProperty('--own-name', `${Math.min(24, 11 / zoom)}px`);
}

function partNodes({ cards, groups }: OwnershipLayout): PlacedNode[] {
  const nodes: PlacedNode[] = [];
  for (const card of cards) nodes.push(part(card.node.key, 'card', card, { card }));
  for (const group of groups) nodes.push(part(group.node.key, 'podGroup', group, { group }));
  return nodes;
}

function part(
  id: string,
  type: string,
  { x, y, w, h }: PlacedCard | PlacedGroup,
  data: PlacedNode['data'],
): PlacedNode {
  return { id, type, position: { x, y }, width: w, height: h, data };
}

/** As wide as there is room for, and from the top, until the person moves it. */
function useFit(
  home: React.RefObject<HTMLElement | null>,
  { width }: OwnershipLayout,
  moved: React.RefObject<boolean>,
): void {
  const flow = useReactFlow();
  useEffect(() => {
    const pane = home.current;
    if (!pane || width === 0) return undefined;
    const fit = (): void => {
      if (moved.current) return;
      const zoom = Math.max(0.9, Math.min(1, (pane.clientWidth - 28) / width));
      const x = Math.max(14, (pane.clientWidth - width * zoom) / 2);
      void flow.setViewport({ x, y: 4, zoom });
    };
    const sizes = new ResizeObserver(fit);
    sizes.observe(pane);
    return () => sizes.disconnect();
  }, [flow, home, moved, width]);
}

/** Arrows go from card to card, and bring what has the focus into view. */
function useArrowKeys(home: React.RefObject<HTMLDivElement | null>): void {
  const flow = useReactFlow();
  useEffect(() => {
    const element = home.current;
    if (!element) return;
    const onKey = (event: KeyboardEvent) => {
      const direction = arrowDirection(event.key);
      const from = event.target instanceof Element ? event.target.closest('[data-stop]') : null;
      if (!direction || !from) return;
      const stops = [...element.querySelectorAll<HTMLElement>('[data-stop]')].filter(
        (stop) => stop !== from,
      );
      const boxes = stops.map((stop) => stop.getBoundingClientRect());
      const next = stops[nearestStop(from.getBoundingClientRect(), boxes, direction)];
      if (!next) return;
      event.preventDefault();
      event.stopPropagation();
      next.focus({ preventScroll: true });
      bringIntoView(flow, element, next);
    };
    element.addEventListener('keydown', onKey);
    return () => element.removeEventListener('keydown', onKey);
  }, [home, flow]);
}

const MARGIN = 24;

function bringIntoView(
  flow: ReturnType<typeof useReactFlow>,
  home: Element,
  target: Element,
): void {
  const [room, box] = [home.getBoundingClientRect(), target.getBoundingClientRect()];
  const over = (from: number, to: number, low: number, high: number) =>
    from < low + MARGIN ? low + MARGIN - from : to > high - MARGIN ? high - MARGIN - to : 0;
  const dx = over(box.left, box.right, room.left, room.right);
  const dy = over(box.top, box.bottom, room.top, room.bottom);
  if (dx === 0 && dy === 0) return;
  const { x, y, zoom } = flow.getViewport();
  void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 120 });
}
