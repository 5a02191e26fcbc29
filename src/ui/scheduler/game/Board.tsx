import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent as ReactPointerEvent } from 'react';
import { pods as podsRef } from '../../../api/resource-ref';
import type { Pod } from '../../../api/types';
import type { SchedulingReport } from '../../../host/protocol';
import { catalog } from '../../../i18n/catalog';
import { carryOut } from '../../acts/carry-out';
import { usePage } from '../../app/page-context';
import { useEngine } from '../../state/engine-store';
import { undo } from '../../state/history';
import { collectionPath } from '../../state/object-path';
import { useScene } from '../../state/scene-store';
import { useCollection } from '../../state/use-collection';
import { Icon } from '../../theme/Icon';
import { bindingPath, bindOffer } from './bind';
import { choiceOf, piecesOf, scoreOf, short, stacksOf, verdictOf } from './board-model';
import type { Piece, Stack, Verdict } from './board-model';
import {
  aimAt,
  forgetChoice,
  gameStore,
  newGame,
  noteChoice,
  pickUp,
  putBack,
  useGame,
} from './game-store';
import './game.css';

const words = catalog.game;

/** The cluster without its scheduler: pods wait, and the person binds them. */
export default function Board() {
  const pods = useCollection<Pod>(collectionPath(podsRef));
  const nodes = useScene((scene) => scene.nodes);
  const seen = useScene((scene) => scene.pods);
  const all = useMemo(() => [...(pods?.values() ?? [])], [pods]);
  const pieces = useMemo(() => piecesOf(all, seen), [all, seen]);
  const stacks = useMemo(() => stacksOf(all, nodes, seen), [all, nodes, seen]);
  const held = useGame((game) => game.held);
  const piece = pieces.find(({ key }) => key === held);
  const report = useJudgement(held);
  const drop = useDrop();
  useEffect(() => newGame, []);
  // Somebody else bound it, or it is gone.
  useEffect(() => {
    if (held !== null && pods && !piece) putBack();
  }, [held, pods, piece]);
  return (
    <div className="game">
      <Tray pieces={pieces} onDrop={drop} />
      <ul className="game-nodes" onKeyDown={(event) => onNodesKey(event)}>
        {stacks.map((stack) => (
          <StackTank
            key={stack.node}
            stack={stack}
            piece={piece}
            verdict={piece && verdictOf(piece, stack, report ?? null)}
            onDrop={drop}
          />
        ))}
      </ul>
      <Score pods={all} stacks={stacks} waiting={pieces.length} />
      {piece && <InHand piece={piece} />}
    </div>
  );
}

/** Sends the binding, and notes what the scheduler would have done. */
function useDrop(): (node: string) => void {
  const { session } = usePage();
  const engine = useEngine((state) => state.engine);
  return useCallback(
    (node) => {
      const { held } = gameStore.getState();
      putBack();
      if (held === null || !engine) return;
      const [namespace = '', name = ''] = held.split('/');
      const send = async () => {
        const report = await engine.judge(namespace, name);
        await carryOut(bindOffer(held, node), {}, name, () => session.touched());
        if (report) noteChoice(choiceOf(held, node, report));
      };
      void send();
    },
    [engine, session],
  );
}

/** What the scheduler would say of the pod in the hand. */
function useJudgement(key: string | null): SchedulingReport | null | undefined {
  const engine = useEngine((state) => state.engine);
  const [report, setReport] = useState<{ key: string; report: SchedulingReport | null }>();
  useEffect(() => {
    if (!engine || key === null) return;
    let isOver = false;
    const [namespace = '', name = ''] = key.split('/');
    engine.judge(namespace, name).then(
      (answer) => isOver || setReport({ key, report: answer }),
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [engine, key]);
  return report?.key === key ? report?.report : undefined;
}

interface Dropping {
  onDrop: (node: string) => void;
}

function Tray({ pieces, onDrop }: Dropping & { pieces: readonly Piece[] }) {
  return (
    <section className="game-tray" aria-label={words.tray}>
      <h2>
        {words.tray} <span className="num">{pieces.length}</span>
      </h2>
      <p>{pieces.length === 0 ? words.trayEmpty : words.trayAbout}</p>
      <ul>
        {pieces.slice(0, 60).map((piece) => (
          <TrayPiece key={piece.key} piece={piece} onDrop={onDrop} />
        ))}
      </ul>
    </section>
  );
}

function TrayPiece({ piece, onDrop }: Dropping & { piece: Piece }) {
  const isHeld = useGame((game) => game.held === piece.key);
  const isDragged = useGame((game) => game.isDragged);
  return (
    <li>
      <button
        type="button"
        className={`game-slot${isHeld ? ' is-held' : ''}`}
        aria-pressed={isHeld}
        aria-label={words.piece(piece.name, short(piece.cpu), short(piece.memory))}
        title={words.pickHint}
        onClick={() => (isHeld ? putBack() : pickUp(piece.key, false))}
        onPointerDown={(event) => grab(event, piece.key, onDrop)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && isHeld) {
            event.stopPropagation();
            putBack();
          }
          if (event.key.toLowerCase() === 'g') pickUp(piece.key, false);
          if (isHeld && event.key === 'ArrowRight') focusFirstNode(event);
        }}
      >
        {isHeld && isDragged ? (
          <span className="game-away">{words.inHand}</span>
        ) : (
          <Blocks piece={piece} />
        )}
        <b className="mono">{piece.name}</b>
      </button>
    </li>
  );
}

