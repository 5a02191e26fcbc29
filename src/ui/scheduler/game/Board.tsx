import { useCallback, useEffect, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { pods as podsRef } from '../../../api/resource-ref';
import type { Pod } from '../../../api/types';
import type { SchedulingReport } from '../../../host/protocol';
import { carryOut } from '../../acts/carry-out';
import { usePage } from '../../app/page-context';
import { useEngine } from '../../state/engine-store';
import { collectionPath } from '../../state/object-path';
import { useScene } from '../../state/scene-store';
import { useCollection } from '../../state/use-collection';
import { bindOffer } from './bind';
import { Blocks } from './Blocks';
import { choiceOf, piecesOf, short, stacksOf, verdictOf } from './board-model';
import type { Piece } from './board-model';
import { grab } from './drag';
import { gameStore, newGame, noteChoice, pickUp, putBack, useGame } from './game-store';
import { InHand } from './InHand';
import { Score } from './Score';
import { StackTank } from './StackTank';
import './game.css';
import { PieceName } from './PieceName';
import { words } from './words';

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
        <PieceName name={piece.name} />
      </button>
    </li>
  );
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
