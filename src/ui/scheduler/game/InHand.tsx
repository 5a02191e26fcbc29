import { useLayoutEffect, useRef } from 'react';
import { Blocks } from './Blocks';
import type { Piece } from './board-model';
import { pointer } from './drag';
import { useGame } from './game-store';
import { PieceName } from './PieceName';

/** The piece under the pointer; it follows without React. */
export function InHand({ piece }: { piece: Piece }) {
  const isDragged = useGame((game) => game.isDragged);
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    pointer.follow = (x, y) => {
      if (ref.current)
        ref.current.style.transform = `translate(${x - 48}px, ${y - 70}px) rotate(-3deg)`;
    };
    pointer.follow(pointer.x, pointer.y);
    return () => {
      pointer.follow = () => {};
    };
  });
  if (!isDragged) return null;
  return (
    <div ref={ref} className="game-hand" aria-hidden="true">
      <Blocks piece={piece} />
      <PieceName name={piece.name} />
    </div>
  );
}