/** Pixels a CPU and a GiB of a piece. */
const CPU_PX = 64;
const GI_PX = 32;
const BLOCK_MAX_PX = 62;

function Blocks({ piece: { cpu, memory, hue } }: { piece: Piece }) {
  const height = (amount: number, px: number) => Math.min(BLOCK_MAX_PX, Math.max(16, amount * px));
  const style = { '--o': `var(--o${hue})` } as React.CSSProperties;
  return (
    <span className="game-blocks num" style={style} aria-hidden="true">
      <i style={{ height: height(cpu, CPU_PX) }}>{short(cpu)}</i>
      <i style={{ height: height(memory, GI_PX) }}>{short(memory)}</i>
    </span>
  );
}

interface StackTankProps extends Dropping {
  stack: Stack;
  piece: Piece | undefined;
  verdict: Verdict | undefined;
}

function StackTank({ stack, piece, verdict, onDrop }: StackTankProps) {
  const { node, zone, isReady } = stack;
  const isAimed = useGame((game) => game.aim === node);
  const said = verdictWords(stack, verdict);
  const tone = !isReady || verdict?.fits === false ? 'is-against' : verdict ? 'is-for' : '';
  return (
    <li>
      <button
        type="button"
        className={`game-tank ${tone}${isAimed ? ' is-aimed' : ''}${isReady ? '' : ' is-silent'}`}
        data-game-node={node}
        aria-disabled={!piece}
        aria-label={piece ? words.drop(piece.name, node) + ', ' + said : words.tank(node, said)}
        onClick={() => piece && onDrop(node)}
        onFocus={() => piece && aimAt(node)}
        onPointerEnter={() => piece && aimAt(node)}
        onPointerLeave={() => aimAt(null)}
      >
        <span className="game-head">
          <b>{node}</b>
          <small>{zone}</small>
        </span>
        <span className="game-verdict">
          {tone && <Icon name={tone === 'is-for' ? 'check' : 'x'} size={12} />}
          {said}
        </span>
        <span className="game-columns" aria-hidden="true">
          <Column stack={stack} of="cpu" piece={isAimed ? piece : undefined} />
          <Column stack={stack} of="memory" piece={isAimed ? piece : undefined} />
        </span>
      </button>
    </li>
  );
}

function verdictWords(stack: Stack, verdict: Verdict | undefined): string {
  if (!stack.isReady) return words.notReady;
  if (verdict) return verdict.fits ? words.fits(short(verdict.left.cpu)) : verdict.against;
  const { capacity, used } = stack;
  return words.free(short(capacity.cpu - used.cpu), short(capacity.memory - used.memory));
}

interface ColumnProps {
  stack: Stack;
  of: 'cpu' | 'memory';
  /** Shown on top, where it would stand. */
  piece: Piece | undefined;
}

/** Below this height of a segment its name has no room, in percent of the column. */
const NAMED_MIN = 9;

function Column({ stack, of, piece }: ColumnProps) {
  const capacity = stack.capacity[of];
  const percent = (amount: number) => (capacity > 0 ? (amount / capacity) * 100 : 0);
  return (
    <span className="game-column">
      <span className="game-cap num">
        {of === 'cpu' ? words.cpu : words.memory} <small>{short(capacity)}</small>
      </span>
      <span className="game-well">
        {stack.segments.map((segment) => (
          <i
            key={`${segment.isSystem} ${segment.name}`}
            style={
              {
                height: `${percent(segment[of])}%`,
                '--o': `var(--o${segment.hue})`,
              } as React.CSSProperties
            }
          >
            {percent(segment[of]) >= NAMED_MIN && (
              <>
                <span>{segment.isSystem ? words.system : segment.name}</span>
                <span className="num">{short(segment[of])}</span>
              </>
            )}
          </i>
        ))}
        {piece && (
          <i className="is-coming num" style={{ height: `${Math.min(100, percent(piece[of]))}%` }}>
            +{short(piece[of])}
          </i>
        )}
      </span>
    </span>
  );
}

function Score({
  pods,
  stacks,
  waiting,
}: {
  pods: readonly Pod[];
  stacks: readonly Stack[];
  waiting: number;
}) {
  const { actions } = usePage();
  const choices = useGame((game) => game.choices);
  const last = choices.at(-1);
  const placed = choices.length;
  const refused = choices.filter(({ pod }) => isRefused(pods, pod)).length;
  const free = stacks.reduce(
    (sum, { isReady, capacity, used }) => (isReady ? sum + capacity.cpu - used.cpu : sum),
    0,
  );
  return (
    <aside className="game-side" aria-label={words.title}>
      <h2>{words.choice}</h2>
      {last ? (
        <p role="status">
          <b>{words.chose(last.pod.slice(last.pod.indexOf('/') + 1), last.node)}</b>{' '}
          {last.best === ''
            ? words.nowhere
            : last.best === last.node || last.its === last.yours
              ? words.same(last.node)
              : words.other(last.best, last.its, last.yours)}
        </p>
      ) : (
        <p>{words.noChoice}</p>
      )}
      <dl className="num">
        <div>
          <dt>{words.placed}</dt>
          <dd>{words.placedOf(placed, placed + waiting)}</dd>
        </div>
        <div>
          <dt>{words.refused}</dt>
          <dd>{refused}</dd>
        </div>
        <div>
          <dt>{words.leftOver}</dt>
          <dd>{short(free)}</dd>
        </div>
        <div>
          <dt>{words.against}</dt>
          <dd>{scoreOf(choices) || 0}</dd>
        </div>
      </dl>
      <details>
        <summary>{words.rules}</summary>
        <ul>
          {words.rulesText.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </details>
      {last && <code className="game-sends">{words.sends(bindingPath(last.pod))}</code>}
      <div className="game-acts">
        <button
          type="button"
          className="btn out"
          disabled={!last}
          onClick={() => {
            forgetChoice();
            undo();
          }}
        >
          {words.undo}
        </button>
        <button
          type="button"
          className="btn pri"
          onClick={() => actions.act('startProgram', SCHEDULER)}
        >
          {words.startAgain}
        </button>
      </div>
    </aside>
  );
}

const SCHEDULER = { kind: 'Component', namespace: '', name: 'kube-scheduler' };

/** A kubelet refused it: it failed for want of what it asked for. */
function isRefused(pods: readonly Pod[], key: string): boolean {
  const pod = pods.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === key);
  return pod?.status.phase === 'Failed' && /^OutOf|^NodeAffinity$/.test(pod.status.reason ?? '');
}

/** The piece under the pointer; it follows without React. */
function InHand({ piece }: { piece: Piece }) {
  const isDragged = useGame((game) => game.isDragged);
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    follow = (x, y) => {
      if (ref.current)
        ref.current.style.transform = `translate(${x - 48}px, ${y - 70}px) rotate(-3deg)`;
    };
    follow(pointer.x, pointer.y);
    return () => {
      follow = () => {};
    };
  });
  if (!isDragged) return null;
  return (
    <div ref={ref} className="game-hand" aria-hidden="true">
      <Blocks piece={piece} />
      <b className="mono">{piece.name}</b>
    </div>
  );
}

const pointer = { x: 0, y: 0 };
let follow = (_x: number, _y: number): void => {};
/** Movement below this is a click, in pixels. */
const SLACK_PX = 5;

/** A press on a piece: a move drags it, a release over a node binds it there. */
function grab(event: ReactPointerEvent, key: string, onDrop: (node: string) => void): void {
  if (event.button !== 0 || event.pointerType === 'touch') return;
  const { clientX: startX, clientY: startY } = event;
  let isMoving = false;
  const move = ({ clientX, clientY }: PointerEvent): void => {
    if (!isMoving && Math.hypot(clientX - startX, clientY - startY) < SLACK_PX) return;
    Object.assign(pointer, { x: clientX, y: clientY });
    if (!isMoving) pickUp(key, true);
    isMoving = true;
    follow(clientX, clientY);
    aimAt(nodeUnder(clientX, clientY));
  };
  const end = (node: string | null): void => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', escape, true);
    if (!isMoving) return;
    // The click that ends the press is none of a person's.
    window.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', swallow, true), 0);
    if (node === null) putBack();
    else onDrop(node);
  };
  const up = ({ clientX, clientY }: PointerEvent) => end(nodeUnder(clientX, clientY));
  const cancel = () => end(null);
  const escape = (pressed: globalThis.KeyboardEvent): void => {
    if (pressed.key !== 'Escape' || !isMoving) return;
    pressed.stopPropagation();
    end(null);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', escape, true);
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

function nodeUnder(x: number, y: number): string | null {
  const element = document.elementFromPoint(x, y)?.closest('[data-game-node]');
  return element?.getAttribute('data-game-node') ?? null;
}

function focusFirstNode(event: KeyboardEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('[data-game-node]')?.focus();
}

/** Arrows go from node to node; Escape gives the pod back. */
function onNodesKey(event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape' && gameStore.getState().held !== null) {
    event.stopPropagation();
    putBack();
    document.querySelector<HTMLElement>('.game-slot')?.focus();
  }
  if (by === undefined) return;
  const nodes = [...document.querySelectorAll<HTMLElement>('[data-game-node]')];
  const at = nodes.findIndex((node) => node === document.activeElement);
  event.preventDefault();
  nodes[(at + by + nodes.length) % nodes.length]?.focus();
}
